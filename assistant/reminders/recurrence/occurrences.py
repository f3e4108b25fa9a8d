"""The times on the wall that a rule names.

Everything here counts in days and minutes of a clock on the wall, where every day has 24 hours;
zones and their changes of clock are the business of ``timezones`` and ``next_times``.
"""

from calendar import isleap, monthrange
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from itertools import groupby, islice, takewhile
from math import gcd
from typing import Any

from assistant.reminders.recurrence.feasts.days import days_in
from assistant.reminders.recurrence.left_out import is_left_out
from assistant.reminders.recurrence.rule import Days, Rule

SEARCHED = 100  # years that are looked through in vain before a rule has ended
LAST_YEAR = 9900
DAY = 24 * 60  # minutes
COUNTED = 30  # years of hours and minutes
NEAR = 62  # days of which it is remembered which fit
CLOCK = frozenset({"HOURLY", "MINUTELY"})


def walls(rule: Rule, local: datetime, start: datetime, last: date | None = None) -> Iterator[datetime]:
    """The times of a whole rule, in order, from ``start`` on, never before ``local``.

    Looking begins near ``start``, however long ago ``local`` is, and gives up after a century
    without a time, or after the ``last`` day that is wanted. ``rule`` says everything itself
    (see ``whole``); its count is not looked at.
    """
    begin = max(local, start)
    if last is not None and (last - start.date()).days <= NEAR and not (rule.positions or rule.freq in CLOCK):
        yield from _near(rule, local, start, last)
        return
    last_year = begin.year + SEARCHED if _ever(rule, local) else 0
    for counts, days in _periods(rule, local.date(), begin.date()):
        if days[0].year > last_year:
            return
        kept = (
            days if rule.positions or not rule.without else [day for day in days if not is_left_out(day, rule.without)]
        )
        for wall in _times(rule, local, kept, begin.date()) if counts and kept else ():
            if rule.until is not None and wall > rule.until:
                return
            if wall >= begin and not is_left_out(wall.date(), rule.without):
                last_year = wall.year + SEARCHED
                yield wall


def _kept(rule: Rule, days: list[date]) -> list[date]:
    """The days on which it comes; all where places are counted among them, and those left out are seen later."""
    if rule.positions or not rule.without:
        return days
    return [day for day in days if not is_left_out(day, rule.without)]


def _near(rule: Rule, local: datetime, start: datetime, last: date) -> Iterator[datetime]:
    """The times until the last day. Of a thousand rules in a month most share their days, so these are kept."""
    begin = max(local, start)
    phase = _numbered(rule.freq, rule.days.week_start)(local.date()) % rule.interval
    times = [time(hour, minute, rule.seconds[0]) for hour in rule.hours for minute in rule.minutes]
    for day in _days_near(rule.freq, rule.interval, phase, rule.days, start.date(), last):
        if is_left_out(day, rule.without):
            continue
        for each in times:
            wall = datetime.combine(day, each)
            if rule.until is not None and wall > rule.until:
                return
            if wall >= begin:
                yield wall


@lru_cache(2048)
def _days_near(freq: str, interval: int, phase: int, days: Days, first: date, last: date) -> tuple[date, ...]:
    number = _numbered(freq, days.week_start)
    fitting = takewhile(lambda day: day <= last, _fitting(days, first))
    return tuple(day for day in fitting if number(day) % interval == phase)


def whole(rule: Rule, local: datetime) -> Rule:
    """The rule with all that it leaves to its first time said, and its count turned into an end."""
    days: dict[str, dict[str, Any]] = {}
    chosen = rule.days
    if not (chosen.weeks or chosen.year_days or chosen.month_days or chosen.weekdays or chosen.feast):
        days = {
            "YEARLY": {"months": rule.days.months or (local.month,), "month_days": (local.day,)},
            "MONTHLY": {"month_days": (local.day,)},
            "WEEKLY": {"weekdays": ((0, local.weekday()),)},
        }
    rule = replace(rule, days=replace(chosen, **days.get(rule.freq, {})), seconds=rule.seconds or (local.second,))
    if rule.freq not in CLOCK:
        rule = replace(rule, hours=_ordered(rule.hours) or (local.hour,))
    if rule.freq != "MINUTELY":
        rule = replace(rule, minutes=_ordered(rule.minutes) or (local.minute,))
    if rule.count is None:
        return rule
    # Where so many years have not that many times, the count has no end that anyone will see.
    end = local.year + (COUNTED if rule.freq in CLOCK else SEARCHED)
    within = takewhile(lambda wall: wall.year < end, walls(rule, local, local))
    return replace(rule, count=None, until=next(islice(within, rule.count - 1, None), None))


def _ordered(numbers: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sorted(set(numbers)))


def _periods(rule: Rule, first: date, begin: date) -> Iterator[tuple[bool, list[date]]]:
    """The days that fit, by the years, months, weeks or days of the rule, and whether its interval counts these."""
    number, step = _numbered(rule.freq, rule.days.week_start), 1 if rule.freq in CLOCK else rule.interval
    start, fitting = number(first), _fitting(rule.days, _since(rule, begin))
    if number is date.toordinal:
        return (((day.toordinal() - start) % step == 0, [day]) for day in fitting)
    return (((period - start) % step == 0, list(days)) for period, days in groupby(fitting, number))


def _numbered(freq: str, week_start: int) -> Callable[[date], int]:
    if freq == "YEARLY":
        return lambda day: day.year
    if freq == "MONTHLY":
        return lambda day: day.year * 12 + day.month
    if freq == "WEEKLY":
        return lambda day: (day.toordinal() - 1 - week_start) // 7
    return date.toordinal


def _since(rule: Rule, day: date) -> date:
    """The first day of the period in which the day is: places are counted from there."""
    if rule.freq == "YEARLY":
        return day.replace(month=1, day=1)
    if rule.freq == "MONTHLY":
        return day.replace(day=1)
    if rule.freq == "WEEKLY":
        return day - timedelta(days=(day.weekday() - rule.days.week_start) % 7)
    return day


def _fitting(days: Days, since: date) -> Iterator[date]:
    """The days that fit, from that one on; ends after a century without any."""
    empty = 0
    for year in range(since.year, LAST_YEAR):
        fitting = _feast(days.feast, year) if days.feast else _patterned(days, year)
        empty = 0 if any(fitting) else empty + 1
        if empty > SEARCHED:
            return
        for month, numbers in enumerate(fitting, 1):
            if year > since.year or month > since.month:
                yield from (date(year, month, number) for number in numbers)
            elif month == since.month:
                yield from (date(year, month, number) for number in numbers if number >= since.day)


def _feast(feast: str, year: int) -> tuple[tuple[int, ...], ...]:
    """By month, the days of a year on which a feast falls."""
    found = days_in(year, feast)
    return tuple(tuple(day.day for day in found if day.month == month) for month in range(1, 13))


def _patterned(days: Days, year: int) -> tuple[tuple[int, ...], ...]:
    return _pattern(days, date(year, 1, 1).weekday(), isleap(year), isleap(year - 1))


@lru_cache(1024)
def _pattern(days: Days, weekday: int, leap: bool, leap_before: bool) -> tuple[tuple[int, ...], ...]:  # noqa: FBT001
    """By month, the days that fit in each year that begins with that weekday, is leap, comes after a leap year."""
    year = next(
        year
        for year in range(2000, 2400)  # the calendar repeats itself every 400 years
        if (date(year, 1, 1).weekday(), isleap(year), isleap(year - 1)) == (weekday, leap, leap_before)
    )
    sizes = [monthrange(year, month)[1] for month in range(1, 13)]
    return tuple(
        tuple(number for number in range(1, size + 1) if _matches(days, date(year, month, number), size))
        for month, size in enumerate(sizes, 1)
    )


def _matches(days: Days, day: date, size: int) -> bool:
    return (
        (not days.months or day.month in days.months)
        and (not days.month_days or _counted(day.day, size, days.month_days))
        and (not days.weekdays or _is_weekday(days, day, size))
        and (not days.year_days or _counted(_year_day(day), _year_size(day), days.year_days))
        and (not days.weeks or _in_week(days, day))
    )


def _counted(number: int, size: int, wanted: tuple[int, ...]) -> bool:
    """Whether one of the wanted numbers, which count from the end when negative, is this one of so many."""
    return number in wanted or number - size - 1 in wanted


def _is_weekday(days: Days, day: date, size: int) -> bool:
    which = [which for which, weekday in days.weekdays if weekday == day.weekday()]
    if not which or 0 in which:
        return bool(which)
    number, size = (_year_day(day), _year_size(day)) if days.in_year else (day.day, size)
    return (number - 1) // 7 + 1 in which or -((size - number) // 7 + 1) in which


def _in_week(days: Days, day: date) -> bool:
    # A week belongs to the year that has most of it, which is that of its fourth day.
    middle = day + timedelta(days=3 - (day.weekday() - days.week_start) % 7)
    last = date(middle.year, 12, 31)
    last_middle = last - timedelta(days=(last.weekday() - days.week_start - 3) % 7)
    return _counted((_year_day(middle) - 1) // 7 + 1, (_year_day(last_middle) - 1) // 7 + 1, days.weeks)


def _year_day(day: date) -> int:
    return day.timetuple().tm_yday


def _year_size(day: date) -> int:
    return 365 + isleap(day.year)


def _times(rule: Rule, local: datetime, days: list[date], begin: date) -> Iterator[datetime]:
    """The times of one period; without places to count, those of days before ``begin`` are left out."""
    if not rule.positions:
        return (datetime.combine(day, each) for day in days if day >= begin for each in _of_day(rule, local, day))
    times = _of_day(rule, local, days[0])
    size = len(days) * len(times)
    chosen = sorted({place - 1 if place > 0 else size + place for place in rule.positions})
    found = (divmod(place, len(times)) for place in chosen if 0 <= place < size)
    return (datetime.combine(days[day], times[each]) for day, each in found)


def _of_day(rule: Rule, local: datetime, day: date) -> list[time]:
    second = rule.seconds[0]
    if rule.freq not in CLOCK:
        return [time(hour, minute, second) for hour in rule.hours for minute in rule.minutes]
    passed = (day.toordinal() - local.toordinal()) * DAY  # from the first day's midnight to this one's
    if rule.freq == "HOURLY":
        each = range((local.hour - passed // 60) % rule.interval, 24, rule.interval)
        chosen = [hour for hour in each if not rule.hours or hour in rule.hours]
        return [time(hour, minute, second) for hour in chosen for minute in rule.minutes]
    first = local.hour * 60 + local.minute - passed
    if not (rule.hours or rule.minutes):
        return [time(minute // 60, minute % 60, second) for minute in range(first % rule.interval, DAY, rule.interval)]
    # The few that are wanted, rather than each minute of the day.
    hours, minutes = sorted(set(rule.hours)) or range(24), sorted(set(rule.minutes)) or range(60)
    wanted = [hour * 60 + minute for hour in hours for minute in minutes]
    return [time(minute // 60, minute % 60, second) for minute in wanted if (minute - first) % rule.interval == 0]


def _fits(rule: Rule, minute: int) -> bool:
    return (not rule.hours or minute // 60 in rule.hours) and (not rule.minutes or minute % 60 in rule.minutes)


def _ever(rule: Rule, local: datetime) -> bool:
    """Whether steps of so many hours or minutes can ever fall on the hours and minutes that are wanted."""
    if rule.freq == "HOURLY":
        step = gcd(rule.interval, 24)
        return not rule.hours or any((hour - local.hour) % step == 0 for hour in rule.hours)
    if rule.freq == "MINUTELY":
        step = gcd(rule.interval, DAY)
        return any(_fits(rule, minute) for minute in range((local.hour * 60 + local.minute) % step, DAY, step))
    return True
