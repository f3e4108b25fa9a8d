"""A rule, a length of time and a ring before its time in plain English."""

from calendar import monthrange
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from assistant.formats import PLAIN, Formats
from assistant.reminders.recurrence.feasts import table
from assistant.reminders.recurrence.left_out_words import left_out_in_words
from assistant.reminders.recurrence.rule import WEEKS, Rule, read
from assistant.reminders.recurrence.words import DAYS, MONTHS, listed, nth, ordinal

UNITS = {"YEARLY": "year", "MONTHLY": "month", "WEEKLY": "week", "DAILY": "day", "HOURLY": "hour", "MINUTELY": "minute"}
WORKDAYS, WEEKEND = {0, 1, 2, 3, 4}, {5, 6}
COMMON_YEAR, FEBRUARY, SURE, FEW = 2027, 2, 28, 6  # a day that each month has
RUN = THREE = 3  # hours in a row that are said as from and to
LENGTHS = (("week", timedelta(weeks=1)), ("day", timedelta(days=1)), ("hour", timedelta(hours=1)),
           ("minute", timedelta(minutes=1)))  # fmt: skip
LATE = LENGTHS[1:]  # weeks are told in days
BEFORE = {
    0: "at the time", 30: "half an hour before", 60: "an hour before", 1440: "the day before", 10080: "a week before",
}  # fmt: skip


def in_words(rule: str, *, times: bool = True) -> str:
    """The repetition as one would say it: “every second Friday”, “on the last day of each month”.

    The empty rule is “once”. The ``times`` of a day are said where the rule names them. Raises
    Invalid (field rule) for what cannot be read.
    """
    if not rule:
        return "once"
    parts = read(rule)
    by_clock = parts.freq in {"HOURLY", "MINUTELY"}
    said = _clock_hours(parts) if by_clock else _days(parts)
    if times and not by_clock and parts.hours and parts.minutes:
        said += f" at {listed([f'{at.hour}:{at.minute:02}' for at in times_of(parts, time())])}"
    without = f" except {left_out_in_words(parts.without)}" if parts.without else ""
    return f"{said}{without}{_end(parts)}"


def times_of(rule: Rule, usual: time) -> list[time]:
    """The times of a day on which it comes: those that the rule names, else the usual one."""
    every = sorted(
        time(hour, minute) for hour in rule.hours or (usual.hour,) for minute in rule.minutes or (usual.minute,)
    )
    return [every[place - 1] for place in rule.positions] if _chooses_times(rule) else every


def length(of: timedelta) -> str:
    """A length of time: “3 days”, “1 day 4 hours”; weeks where they are whole."""
    said = []
    for unit, size in LENGTHS[1:] if of % LENGTHS[0][1] else LENGTHS:
        count, of = of // size, of % size
        said += [f"{count} {unit}{'' if count == 1 else 's'}"] if count else []
    return " ".join(said)


def before(minutes: int) -> str:
    """When it rings, so many minutes before its time: “at the time”, “the day before”, “20 minutes before”."""
    return BEFORE.get(minutes) or f"{length(timedelta(minutes=minutes))} before"


def leads_in_words(leads: Sequence[int]) -> str:
    """“the day before and at the time”; nothing for what everybody expects."""
    return "" if list(leads) == [0] else listed([before(lead) for lead in sorted(leads, reverse=True)])


def late(seconds: int) -> str:
    """How late something rang: “3 hours late”; nothing when it is less than a minute."""
    for unit, size in LATE:
        count = timedelta(seconds=seconds) // size
        if count:
            return f"{count} {unit}{'' if count == 1 else 's'} late"
    return ""


def _days(rule: Rule) -> str:
    if rule.days.feast:
        return f"{_every(rule.interval, 'year')} {_on_feast(table.title_of(rule.days.feast))}"
    names = {day for which, day in rule.days.weekdays if not which}
    if special := _by_places(rule, names):
        return special
    if rule.days.weeks or rule.days.year_days or (rule.positions and not (_last_workday(rule) or _chooses_times(rule))):
        return f"{_every(rule.interval, UNITS[rule.freq])}, on days chosen by a longer rule"
    if rule.freq in {"DAILY", "WEEKLY"} and not rule.days.month_days:
        return _weekly(rule, names) + _in_months(rule)
    return _in_month(rule, names)


def _on_feast(name: str) -> str:
    return name if " days " in name else f"on {name}"


def _by_places(rule: Rule, names: set[int]) -> str:
    """What is chosen by numbers of weeks, or by places among dates, where one can say it; else nothing."""
    weeks, days = rule.days.weeks, rule.days
    if weeks and rule.freq == "YEARLY" and not (rule.positions or days.months or days.month_days or days.year_days):
        return _of_weeks(rule, weeks, names)
    every = _every(rule.interval, UNITS[rule.freq])
    run = days.month_days and days.month_days == tuple(range(28, max(days.month_days) + 1))
    if rule.freq == "MONTHLY" and run and rule.positions == (-1,) and not (days.months or days.weekdays):
        return f"{every} on the {ordinal(max(days.month_days))}, or on the last day of a shorter month"
    if len(days.month_days) == THREE and names == WORKDAYS and rule.positions in {(1,), (-1,)}:
        return _off_weekends(rule, every)
    few = len(days.months) > 1 and len(days.months) * len(days.month_days) <= FEW
    if rule.freq == "YEARLY" and days.month_days and (rule.positions or few) and days.months and not days.weekdays:
        return _on_dates(rule, every)
    return ""


def _off_weekends(rule: Rule, every: str) -> str:
    """A day that moves to the working day after a weekend, or before it."""
    numbers, months = sorted(rule.days.month_days), [MONTHS[month - 1] for month in sorted(rule.days.months)]
    number = numbers[0] if rule.positions == (1,) else numbers[-1]
    other = "the next Monday" if rule.positions == (1,) else "the Friday before"
    on = f"{number} {listed(months)}" if months else f"the {ordinal(number)}"
    return f"{every} on {on}, or {other} if it is a weekend"


def _of_weeks(rule: Rule, weeks: Sequence[int], names: set[int]) -> str:
    on = listed([DAYS[day] for day in sorted(names)])
    for start, parity in ((2, "even"), (1, "odd")):
        if rule.interval == 1 and on and sorted(weeks) == list(range(start, WEEKS + 1, 2)):
            return f"every {on} in {parity} weeks"
    if not on or min(weeks) < 1:
        return ""
    numbered = f"week{'s' if len(weeks) > 1 else ''} {listed([str(week) for week in sorted(weeks)])}"
    return f"{_every(rule.interval, 'year')} on {on} of {numbered}"


def _on_dates(rule: Rule, every: str) -> str:
    """Dates by their places among those of a year; nothing where February may move them."""
    days = rule.days
    moving = max(days.month_days) > SURE and FEBRUARY in days.months
    if moving or min(days.month_days) < 1 or min(rule.positions, default=1) < 1:
        return ""
    lengths = [(month, monthrange(COMMON_YEAR, month)[1]) for month in sorted(days.months)]
    dates = [(month, day) for month, last in lengths for day in sorted(days.month_days) if day <= last]
    chosen = [dates[place - 1] for place in rule.positions if place <= len(dates)] or dates
    return f"{every} on {listed([f'{day} {MONTHS[month - 1]}' for month, day in chosen])}"


def _chooses_times(rule: Rule) -> bool:
    """Whether its places are those of times within a day."""
    alone = not (rule.days.month_days or rule.days.year_days or rule.days.weeks)
    many = len(rule.hours) * len(rule.minutes)
    return (
        rule.freq == "DAILY" and alone and all(0 < place <= many for place in rule.positions) and bool(rule.positions)
    )


def _weekly(rule: Rule, names: set[int]) -> str:
    if not names:
        return _every(rule.interval, UNITS[rule.freq])
    if rule.interval > 1:
        return _in_weeks(rule, names)
    if names == WORKDAYS:
        return "every weekday"
    if names == WEEKEND:
        return "every weekend day"
    return "every day" if len(names) == len(DAYS) else f"every {listed([DAYS[day] for day in sorted(names)])}"


def _in_weeks(rule: Rule, names: set[int]) -> str:
    days = [DAYS[day] for day in sorted(names)]
    if rule.freq == "WEEKLY" and len(days) == 1:
        return _every(rule.interval, days[0])
    chosen = "weekdays" if names == WORKDAYS else listed(days)
    return f"{_every(rule.interval, UNITS[rule.freq])} on {chosen}"


def _in_month(rule: Rule, names: set[int]) -> str:
    days = [_day(day) for day in rule.days.month_days]
    weekdays = _numbered(rule)
    plain = [f"{DAYS[day]}" for day in sorted(names)]
    if _last_workday(rule):
        days, plain = [f"{nth(rule.positions[0])} weekday"], []
    chosen = listed(days or weekdays)
    weekday = f"{listed(plain)}" if plain else ""
    if rule.freq == "YEARLY" or (rule.freq in {"DAILY", "WEEKLY"} and rule.days.months):
        return _in_year(rule, chosen, weekday)
    each = "month" if rule.interval == 1 else f"{ordinal(rule.interval)} month"
    if not chosen:
        return f"every {weekday}{_in_months(rule)}" if weekday else _every(rule.interval, "month") + _in_months(rule)
    where = f"of {listed([MONTHS[month - 1] for month in sorted(rule.days.months)]) or f'each {each}'}"
    also = f", when it is a {weekday}" if weekday else ""
    return f"on the {chosen} {where}{also}"


def _numbered(rule: Rule) -> list[str]:
    """First and third Friday; or second Tuesday and last Friday."""
    found = [(which, day) for which, day in rule.days.weekdays if which]
    if found and len({day for _, day in found}) == 1:
        return [f"{listed([nth(which) for which, _ in found])} {DAYS[found[0][1]]}"]
    return [f"{nth(which)} {DAYS[day]}" for which, day in found]


def _in_year(rule: Rule, chosen: str, weekday: str) -> str:
    every = _every(rule.interval, "year")
    months = listed([MONTHS[month - 1] for month in sorted(rule.days.months)])
    if rule.days.month_days and len(rule.days.months) == 1 and min(rule.days.month_days) > 0:
        numbers = rule.days.month_days
        if weekday and numbers == tuple(range(numbers[0], numbers[0] + 7)):
            return f"{every} on the {weekday} from {numbers[0]} to {numbers[-1]} {months}"
        also = f", when it is a {weekday}" if weekday else ""
        return f"{every} on {listed([str(day) for day in numbers])} {months}{also}"
    if chosen:
        return f"{every} on the {chosen} of {months or ('each month' if rule.days.month_days else 'the year')}"
    if weekday:
        return f"every {weekday}{_in_months(rule)}"
    return every + _in_months(rule)


def _clock_hours(rule: Rule) -> str:
    said = _every(rule.interval, UNITS[rule.freq])
    if rule.hours:
        hours = sorted(rule.hours)
        run = len(hours) >= RUN and hours == list(range(hours[0], hours[-1] + 1))
        said += f" between {hours[0]} and {hours[-1]}" if run else f" at {listed([str(hour) for hour in hours])}"
    names = {day for _, day in rule.days.weekdays}
    if names:
        said += " on weekdays" if names == WORKDAYS else f" on {listed([DAYS[day] for day in sorted(names)])}"
    return said + _in_months(rule)


def _end(rule: Rule) -> str:
    if rule.until is not None:
        return f", until {rule.until.day} {MONTHS[rule.until.month - 1]} {rule.until.year}"
    if rule.count is None:
        return ""
    return ", once" if rule.count == 1 else f", {rule.count:,} times"


def _last_workday(rule: Rule) -> bool:
    whole_week = {day for which, day in rule.days.weekdays if not which} == WORKDAYS
    return rule.freq == "MONTHLY" and whole_week and len(rule.positions) == 1 and not rule.days.month_days


def _in_months(rule: Rule) -> str:
    left_out = [MONTHS[month - 1] for month in range(1, len(MONTHS) + 1) if month not in rule.days.months]
    if len(rule.days.months) > len(left_out):
        return f" except in {listed(left_out)}" if left_out else ""
    return f" in {listed([MONTHS[month - 1] for month in sorted(rule.days.months)])}" if rule.days.months else ""


def _every(interval: int, unit: str) -> str:
    if interval == 1:
        return f"every {unit}"
    return f"every second {unit}" if interval == 2 else f"every {interval} {unit}s"  # noqa: PLR2004 - said so


def _day(number: int) -> str:
    return f"{nth(number)} day" if number < 0 else ordinal(number)


NEAR = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}  # days from today


def day_in_words(day: date, today: date, formats: Formats = PLAIN) -> str:
    """Today, Tomorrow, or the day with its weekday: “Friday 27 November”; with its year when that is another."""
    return NEAR.get((day - today).days) or formats.named(day, today, whole=True)


def moment_in_words(wall: datetime, today: date, formats: Formats = PLAIN) -> str:
    """The time with its day in short: “Fri 27 Nov, 09:30”, “Tomorrow, 09:30”."""
    day = NEAR.get((wall.date() - today).days) or formats.named(wall.date(), today)
    return f"{day}, {formats.time(wall)}"


def month_in_words(month: date) -> str:
    """The month with its year."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def plural(many: int, what: str) -> str:
    """So many of these: “1 reminder”, “2 reminders”."""
    return f"{many:,} {what}{'' if many == 1 else 's'}"
