"""The repetition that was said, as an RFC 5545 rule or as the pause after it is done."""

from dataclasses import dataclass, replace

from assistant.reminders.parsing.calendar import feasts
from assistant.reminders.parsing.draft import Draft, Unit
from assistant.reminders.parsing.model import Values
from assistant.reminders.parsing.times import WHOLE_DAY
from assistant.reminders.recurrence.feasts.days import read
from assistant.reminders.recurrence.feasts.table import day_of
from assistant.reminders.recurrence.rule import LENGTH_LIMIT, WEEKS

NAMES = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
HOUR_SECONDS, MINUTE_SECONDS = 3600, 60
MONTH_DAYS = 365.25 / 12
MONTHS_A_YEAR, SHORTEST, LONGEST = 12, 29, 31  # SHORTEST is the first day that some month lacks
LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)  # of the months, in most years
A_WEEK, FRIDAY = 7, 5
ENDING = len(";UNTIL=20270601T235959")


@dataclass(frozen=True, slots=True)
class Days:
    """The days of a repetition: how often, and which."""

    freq: str
    interval: int = 1
    months: Values = ()
    monthdays: Values = ()
    weekdays: tuple[str, ...] = ()
    weeks: Values = ()
    positions: Values = ()
    feast: str = ""  # as a rule names its day

    def text(self, *, every: bool = True) -> str:
        """The rule of these days; with ``every`` false, of all days that fit, whatever the interval."""
        parts = {
            "FREQ": self.freq,
            "INTERVAL": str(self.interval) if every and self.interval > 1 else "",
            "BYMONTH": ",".join(map(str, self.months)),
            "BYWEEKNO": ",".join(map(str, self.weeks)),
            "BYMONTHDAY": ",".join(map(str, self.monthdays)),
            "BYDAY": ",".join(self.weekdays),
            "BYSETPOS": ",".join(map(str, self.positions)),
            "FEAST": self.feast,
        }
        return ";".join(f"{name}={value}" for name, value in parts.items() if value)


def days(draft: Draft) -> Days:
    """The days of a draft that repeats; a day that was said is part of the rule where it fits."""
    found = off_weekends(_days(draft), draft)
    if draft.without_months and not found.months:
        months = tuple(month for month in range(1, MONTHS_A_YEAR + 1) if month not in draft.without_months)
        return replace(found, months=months)
    return replace(found, months=draft.in_month) if draft.in_month and not found.months else found


def _days(draft: Draft) -> Days:
    freq, interval = frequency(draft.every or (0, 1, 0))
    named = tuple(NAMES[day] for day in sorted(draft.weekdays))
    if draft.weeks or draft.parity:
        weeks = draft.weeks or tuple(range(draft.parity, WEEKS + 1, 2))
        return Days("YEARLY", interval if freq == "YEARLY" else 1, weekdays=named or NAMES[:1], weeks=weeks)
    if draft.between and freq in {"HOURLY", "MINUTELY"}:
        return Days("DAILY", 1, weekdays=named)
    if freq in {"MONTHLY", "YEARLY"} and draft.nth:
        return replace(nth_days(draft), freq=freq, interval=interval)
    if freq == "MONTHLY":
        return _monthly(draft, interval, named)
    if freq == "YEARLY" and (draft.feast is not None or draft.date):
        return _yearly(draft, interval)
    return Days(freq, interval, weekdays=named if freq != "YEARLY" else ())


def off_weekends(found: Days, draft: Draft) -> Days:
    """The days moved off weekends: the first, or the last, working day of three; told where no rule says that."""
    if not draft.off_weekend:
        return found
    step = draft.off_weekend
    number = found.monthdays[0] if len(found.monthdays) == 1 and not (found.weekdays or found.positions) else 0
    in_month = number > 0 and 0 < number + 2 * step < SHORTEST
    if found.freq not in {"MONTHLY", "YEARLY"} or not (in_month or (number, step) == (-1, -1)):
        draft.warn("ambiguous", "No repetition moves these days off weekends; it rings on weekends too.")
        return found
    numbers = tuple(sorted((number, number + step, number + 2 * step))) if number > 0 else ()
    return replace(found, monthdays=numbers, weekdays=NAMES[:FRIDAY], positions=(step,))


def _monthly(draft: Draft, interval: int, named: tuple[str, ...]) -> Days:
    """Days of each month; a date is that day of every few months, in shorter ones their last."""
    if not draft.date or draft.monthdays:
        return Days("MONTHLY", interval, monthdays=draft.monthdays, weekdays=tuple(f"1{name}" for name in named))
    day = draft.date[2]
    if day < SHORTEST:
        return Days("MONTHLY", interval, monthdays=(day,))
    if day == LONGEST:
        return Days("MONTHLY", interval, monthdays=(-1,))
    return Days("MONTHLY", interval, monthdays=tuple(range(SHORTEST - 1, day + 1)), positions=(-1,))


def _yearly(draft: Draft, interval: int) -> Days:
    if draft.shift[1] and (said := shifted_feast(draft)):
        return Days("YEARLY", interval, feast=said)
    if draft.feast is not None:
        country = draft.habits.country
        month, _, weekday = feasts.rule_of(draft.feast, country)
        found = windowed(draft.feast, country)
        found = found or (Days("YEARLY", months=(month,), weekdays=(weekday,)) if month else None)
        return replace(found or Days("YEARLY", feast=day_of(draft.feast, country).upper()), interval=interval)
    if len(draft.dates) > 1:
        return _on_dates(draft.dates, interval)
    _, month, day = draft.date or (0, 1, 1)
    return Days("YEARLY", interval, months=(month,), monthdays=draft.monthdays or (day,))


def shifted_feast(draft: Draft) -> str:
    """The day so long before or after a feast or a date of each year, as a rule names it; empty where there is none."""
    if draft.shift[0] or draft.shift[2] or draft.shifted_workdays or draft.shifted_weekday or len(draft.dates) > 1:
        return ""
    if draft.feast is not None:
        said = day_of(draft.feast, draft.habits.country)
    elif draft.date and not draft.monthdays:
        said = f"{draft.date[1]}-{draft.date[2]}"
    else:
        return ""
    after = read(said)
    passed = int(after["after"] or 0) if after else 0
    return f"{said.removesuffix(f'{passed:+}' if passed else '')}{passed + draft.shift[1]:+}".upper()


def windowed(feast: int, country: str) -> Days | None:
    """The days of a feast that is a weekday within certain seven days of a month, but no nth of that month."""
    window = None if any(feasts.rule_of(feast, country)) else feasts.window_of(feast, country)
    if window is None:
        return None
    first, weekday = window
    numbers = tuple(range(first.day, first.day + A_WEEK))
    return Days("YEARLY", months=(first.month,), monthdays=numbers, weekdays=(weekday,))


def _on_dates(dates: list[Values], interval: int) -> Days:
    """Several dates of each year, chosen by their places among all pairs of these months and days."""
    months, numbers = sorted({each[1] for each in dates}), sorted({each[2] for each in dates})
    wanted = {each[1:] for each in dates}
    grid = [(month, day) for month in months for day in numbers if day <= LENGTHS[month - 1]]
    chosen = Days("YEARLY", interval, months=tuple(months), monthdays=tuple(numbers))
    if len(wanted) == len(grid):
        return chosen
    return replace(chosen, positions=tuple(place for place, each in enumerate(grid, 1) if each in wanted))


def begins_in(draft: Draft, found: Days) -> Days:
    """The days on which the repetition may begin: every six months on 31 August is in February and in August."""
    if found.freq == "MONTHLY" and draft.date and not found.months and MONTHS_A_YEAR % found.interval == 0:
        first, steps = draft.date[1] - 1, range(0, MONTHS_A_YEAR, found.interval)
        return replace(found, months=tuple(sorted((first + passed) % MONTHS_A_YEAR + 1 for passed in steps)))
    return found


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
        return Days("MONTHLY", months=months, monthdays=nth.numbers)
    if len(nth.days) > 1:  # the working days
        return Days("MONTHLY", months=months, weekdays=tuple(NAMES[day] for day in nth.days), positions=nth.numbers)
    return Days("MONTHLY", months=months, weekdays=tuple(f"{n}{NAMES[nth.days[0]]}" for n in nth.numbers))


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
