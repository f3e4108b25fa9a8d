"""The days that a repetition leaves out, as its rule says them."""

import re
from calendar import monthrange
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from assistant.errors import Invalid
from assistant.reminders.parsing.calendar import repetition
from assistant.reminders.parsing.calendar.days import check_date, fixed_day
from assistant.reminders.parsing.calendar.moments import Moment, before, last_of, moved, next_day
from assistant.reminders.parsing.calendar.repetition import Days
from assistant.reminders.parsing.draft import Draft
from assistant.reminders.parsing.languages.language import MONTH, WEEK, YEAR
from assistant.reminders.parsing.model import Values
from assistant.reminders.recurrence import next_times
from assistant.reminders.recurrence.feasts.calendars import countries, country_name
from assistant.reminders.recurrence.feasts.table import day_of
from assistant.reminders.recurrence.rule import WEEKDAYS
from assistant.reminders.recurrence.words import date_in_words

A_WEEK = 7
EACH_YEAR = re.compile(r"\d{4}(?:-\d{4})?")
SINGLE = re.compile(r"(?:\d{8}-)?\d{8}")  # dates of one year
NOT_KNOWN = "Your time zone names no country whose public holidays are known; it rings on them too."


def left_out(draft: Draft, moment: Moment) -> list[str]:
    """What the rule has to leave out."""
    found = [WEEKDAYS[day] for day in draft.without_weekdays]
    for other in draft.without:
        check_date(other)
        found += _said(draft, other, moment)
    if not (draft.until or draft.count or draft.span):
        _warn_each_year(draft, found, moment.today)
    if draft.without_holidays:
        found += _holidays(draft)
    return list(dict.fromkeys(found))


def _warn_each_year(draft: Draft, found: Sequence[str], today: date) -> None:
    """Adds that dates without a year are those of each; of one alone, with the next as the other meaning."""
    yearly = [each for each in found if EACH_YEAR.fullmatch(each)]
    if len(yearly) != 1 or "-" in yearly[0]:
        if yearly:
            draft.warn("ambiguous", "These days are left out in each year.")
        return
    month, number = int(yearly[0][:2]), int(yearly[0][2:])
    day = next_day(Days("YEARLY", months=(month,), monthdays=(number,)), before(today))
    said = draft.without[0].said if len(draft.without) == 1 and draft.without[0].date else None
    instead = said.with_day("date", number, month, day.year) if said else None
    draft.warn("ambiguous", f"Left out on {date_in_words(number, month)} of each year.", instead)


def kept(rule: str, local: datetime, without: Sequence[str]) -> tuple[datetime, str]:
    """The first time that is not left out, and the rule; single dates that are over by then are none of it.

    Raises Invalid where all are left out.
    """
    found = next_times.first_wall(local, "UTC", f"{rule};EXCEPT={','.join(without)}")
    if found is None:
        raise Invalid("All of its days are left out.")
    over = f"{found:%Y%m%d}"
    left = [each for each in without if not (SINGLE.fullmatch(each) and each.rpartition("-")[2] < over)]
    return found, f"{rule};EXCEPT={','.join(left)}" if left else rule


def warn_counted(draft: Draft) -> None:
    """Adds that days cannot be left out of what is counted from when it was done."""
    if draft.without or draft.without_weekdays or draft.without_holidays:
        draft.warn("ambiguous", "It is counted from when it was done; no days are left out.")


def _holidays(draft: Draft) -> list[str]:
    country = draft.habits.country
    if country not in countries():
        draft.warn("ambiguous", NOT_KNOWN)
        return []
    draft.warn(
        "ambiguous",
        f"Public holidays are those of all {country_name(country)}; those of one state or region are not left out.",
    )
    return [f"HOLIDAYS-{country}"]


def _said(draft: Draft, other: Draft, moment: Moment) -> Iterator[str]:
    """What one of the days, or several, is in the rule; told where nothing is."""
    if other.times:
        draft.warn("ambiguous", "All of that day is left out, not only the time that is said.")
    found = [*_numbered(other, moment), *_ranges(other, moment)] or [*_days(draft, other)]
    if not found and (day := _single(other, moment)):
        found = [f"{day:%Y%m%d}"]
    if not found:
        draft.warn("ambiguous", "Which days it should leave out was not understood.")
    yield from found


def _numbered(other: Draft, moment: Moment) -> Iterator[str]:
    """A week, weekday or day of a month by its number."""
    nth = other.nth
    if nth is None:
        return
    if nth.week:
        yield _week(nth.numbers[0], nth.month, nth.year, moment.today)
    elif nth.month and not nth.year and len(nth.days) == 1:
        yield from (f"{nth.month}:{number}{WEEKDAYS[nth.days[0]]}" for number in nth.numbers)
    elif nth.of == "EVERY" and len(nth.days) <= 1:
        name = WEEKDAYS[nth.days[0]] if nth.days else ""
        yield from (f"{number}{name}" for number in nth.numbers)


def _ranges(other: Draft, moment: Moment) -> Iterator[str]:
    if other.range_end and other.date:
        yield from _range(other.date, other.range_end)
    elif span := _unit(other, moment):
        yield _written(*span)


def _days(draft: Draft, other: Draft) -> Iterator[str]:
    """Days that come again: a feast, dates of each year, numbers of each month."""
    if other.feast is not None and not other.year and not any(other.shift):
        yield day_of(other.feast, draft.habits.country).upper()
    elif other.dates or (other.date and not other.date[0] and not any(other.shift)):
        yield from _each_year(other)
    elif other.monthdays and not other.month_of and not other.date:
        yield from (f"{number:02}" for number in other.monthdays)


def _single(other: Draft, moment: Moment) -> date | None:
    fitting = repetition.once(other)
    return fixed_day(other, moment) or (next_day(fitting, before(moment.today)) if fitting else None)


def _each_year(other: Draft) -> Iterator[str]:
    """Dates without a year are those of each."""
    numbers = other.monthdays or (other.date or (0, 1, 1))[2:]
    dates = other.dates or [(0, (other.date or (0, 1))[1], number) for number in numbers]
    yield from (f"{month:02}{day:02}" for _, month, day in dates)


def _range(first: Values, last: Values) -> Iterator[str]:
    (year, month, day), (end_year, end_month, end_day) = first, last
    end_year = end_year or year
    last_day = end_day or monthrange(end_year or 2001, end_month)[1]
    if not year:
        yield f"{month:02}{day:02}-{end_month:02}{last_day:02}"
        return
    end_year += (end_month, last_day) < (month, day) and end_year == year
    yield _written(date(year, month, day), date(end_year, end_month, last_day))


def _week(number: int, month: int, year: int, today: date) -> str:
    """The nth seven days of a month, or its last, of each year where none is said; of any month, of the next."""
    if not month:
        month, year = today.month, today.year
    last = last_of(date(year or 2001, month, 1))
    start = 1 + A_WEEK * (number - 1) if number > 0 else last + 1 + A_WEEK * number
    end = min(last, start + A_WEEK - 1)
    stamp = f"{year}" if year else ""
    return f"{stamp}{month:02}{start:02}-{stamp}{month:02}{end:02}"


def _unit(other: Draft, moment: Moment) -> tuple[date, date] | None:
    """The days of all this week, next month or year, where no day of it is said."""
    unit = other.ahead or other.within
    if unit not in {WEEK, MONTH, YEAR} or other.weekdays or other.monthdays:
        return None
    today = moment.today
    if unit == WEEK:
        start = today - timedelta(days=today.weekday())
    else:
        start = today.replace(day=1) if unit == MONTH else today.replace(month=1, day=1)
    start = moved(start, unit) if other.ahead else start
    return start, moved(start, unit) - timedelta(days=1)


def _written(start: date, end: date) -> str:
    return f"{start:%Y%m%d}-{end:%Y%m%d}"
