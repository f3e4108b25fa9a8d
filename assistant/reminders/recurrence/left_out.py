"""The days on which a repetition does not come, whatever its rule says.

They are said as dates of each year (1224) or of one (20261224), as ranges of these (0801-0815, 1224-0106), as days of
each month (01, -1 the last, 1MO the first Monday) or week (SA), as feasts (EASTER+1), and as the public holidays of
a country (HOLIDAYS-DE), which are looked up for each year as it comes.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date, timedelta
from functools import lru_cache

from assistant.reminders.recurrence.feasts import calendars, days

MONTHS, LEAP_YEAR = range(1, 13), 2000
DATE = re.compile(r"(\d{4})?(\d\d)(\d\d)", re.ASCII)
MONTH_DAY = re.compile(r"-?(?:0[1-9]|[12]\d|3[01]|[1-9])", re.ASCII)
NTH = re.compile(r"(-?[1-5])?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
HOLIDAYS = re.compile(r"HOLIDAYS-([A-Z]{2})", re.ASCII)


def is_known(said: str) -> bool:
    """Whether this says days."""
    if holidays := HOLIDAYS.fullmatch(said):
        return holidays[1] in calendars.countries()
    first, dash, last = said.partition("-")
    if DATE.fullmatch(first):
        ends = [first, last] if dash else [first]
        backwards = len(first) == len("20261224") and dash and last < first
        return all(map(_is_date, ends)) and len({len(end) for end in ends}) == 1 and not backwards
    return bool(MONTH_DAY.fullmatch(said) or NTH.fullmatch(said) or days.read(said))


def is_left_out(day: date, said: tuple[str, ...]) -> bool:
    """Whether the day is one of those that are said."""
    return bool(said) and day in _of_year(day.year, said)


@lru_cache(1024)
def _of_year(year: int, said: tuple[str, ...]) -> frozenset[date]:
    return frozenset(day for each in said for day in _days(year, each))


def _days(year: int, said: str) -> Iterator[date]:
    if holidays := HOLIDAYS.fullmatch(said):
        yield from calendars.public_holidays(holidays[1], year)
    elif DATE.fullmatch(said.partition("-")[0]):
        yield from _dates(year, said)
    elif MONTH_DAY.fullmatch(said):
        yield from filter(None, (_of_month(year, month, int(said)) for month in MONTHS))
    elif nth := NTH.fullmatch(said):
        weekday = "MOTUWETHFRSASU".index(nth[2]) // 2
        numbers = [int(nth[1])] if nth[1] else range(1, 6)
        found = (days.nth_weekday(year, month, number, weekday) for month in MONTHS for number in numbers)
        yield from filter(None, found)
    else:
        yield from days.days_in(year, said)


def _dates(year: int, said: str) -> Iterator[date]:
    """The days of a date or of a range; one of each year may go on into the next."""
    first, _, last = said.partition("-")
    last = last or first
    start, end = _first(first, year), _last(last, year)
    if len(first) < len("20261224") and last < first:
        yield from _between(date(year, 1, 1), end)
        end = date(year, 12, 31)
    yield from _between(max(start, date(year, 1, 1)), min(end, date(year, 12, 31)))


def _between(start: date, end: date) -> Iterator[date]:
    yield from (start + timedelta(days=passed) for passed in range((end - start).days + 1))


def _first(said: str, year: int) -> date:
    """The date, of that year where it says none; what a year has no 29 February for is 1 March."""
    found = _dated(said, year)
    return found or date(year, 3, 1)


def _last(said: str, year: int) -> date:
    return _dated(said, year) or date(year, 2, 28)


def _dated(said: str, year: int) -> date | None:
    found = DATE.fullmatch(said)
    try:
        return date(int(found[1] or year), int(found[2]), int(found[3])) if found else None
    except ValueError:
        return None


def _is_date(said: str) -> bool:
    return _dated(said, LEAP_YEAR) is not None


def _of_month(year: int, month: int, number: int) -> date | None:
    last = monthrange(year, month)[1]
    day = number if number > 0 else last + 1 + number
    return date(year, month, day) if 0 < day <= last else None
