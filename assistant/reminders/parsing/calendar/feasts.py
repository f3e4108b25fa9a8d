"""The day of a feast in a year, and the rule of one that has a rule."""

import re
from datetime import date, timedelta

from assistant.reminders.recurrence.feasts import days, table
from assistant.reminders.recurrence.rule import WEEKDAYS

SUNDAY, WEEK, FIRST_ADVENT = 6, 7, date(2001, 11, 27)  # the earliest, in a year without a leap day


def rule_of(place: int, country: str) -> tuple[int, int, str]:
    """Month, day of the month or 0, and numbered weekday of a feast that a rule can say; all empty for others."""
    found = days.read(table.day_of(place, country))
    if found is None or found["after"]:
        return 0, 0, ""
    if found["month"]:
        return int(found["month"]), int(found["day"]), ""
    return (int(found["of"]), 0, f"{found['nth']}{found['weekday'].upper()}") if found["of"] else (0, 0, "")


def window_of(place: int, country: str) -> tuple[date, str] | None:
    """The first of the seven days of a month on one of which a feast falls each year, and its weekday.

    That is the day after a weekday of a month, or before Advent; None for a feast that has no such days.
    """
    found = days.read(table.day_of(place, country))
    if found is None or not (found["sunday"] or (found["of"] and int(found["nth"]) > 0)):
        return None
    passed = int(found["after"] or 0)
    day, weekday = _nths(found) if found["of"] else _advent(int(found["sunday"]))
    first = day + timedelta(days=passed)
    last = first + timedelta(days=WEEK - 1)
    return (first, WEEKDAYS[(weekday + passed) % WEEK]) if first.month == last.month else None


def _advent(number: int) -> tuple[date, int]:
    """The first day on which that Sunday of Advent can be, and its weekday."""
    return FIRST_ADVENT + timedelta(days=WEEK * (number - 1)), SUNDAY


def _nths(found: re.Match[str]) -> tuple[date, int]:
    """The first day on which the nth weekday of its month can be, and that weekday."""
    first = date(FIRST_ADVENT.year, int(found["of"]), 1 + WEEK * (int(found["nth"]) - 1))
    return first, WEEKDAYS.index(found["weekday"].upper())
