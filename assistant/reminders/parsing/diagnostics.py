"""Warnings in words: what was taken one way, has passed, is skipped by the clocks, or stays in the text."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.matching.matcher import Reading
from assistant.reminders.parsing.model import Expression
from assistant.reminders.parsing.repetition import Days
from assistant.reminders.parsing.times import SMALL_HOURS

MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NOON = 12
LEAP_DAY = (2, 29)
LACKING = frozenset({29, 30, 31})  # days that some months do not have
YEARS_AHEAD = 9  # that have a leap day among them, whatever the century


def date_in_words(day: int, month: int, year: int = 0) -> str:
    """The day as people write it, also one that does not exist."""
    name = MONTHS[month - 1] if 1 <= month <= len(MONTHS) else f"day of month {month}"
    return f"{day} {name} {year}" if year else f"{day} {name}"


def named(day: date) -> str:
    """The day with its weekday: Friday 27 November 2026."""
    return f"{DAYS[day.weekday()]} {date_in_words(day.day, day.month, day.year)}"


def warn_day(draft: Draft, day: date, today: date) -> None:
    """Adds what is open about the day: the week of a weekday, a weekday that is another, a leap day far away."""
    said = draft.weekdays
    fixed = draft.date is not None or draft.days is not None
    if said and day.weekday() not in said:
        draft.warn("ambiguous", f"{named(day)} is not a {DAYS[said[0]]}; taken as {named(day)}.")
    elif any(number > 0 for number in draft.monthdays) and day.day not in draft.monthdays:
        draft.warn("ambiguous", f"{named(day)} is not day {draft.monthdays[0]} of its month; taken as {named(day)}.")
    elif said and _open_week(draft, today):
        draft.warn("ambiguous", f"This could be {named(day)} or a week later; taken as {named(day)}.")
    elif said == (today.weekday(),) and not (fixed or draft.offset or draft.ahead):
        draft.warn("ambiguous", f"Today is a {DAYS[today.weekday()]}; taken as {named(day)}.")
    elif draft.date == (0, *LEAP_DAY) and day.year > today.year + 1:
        draft.warn("ambiguous", f"The next 29 February is {named(day)}.")


def _open_week(draft: Draft, today: date) -> bool:
    """Whether "next Friday" and "Monday in a week" could also be a week later."""
    if draft.offset:
        return today.weekday() > draft.weekdays[0]
    return draft.which == "NEXT" and not draft.ahead and today.weekday() < draft.weekdays[0]


def warn_gaps(draft: Draft, days: Days) -> None:
    """Adds which months or years a repetition skips, and which of a month's weekdays was taken."""
    if days.months == LEAP_DAY[:1] and days.monthdays == LEAP_DAY[1:]:
        draft.warn("ambiguous", "29 February comes only in leap years; other years are skipped.")
    elif days.freq == "MONTHLY" and (lacking := LACKING.intersection(days.monthdays)):
        draft.warn(
            "ambiguous", f"Months without a day {max(lacking)} are skipped; “last day of the month” rings in each."
        )
    elif days.freq == "MONTHLY" and days.weekdays and not draft.nth:
        draft.warn("ambiguous", "Taken as the first of these weekdays in each month.")


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


WORDS, LETTERS = 4, 60  # that are quoted


def warn_unparsed(draft: Draft, best: Reading, counted: list[Expression], *, timed: bool, repeats: bool) -> None:
    """Adds what was not understood: an end, how often, in how many of what."""
    for expression in best.unclear:
        if not (timed and {category for category, _ in expression.items} == {"IN", "NUM"}):
            draft.warn("ambiguous", f"“{best.words(expression)[:LETTERS]}” was not understood.")
            break
    taken = {place for expression in [*counted, *best.commands] for place in range(expression.first, expression.after)}
    if timed:
        _warn_end(draft, best, taken, repeats=repeats)
    if timed and not draft.dated:
        _warn_feast(draft, best, taken)
    if timed and not repeats:
        _warn_period(draft, best, taken)


def _warn_end(draft: Draft, best: Reading, taken: set[int], *, repeats: bool) -> None:
    for place, token in enumerate(best.tokens):
        before = place - 1
        amount = place > 0 and before not in taken and "NUM" in best.tokens[before].categories  # "3 till 4 apples"
        if "LASTS" in token.categories and place not in taken and not amount and place + 1 < len(best.tokens):
            followed = "was not understood; it has no end" if repeats else "stays in the text; it rings once"
            draft.warn("ambiguous", f"“{_quoted(best, place, taken)}” {followed}.")
            return


def _quoted(best: Reading, first: int, taken: set[int]) -> str:
    """The words from a place on, up to a sign or to words that were understood."""
    after = first + 1
    while after < min(len(best.tokens), first + WORDS) and after not in taken:
        if best.tokens[after].categories.keys() & {"STOP", "COMMA"}:
            break
        after += 1
    return best.sentence[best.tokens[first].start : best.tokens[after - 1].end][:LETTERS]


def _warn_feast(draft: Draft, best: Reading, taken: set[int]) -> None:
    for place, token in enumerate(best.tokens):
        if "FEAST" in token.categories and place not in taken:
            draft.warn("ambiguous", f"“{_quoted(best, place, {place + 1})}” is not taken as the day.")
            return


def _warn_period(draft: Draft, best: Reading, taken: set[int]) -> None:
    first = next((place for place in range(len(best.tokens)) if place not in taken), None)
    if first is not None and "PERIOD" in best.tokens[first].categories:
        draft.warn("ambiguous", f"“{best.tokens[first].text}” stays in the text; it rings once.")
