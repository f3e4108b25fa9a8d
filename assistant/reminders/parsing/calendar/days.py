"""The days that a draft speaks of, found in the calendar."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from assistant.errors import Invalid
from assistant.reminders.parsing.calendar import repetition
from assistant.reminders.parsing.calendar.moments import (
    MONTHS_A_YEAR,
    ONE_DAY,
    Moment,
    before,
    last_of,
    moved,
    next_day,
)
from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.languages.language import MONTH, QUARTER, WEEK, YEAR
from assistant.reminders.parsing.model import Values
from assistant.reminders.recurrence.feasts import table
from assistant.reminders.recurrence.feasts.days import days_in
from assistant.reminders.recurrence.words import DAYS, date_in_words, named

LEAP_DAY, LEAP_YEAR, FRIDAY, MOST_WORKDAYS, YEARS_AHEAD = (2, 29), 2028, 4, 2600, 8
LAST_WEEK_OF = 28  # December; a day that is always in the last week of its year
NAMES: dict[Values, str] = {WEEK: "week", MONTH: "month", QUARTER: "quarter", YEAR: "year"}


def fixed_day(draft: Draft, moment: Moment) -> date | None:
    """The one day that was said; None for none, and for the next day that fits."""
    day = _said_day(draft, moment.today)
    return None if day is None else off_weekend(shifted(day, draft), draft)


def off_weekend(day: date, draft: Draft) -> date:
    """The day, or the working day to which it moves from a weekend."""
    return after_workdays(day, draft.off_weekend) if draft.off_weekend and day.weekday() > FRIDAY else day


def shifted(day: date, draft: Draft) -> date:
    """So long after the day as was said, or before it."""
    day = moved(day, draft.shift)
    if draft.shifted_weekday:
        day = _nth_weekday_from(day, *draft.shifted_weekday)
    return after_workdays(day, draft.shifted_workdays) if draft.shifted_workdays else day


def _nth_weekday_from(day: date, number: int, weekday: int) -> date:
    """The nth such weekday after the day, or before it where the number is negative."""
    if number > 0:
        return day + timedelta(days=(weekday - day.weekday() - 1) % 7 + 1 + 7 * (number - 1))
    return day - timedelta(days=(day.weekday() - weekday - 1) % 7 + 1 + 7 * (-number - 1))


def _said_day(draft: Draft, today: date) -> date | None:
    find = next((find for is_said, find in FINDERS if is_said(draft)), _in_month)
    return find(draft, today)


def _in_workdays(draft: Draft, today: date) -> date:
    return after_workdays(today + timedelta(days=draft.days or 0), draft.workdays or 0)


def _weekdays_on(draft: Draft, today: date) -> date:
    """The third Friday from now."""
    coming = (draft.weekdays[0] - today.weekday() - 1) % 7 + 1
    return today + timedelta(days=coming + 7 * (draft.weeks_on - 1))


def _days_on(draft: Draft, today: date) -> date:
    return today + timedelta(days=draft.days or 0)


def after_workdays(day: date, number: int) -> date:
    """The day after so many working days, or before so many where the number is negative."""
    step = ONE_DAY if number > 0 else -ONE_DAY
    for _ in range(min(abs(number), MOST_WORKDAYS)):
        day += step
        while day.weekday() > FRIDAY:
            day += step
    return day


def _numbered_weekday(draft: Draft, today: date) -> date:
    """The next day of that number that is that weekday; told where it is not the next of that number."""
    found = [day for day in _days_numbered(draft.monthdays[0], today) if day >= today]
    fitting = next((day for day in found if day.weekday() in draft.weekdays), None)
    if not found:
        raise Invalid(f"No month has a day {draft.monthdays[0]}.")
    day = fitting or found[0]
    if day != found[0]:
        draft.warn(
            "ambiguous",
            f"{named(found[0])} is not a {DAYS[draft.weekdays[0]]}; taken as {named(day)}.",
            draft.said.with_day("weekdays", found[0].day, found[0].month, found[0].year),
        )
    return day


def _days_numbered(number: int, today: date) -> Iterator[date]:
    """The days of this number in the months of a few years."""
    for passed in range(MONTHS_A_YEAR * 3):
        first = moved(today.replace(day=1), (passed, 0, 0))
        if number <= last_of(first):
            yield first.replace(day=number)


def _feast_day(draft: Draft, today: date) -> date:
    year = draft.year or (today.year + 1 if draft.ahead == YEAR else 0)
    feast = table.day_of(draft.feast or 0, draft.habits.country)
    years = [year] if year else range(today.year, today.year + YEARS_AHEAD)
    found = (day for each in years for day in days_in(each, feast) if year or shifted(day, draft) >= today)
    day = next(found, None)
    if day is None:
        raise Invalid(f"On which day {table.title(draft.feast or 0)} is then is not known.")
    return day


def _in_week(draft: Draft, today: date) -> date:
    """The day of the week with that number: the weekday that was said, or its Monday."""
    if not draft.weekdays:
        draft.warn("ambiguous", "Only a week is said; taken as its Monday.")
    weekday, first = draft.weekdays[0] if draft.weekdays else 0, draft.year or today.isocalendar().year
    for year in range(first, first + (1 if draft.year else YEARS_AHEAD)):
        last = date(year, 12, LAST_WEEK_OF).isocalendar().week
        week = draft.weeks[0] if draft.weeks[0] > 0 else last + 1 + draft.weeks[0]
        if week <= last:
            day = date.fromisocalendar(year, week, weekday + 1)
            if day >= today or draft.year:
                return day
    raise Invalid("There is no such week.")


def _within(draft: Draft, today: date) -> date:
    """The day that was said within this week, month or year, or the last of it on which one works."""
    unit = draft.within or WEEK
    if unit == WEEK:
        if not draft.weekdays:
            draft.warn("ambiguous", "Only a week is said; taken as its Friday.")
        weekday = draft.weekdays[0] if draft.weekdays else max(FRIDAY, today.weekday())
        return today + timedelta(days=weekday - today.weekday())
    if unit == MONTH and draft.monthdays:
        return _numbered(today.replace(day=1), draft.monthdays[0])
    draft.warn("ambiguous", f"Only a {NAMES[unit]} is said; taken as its last day.")
    months = MONTHS_A_YEAR if unit == YEAR else unit[0]
    first = date(today.year, (today.month - 1) // months * months + 1, 1)
    return moved(first, unit) - ONE_DAY


def _dated(draft: Draft, today: date) -> date | None:
    """The day of a date; one without a year is only fixed when it is today, or has another day beside."""
    check_date(draft)
    said, year = draft.date or (0, 1, 1), 0
    if YEAR in {draft.ahead, draft.within}:
        year = today.year + (draft.ahead == YEAR)
    year = said[0] or year or (today.year if said[1:] == (today.month, today.day) else 0)
    if not year and (any(draft.shift) or draft.shifted_workdays or draft.shifted_weekday):
        years = (each for each in range(today.year, today.year + YEARS_AHEAD) if said[1:] != LEAP_DAY or not each % 4)
        return next(day for day in (date(each, *said[1:]) for each in years) if shifted(day, draft) >= today)
    return date(year, *said[1:]) if year else None


def check_date(draft: Draft) -> None:
    """Raises Invalid for a date that no calendar has."""
    if draft.date is None:
        return
    year, month, day = draft.date
    try:
        date(year or LEAP_YEAR, month, day)
    except ValueError as error:
        raise Invalid(f"There is no {date_in_words(day, month, year)}.") from error


def _moved_day(draft: Draft, today: date) -> date:
    """The day after so many months and days; with a weekday, that one of its week."""
    by = draft.offset or (0, 0, 0)
    day = moved(today + timedelta(days=draft.days or 0), by)
    if draft.monthdays and by[0]:
        return _numbered(day.replace(day=1), draft.monthdays[0])
    if draft.nth and by[0]:
        return next_day(repetition.nth_days(draft), before(day.replace(day=1)))
    if draft.weekdays and by[0] > 0:  # “on a Tuesday, two months from now”
        draft.warn("ambiguous", f"Taken as the first {DAYS[draft.weekdays[0]]} from {named(day)} on.")
        return day + timedelta(days=(draft.weekdays[0] - day.weekday()) % 7)
    in_weeks = draft.weekdays and by[1] % 7 == 0 and by[1] > 0
    return day - timedelta(days=day.weekday() - draft.weekdays[0]) if in_weeks else day


def _ahead(draft: Draft, today: date) -> date:
    """The day in the next week, month or year: the one that was said, or the first."""
    if draft.ahead == WEEK:
        if not draft.weekdays:
            draft.warn("ambiguous", "Only a week is said; taken as its Monday.")
        return today + timedelta(days=7 - today.weekday() + sum(draft.weekdays[:1]))
    if draft.ahead == QUARTER:
        return moved(date(today.year, (today.month - 1) // 3 * 3 + 1, 1), QUARTER)
    if draft.ahead == MONTH:
        if not draft.monthdays:
            draft.warn("ambiguous", "Only a month is said; taken as its first day.")
        return _numbered(moved(today.replace(day=1), MONTH), draft.monthdays[0] if draft.monthdays else 1)
    draft.warn("ambiguous", "Only a year is said; taken as its first day.")
    return date(today.year + 1, 1, 1)


def _in_month(draft: Draft, today: date) -> date | None:
    """The day of this or the next month, or of the month of a year."""
    if draft.nth and draft.nth.year:
        return next_day(repetition.nth_days(draft), before(date(draft.nth.year, draft.nth.month, 1)))
    asked = draft.month_of or (draft.nth.of if draft.nth else "")
    if asked not in {"THIS", "NEXT"}:
        return None
    first = moved(today.replace(day=1), MONTH) if asked == "NEXT" else today.replace(day=1)
    if draft.nth:
        return next_day(repetition.nth_days(draft), before(first))
    return _numbered(first, draft.monthdays[0])


def _numbered(first: date, number: int) -> date:
    """The day of that number in the month, from its end where the number is negative."""
    last = last_of(first)
    if number > last:
        raise Invalid(f"There is no {date_in_words(number, first.month, first.year)}.")
    return first.replace(day=number if number > 0 else max(1, last + 1 + number))


FINDERS: tuple[tuple[Callable[[Draft], object], Callable[[Draft, date], date | None]], ...] = (
    (lambda draft: draft.workdays is not None, _in_workdays),
    (lambda draft: draft.both and not draft.repeats, _numbered_weekday),
    (lambda draft: draft.weeks_on, _weekdays_on),
    (lambda draft: draft.offset, _moved_day),
    (lambda draft: draft.feast is not None, _feast_day),
    (lambda draft: draft.date, _dated),
    (lambda draft: draft.days is not None, _days_on),
    (lambda draft: draft.weeks and not draft.repeats, _in_week),
    (lambda draft: draft.within, _within),
    (lambda draft: draft.ahead, _ahead),
)  # what was said first of these is the day
