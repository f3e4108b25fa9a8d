"""Warnings in words: which day was taken, what has passed, and what the clocks skip."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.reminders.parsing.calendar.repetition import Days
from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.times import SMALL_HOURS
from assistant.reminders.recurrence.feasts import days as feast_days
from assistant.reminders.recurrence.feasts.calendars import AT_SUNDOWN, BY_THE_MOON, FEASTS
from assistant.reminders.recurrence.feasts.table import day_of, title
from assistant.reminders.recurrence.words import DAYS, named

NOON, A_WEEK = 12, timedelta(days=7)
LEAP_DAY = (2, 29)
LACKING = frozenset({29, 30, 31})  # days that some months do not have
FORETOLD = 20  # years
YEARS_AHEAD = 9  # that have a leap day among them, whatever the century


def warn_day(draft: Draft, day: date, today: date) -> None:
    """Adds what is open about the day: the week of a weekday, a weekday that is another, a leap day far away."""
    said = draft.weekdays
    fixed = draft.date is not None or draft.days is not None
    if said and day.weekday() not in said:
        draft.warn("ambiguous", f"{named(day)} is not a {DAYS[said[0]]}; taken as {named(day)}.")
    elif any(number > 0 for number in draft.monthdays) and day.day not in draft.monthdays and not draft.off_weekend:
        draft.warn("ambiguous", f"{named(day)} is not day {draft.monthdays[0]} of its month; taken as {named(day)}.")
    elif said and _open_week(draft, today):
        _warn_week(draft, day)
    elif said == (today.weekday(),) and not (fixed or draft.offset or draft.ahead):
        draft.warn("ambiguous", f"Today is a {DAYS[today.weekday()]}; taken as {named(day)}.")
    elif draft.date == (0, *LEAP_DAY) and day.year > today.year + 1:
        draft.warn("ambiguous", f"The next 29 February is {named(day)}.")


def warn_shifted(draft: Draft, day: date, today: date) -> None:
    """Adds which “next Friday” it was counted from, where there are two."""
    if draft.weekdays and _open_week(draft, today):
        draft.warn(
            "ambiguous",
            f"This is counted from a {DAYS[draft.weekdays[0]]} that could be another; taken as {named(day)}.",
        )


def _warn_week(draft: Draft, day: date) -> None:
    """“Next Friday” is the coming one, or that of the next week."""
    other = day + A_WEEK * (-1 if draft.habits.next_week and not draft.offset else 1)
    which = "later" if other > day else "before"
    draft.warn(
        "ambiguous",
        f"This could be {named(day)} or a week {which}; taken as {named(day)}.",
        draft.said.with_day("weekdays", other.day, other.month, other.year) if not draft.offset else None,
    )


def _open_week(draft: Draft, today: date) -> bool:
    """Whether "next Friday" and "Monday in a week" could also be a week later."""
    if draft.offset:
        return today.weekday() > draft.weekdays[0]
    return draft.which == "NEXT" and not draft.ahead and today.weekday() < draft.weekdays[0]


def warn_gaps(draft: Draft, days: Days) -> None:
    """Adds which months or years a repetition skips, and which of a month's weekdays was taken."""
    if days.months == LEAP_DAY[:1] and days.monthdays == LEAP_DAY[1:]:
        draft.warn("ambiguous", "29 February comes only in leap years; other years are skipped.")
    elif days.freq == "MONTHLY" and (lacking := LACKING.intersection(days.monthdays)) and not days.positions:
        draft.warn(
            "ambiguous", f"Months without a day {max(lacking)} are skipped; “last day of the month” rings in each."
        )
    elif days.freq == "MONTHLY" and (days.positions == (-1,) or -1 in days.monthdays) and draft.date:
        draft.warn("ambiguous", f"In months without a day {draft.date[2]} it rings on their last.")
    elif days.weeks and not draft.weekdays:
        draft.warn("ambiguous", "Only weeks are said; taken as their Mondays.")
    elif days.freq == "MONTHLY" and days.weekdays and not (draft.nth or days.positions):
        draft.warn("ambiguous", "Taken as the first of these weekdays in each month.")


def warn_foretold(draft: Draft, today: date) -> None:
    """Adds that a feast is only foretold by the moon, begins the evening before, or is known until some year only."""
    day = feast_days.read(day_of(draft.feast, draft.habits.country)) if draft.feast is not None else None
    if draft.feast is None or day is None or day["name"] not in FEASTS:
        return
    if day["name"] in BY_THE_MOON:
        draft.warn("ambiguous", f"{title(draft.feast)} follows the moon; it may be a day earlier or later.")
    elif day["name"] in AT_SUNDOWN:
        draft.warn("ambiguous", f"{title(draft.feast)} begins at sundown of the day before.")
    known = [year for year in range(today.year, today.year + FORETOLD) if feast_days.days_in(year, day[0])]
    if draft.repeats and known and known[-1] < today.year + FORETOLD - 1:
        draft.warn("ambiguous", f"The days of {title(draft.feast)} are known until {known[-1]}.")


def warn_past(draft: Draft, local: datetime, wall: datetime) -> None:
    """Adds that the time has passed, and which the next would be."""
    following = _following(draft, local, wall)
    draft.warn("past", f"{_moment(local)} has passed; the next would be {_moment(following)}.")


def _following(draft: Draft, local: datetime, wall: datetime) -> datetime:
    open_time = any(each.open for each in draft.times) and not draft.part
    later = local.replace(hour=local.hour + NOON) if local.hour < NOON else local
    if open_time and later > wall and local.hour not in SMALL_HOURS:
        return later
    if draft.date is None:
        following = datetime.combine(wall.date(), local.time())
        return following if following > wall else following + timedelta(days=1)
    years = [year for year in range(wall.year, wall.year + YEARS_AHEAD) if _has_day(year, local)]
    return next(each for each in (local.replace(year=year) for year in years) if each > wall)


def _has_day(year: int, local: datetime) -> bool:
    try:
        local.replace(year=year)
    except ValueError:
        return False
    return True


def _moment(local: datetime) -> str:
    return f"{named(local.date())} at {local:%H:%M}"


def warn_clock_change(draft: Draft, local: datetime, zone: str) -> None:
    """Adds what happens when the clocks skip this time or show it twice."""
    place = ZoneInfo(zone)
    first, second = (local.replace(tzinfo=place, fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return
    if first.astimezone(UTC).astimezone(place).replace(tzinfo=None) != local:
        draft.warn("ambiguous", f"The clocks skip {local:%H:%M} that day; it rings at the first moment after.")
    elif not local.fold:
        draft.warn("ambiguous", f"The clocks show {local:%H:%M} twice that day; it rings the first time.")
