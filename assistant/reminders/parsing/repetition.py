"""The repetition that was said, as an RFC 5545 rule or as the pause after it is done."""

from dataclasses import dataclass, replace

from assistant.reminders.parsing.draft import Draft, Unit
from assistant.reminders.parsing.model import Values
from assistant.reminders.parsing.times import WHOLE_DAY
from assistant.reminders.recurrence.rule import LENGTH_LIMIT

NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOUR_SECONDS, MINUTE_SECONDS = 3600, 60
MONTH_DAYS = 365.25 / 12
ENDING = len(";UNTIL=20270601T235959")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a repetition: how often, and which."""

    freq: str
    interval: int = 1
    months: Values = ()
    monthdays: Values = ()
    weekdays: tuple[str, ...] = ()
    position: int = 0

    def text(self, *, every: bool = True) -> str:
        """The rule of these days; with ``every`` false, of all days that fit, whatever the interval."""
        parts = {
            "FREQ": self.freq,
            "INTERVAL": str(self.interval) if every and self.interval > 1 else "",
            "BYMONTH": ",".join(map(str, self.months)),
            "BYMONTHDAY": ",".join(map(str, self.monthdays)),
            "BYDAY": ",".join(self.weekdays),
            "BYSETPOS": str(self.position) if self.position else "",
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def days(draft: Draft) -> Days:
    """The days of a draft that repeats; a day that was said is part of the rule where it fits."""
    freq, interval = frequency(draft.every or (0, 1, 0))
    named = tuple(NAMES[day] for day in sorted(draft.weekdays))
    if draft.between and freq in {"HOURLY", "MINUTELY"}:
        return Days("DAILY", 1, weekdays=named)
    if freq in {"MONTHLY", "YEARLY"} and draft.nth:
        return replace(nth_days(draft), freq=freq, interval=interval)
    if freq == "MONTHLY":
        return Days(freq, interval, monthdays=draft.monthdays, weekdays=tuple(f"1{name}" for name in named))
    if freq == "YEARLY" and draft.date:
        return Days(freq, interval, months=draft.date[1:2], monthdays=draft.monthdays or draft.date[2:])
    return Days(freq, interval, weekdays=named if freq != "YEARLY" else ())


def once(draft: Draft) -> Days | None:
    """The days that fit a weekday, a day of the month or a date without a year, for the next one of them."""
    if draft.nth and draft.nth.of == "MONTH":
        return replace(nth_days(draft), freq="YEARLY")
    if draft.date:
        return Days("YEARLY", months=draft.date[1:2], monthdays=draft.date[2:])
    if draft.monthdays:
        return Days("MONTHLY", monthdays=draft.monthdays)
    if draft.weekdays:
        return Days("WEEKLY", weekdays=tuple(NAMES[day] for day in sorted(draft.weekdays)))
    return None


def nth_days(draft: Draft) -> Days:
    """The days that fit the nth day of a month, in any month."""
    nth = draft.nth
    if nth is None:
        return Days("MONTHLY")
    months = (nth.month,) if nth.month else ()
    if not nth.days:
        return Days("MONTHLY", months=months, monthdays=(nth.number,))
    if len(nth.days) > 1:
        return Days("MONTHLY", months=months, weekdays=tuple(NAMES[day] for day in nth.days), position=nth.number)
    return Days("MONTHLY", months=months, weekdays=(f"{nth.number}{NAMES[nth.days[0]]}",))


def frequency(unit: Unit) -> tuple[str, int]:
    """FREQ and INTERVAL of a length of time."""
    months, days, seconds = unit
    if months:
        return ("MONTHLY", months) if months % 12 else ("YEARLY", months // 12)
    if days:
        return ("DAILY", days) if days % 7 else ("WEEKLY", days // 7)
    hours, rest = divmod(seconds, HOUR_SECONDS)
    return ("MINUTELY", seconds // MINUTE_SECONDS) if rest else ("HOURLY", hours)


def pause(unit: Unit) -> str:
    """The length of time as ISO 8601 writes it, months and years in days: P3D, PT4H."""
    if unit[0]:
        return f"P{round(unit[0] * MONTH_DAYS)}D"
    freq, number = frequency(unit)
    letter = {"WEEKLY": "W", "DAILY": "D", "HOURLY": "H", "MINUTELY": "M"}[freq]
    return f"P{'T' if freq in {'HOURLY', 'MINUTELY'} else ''}{number}{letter}"


def steps(start: int, end: int, seconds: int) -> list[int]:
    """The minutes since midnight from start to end in steps; past midnight where the end is earlier."""
    step = max(1, seconds // MINUTE_SECONDS)
    end += WHOLE_DAY if end < start else 0
    return sorted({minutes % WHOLE_DAY for minutes in range(start, end + 1, step)})


def at_times(rule: Days, minutes: list[int]) -> str | None:
    """The rule with these times of the day; None where such a rule would be no rule, or too long."""
    if len(minutes) == 1:
        return rule.text()
    hours = sorted({each // 60 for each in minutes})
    past = sorted({each % 60 for each in minutes})
    grid = [hour * 60 + minute for hour in hours for minute in past]
    places = [str(place) for place, each in enumerate(grid, 1) if each in minutes]
    listed = f";BYHOUR={','.join(map(str, hours))};BYMINUTE={','.join(map(str, past))}"
    if len(places) == len(grid):
        return rule.text() + listed
    if rule.freq == "WEEKLY" and rule.interval == 1 and rule.weekdays:
        rule = replace(rule, freq="DAILY")
    text = f"{rule.text()}{listed};BYSETPOS={','.join(places)}"
    return text if rule.freq == "DAILY" and len(text) <= LENGTH_LIMIT - ENDING else None
