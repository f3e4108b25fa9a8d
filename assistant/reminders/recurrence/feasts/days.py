"""The days of a year on which a feast falls, as the table or a rule says it."""

import re
from datetime import date, timedelta
from functools import lru_cache

from assistant.reminders.recurrence.feasts.calendars import FEASTS, feast_days
from assistant.reminders.recurrence.feasts.easter import eastern, western

DAY = re.compile(
    r"(?:(?P<month>\d+)-(?P<day>\d+)|(?P<name>[a-z]+)|advent(?P<sunday>[1-4])"
    r"|(?P<of>\d+):(?P<nth>-?[1-5])(?P<weekday>mo|tu|we|th|fr|sa|su))(?P<after>[+-]\d{1,3})?",
    re.ASCII,
)
WESTERN, EASTERN = "easter", "orthodox"
CHRISTMAS, SUNDAYS, WEEK, MONTHS = (12, 25), 4, 7, 12
MOST_AFTER = 366


def read(text: str) -> re.Match[str] | None:
    """The parts of such a day, in whatever letters; None for what is none."""
    found = DAY.fullmatch(text.lower())
    if found is None or abs(int(found["after"] or 0)) > MOST_AFTER:
        return None
    if found["name"] and found["name"] not in {WESTERN, EASTERN} and found["name"] not in FEASTS:
        return None
    if found["month"] and _of_year(2000, found) is None:  # a year with a leap day
        return None
    return None if found["of"] and not 0 < int(found["of"]) <= MONTHS else found


@lru_cache(4096)
def days_in(year: int, text: str) -> tuple[date, ...]:
    """The days in a year, mostly one. Raises ValueError for what is no such day."""
    found = read(text)
    if found is None:
        raise ValueError(text)
    passed = timedelta(days=int(found["after"] or 0))
    near = range(year - 1, year + 2) if passed or found["name"] else [year]
    return tuple(sorted(day + passed for each in near for day in _days(each, found) if (day + passed).year == year))


def nth_weekday(year: int, month: int, nth: int, weekday: int) -> date | None:
    """The nth of these weekdays in a month, from its end where nth is negative; None where there are not so many."""
    if nth > 0:
        first = date(year, month, 1)
        day = first + timedelta(days=(weekday - first.weekday()) % WEEK + WEEK * (nth - 1))
    else:
        last = date(year + month // MONTHS, month % MONTHS + 1, 1) - timedelta(days=1)
        day = last - timedelta(days=(last.weekday() - weekday) % WEEK + WEEK * (-nth - 1))
    return day if day.month == month else None


def _days(year: int, found: re.Match[str]) -> tuple[date, ...]:
    if found["name"] in FEASTS:
        return feast_days(found["name"], year)
    day = _of_year(year, found)
    return (day,) if day else ()


def _of_year(year: int, found: re.Match[str]) -> date | None:
    if found["name"]:
        return eastern(year) if found["name"] == EASTERN else western(year)
    if found["sunday"]:
        christmas = date(year, *CHRISTMAS)
        return christmas - timedelta(days=christmas.isoweekday() + WEEK * (SUNDAYS - int(found["sunday"])))
    if found["of"]:
        weekday = "motuwethfrsasu".index(found["weekday"]) // 2
        return nth_weekday(year, int(found["of"]), int(found["nth"]), weekday)
    try:
        return date(year, int(found["month"]), int(found["day"]))
    except ValueError:
        return None
