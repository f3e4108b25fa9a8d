"""The day of a feast in a year, and the rule of one that has a rule."""

import re
from datetime import date, timedelta

from assistant.reminders.parsing.languages import feasts
from assistant.reminders.recurrence.rule import WEEKDAYS

DAY = re.compile(r"(?:(\d+)-(\d+)|(easter)|advent(\d)|(\d+):(-?\d)([A-Z]{2}))([+-]\d+)?")
CHRISTMAS = (12, 25)
SUNDAY, WEEK, FIRST_ADVENT = 6, 7, date(2001, 11, 27)  # the earliest, in a year without a leap day


def day_in(year: int, place: int, country: str) -> date:
    """The day on which the feast of that place in the table falls in a year."""
    found = DAY.fullmatch(feasts.day_of(place, country))
    if found is None:
        raise ValueError(place)
    month, number, is_easter, sunday, of_month, nth, weekday, after = found.groups()
    if month:
        day = date(year, int(month), int(number))
    elif is_easter:
        day = easter(year)
    elif sunday:
        christmas = date(year, *CHRISTMAS)
        day = christmas - timedelta(days=christmas.isoweekday() + WEEK * (4 - int(sunday)))
    else:
        day = _nth(year, int(of_month), int(nth), WEEKDAYS.index(weekday))
    return day + timedelta(days=int(after or 0))


def rule_of(place: int, country: str) -> tuple[int, int, str]:
    """Month, day of the month or 0, and numbered weekday of a feast that a rule can say; all empty for others."""
    found = DAY.fullmatch(feasts.day_of(place, country))
    if found is None or found[8]:
        return 0, 0, ""
    if found[1]:
        return int(found[1]), int(found[2]), ""
    return (int(found[5]), 0, f"{found[6]}{found[7]}") if found[5] else (0, 0, "")


def window_of(place: int, country: str) -> tuple[date, str] | None:
    """The first of the seven days of a month on one of which a feast falls each year, and its weekday.

    That is the day after a weekday of a month, or before Advent; None for a feast that has no such days.
    """
    found = DAY.fullmatch(feasts.day_of(place, country))
    if found is None or not (found[4] or (found[5] and int(found[6]) > 0)):
        return None
    day, weekday = (FIRST_ADVENT + timedelta(days=WEEK * (int(found[4]) - 1)), SUNDAY) if found[4] else _nths(found)
    first, passed = day + timedelta(days=int(found[8] or 0)), int(found[8] or 0)
    last = first + timedelta(days=WEEK - 1)
    return (first, WEEKDAYS[(weekday + passed) % WEEK]) if first.month == last.month else None


def _nths(found: re.Match[str]) -> tuple[date, int]:
    """The first day on which the nth weekday of its month can be, and that weekday."""
    return date(FIRST_ADVENT.year, int(found[5]), 1 + WEEK * (int(found[6]) - 1)), WEEKDAYS.index(found[7])


def easter(year: int) -> date:
    """Easter Sunday of the western churches, after Gauss, Lichtenberg and Butcher."""
    golden, century, rest = year % 19, year // 100, year % 100
    moon = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _nth(year: int, month: int, nth: int, weekday: int) -> date:
    """The nth of these weekdays in a month, from its end where nth is negative."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % WEEK + WEEK * (nth - 1))
    last = date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
    return last - timedelta(days=(last.weekday() - weekday) % WEEK + WEEK * (-nth - 1))
