"""A rule: its parts, read from a text and checked in plain words.

They are those of RFC 5545, and two of our own. FEAST says the day of a year that no part of the RFC can
(``FEAST=EASTER+1``), EXCEPT the days on which it does not come (``EXCEPT=1224,HOLIDAYS-DE``; see ``left_out``).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from assistant.errors import Invalid
from assistant.reminders.recurrence import left_out
from assistant.reminders.recurrence.feasts import days as feast_days

LENGTH_LIMIT = 500  # characters
COUNT_LIMIT = 10_000
WEEKS = 53  # of a year, at most
INTERVAL_LIMIT = 100_000
FIRST_END, LAST_END = date(2, 1, 1), date(9998, 12, 31)
FREQUENCIES = ("YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY", "MINUTELY")
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?", re.ASCII)
NUMBER = re.compile(r"[+-]?\d{1,6}", re.ASCII)
WEEKDAY = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Days:
    """The parts of a rule that choose days; a weekday is (which one or 0 for each, Monday = 0)."""

    months: tuple[int, ...] = ()
    month_days: tuple[int, ...] = ()
    year_days: tuple[int, ...] = ()
    weeks: tuple[int, ...] = ()
    weekdays: tuple[tuple[int, int], ...] = ()
    week_start: int = 0
    feast: str = ""  # as ``feasts`` writes its day
    in_year: bool = False  # the second Friday is that of the year, not of the month


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: how often, on which days, at which times, for how long."""

    freq: str
    interval: int = 1
    count: int | None = None
    until: datetime | None = None  # naive: on the wall; aware: an instant
    positions: tuple[int, ...] = ()
    hours: tuple[int, ...] = ()
    minutes: tuple[int, ...] = ()
    seconds: tuple[int, ...] = ()
    days: Days = field(default_factory=Days)
    without: tuple[str, ...] = ()  # what ``left_out`` knows the days of

    @property
    def standard(self) -> bool:
        """Whether RFC 5545 can say it."""
        return not (self.days.feast or self.without)


@lru_cache(4096)
def read(text: str) -> Rule:
    """The parts of the rule; Invalid (field rule) for what is unknown or more often than each minute."""
    if len(text) > LENGTH_LIMIT:
        raise _wrong(f"A repetition has at most {LENGTH_LIMIT} characters; this has {len(text):,}.")
    parts: dict[str, Any] = {}
    for part in text.upper().removeprefix("RRULE:").strip().rstrip(";").split(";"):
        name, _, value = part.strip().partition("=")
        if name not in PARTS:
            raise _wrong(f"“{name[:30]}” is not a part of a repetition that is known here.")
        field, reader = PARTS[name]
        if field in parts:
            raise _wrong(f"{name} stands there twice.")
        parts[field] = reader(name, value.strip())
    if "freq" not in parts:
        raise _wrong("A repetition says how often: FREQ=DAILY, WEEKLY, MONTHLY, YEARLY, HOURLY or MINUTELY.")
    chosen = {name: parts.pop(name) for name in Days.__dataclass_fields__ if name in parts}
    in_year = parts["freq"] == "YEARLY" and "months" not in chosen
    rule = Rule(**parts, days=Days(**chosen, in_year=in_year))
    _fits_together(rule)
    return rule


def _fits_together(rule: Rule) -> None:
    if rule.count is not None and rule.until is not None:
        raise _wrong("A repetition ends after a number of times or at a date, not both.")
    if len(rule.seconds) > 1:
        raise _wrong("A reminder can ring once a minute, not more often.")
    if rule.positions and rule.freq in {"HOURLY", "MINUTELY"}:
        raise _wrong("BYSETPOS works with days, weeks, months and years, not with hours or minutes.")
    numbered = any(which for which, _ in rule.days.weekdays)
    if numbered and (rule.freq not in {"MONTHLY", "YEARLY"} or rule.days.weeks):
        raise _wrong("A numbered weekday, like the second Friday, belongs to a month or a year.")
    if rule.days.weeks and rule.freq != "YEARLY":
        raise _wrong("A numbered week belongs to a year: BYWEEKNO needs FREQ=YEARLY.")
    chosen = replace(rule.days, feast="", in_year=False, week_start=0)
    if rule.days.feast and (rule.freq != "YEARLY" or rule.positions or chosen != Days()):
        raise _wrong("A feast is a day of a year: FEAST goes with FREQ=YEARLY, and with no other days.")


def _frequency(_: str, value: str) -> str:
    if value == "SECONDLY":
        raise _wrong("A reminder can ring once a minute, not more often.")
    if value not in FREQUENCIES:
        raise _wrong("FREQ is one of DAILY, WEEKLY, MONTHLY, YEARLY, HOURLY and MINUTELY.")
    return value


def _interval(name: str, value: str) -> int:
    return _numbers(1, INTERVAL_LIMIT, one=True)(name, value)[0]


def _count(_: str, value: str) -> int:
    if not value.isdecimal() or not value.isascii() or not 1 <= int(value) <= COUNT_LIMIT:
        raise _wrong(f"A repetition can be limited to 1 to {COUNT_LIMIT:,} times; leave the limit out for no end.")
    return int(value)


def _until(_: str, value: str) -> datetime:
    found = UNTIL.fullmatch(value)
    try:
        day = datetime.strptime(found[1] if found else "", "%Y%m%d").date()  # noqa: DTZ007 - a day on the wall
        clock = datetime.strptime(found[2] or "235959" if found else "", "%H%M%S").time()  # noqa: DTZ007
    except ValueError as error:
        raise _wrong("UNTIL is a date like 20261231, or a date with a time like 20261231T180000Z.") from error
    # The last days of all, which some calendars write for no end, are not days in every zone.
    day = min(max(day, FIRST_END), LAST_END)
    return datetime.combine(day, clock, tzinfo=UTC if found and found[3] else None)


def _weekdays(name: str, value: str) -> tuple[tuple[int, int], ...]:
    found = [WEEKDAY.fullmatch(each.strip()) for each in value.split(",")]
    days = [(int(each[1] or 0), WEEKDAYS.index(each[2])) for each in found if each]
    if len(days) < len(found) or any(each and each[1] and not 1 <= abs(int(each[1])) <= WEEKS for each in found):
        raise _wrong(f"{name} names weekdays like MO,WE or 2FR for the second Friday.")
    return tuple(dict.fromkeys(days))


def _feast(_: str, value: str) -> str:
    if feast_days.read(value) is None:
        raise _wrong("FEAST is a day like EASTER+1, DIWALI or 4:-1SA-3.")
    return value


def _without(name: str, value: str) -> tuple[str, ...]:
    found = tuple(dict.fromkeys(each.strip() for each in value.split(",")))
    if not all(left_out.is_known(each) for each in found):
        raise _wrong(f"{name} names dates like 1224 or 20261224, ranges like 0801-0815, and HOLIDAYS-DE.")
    return found


def _week_start(_: str, value: str) -> int:
    if value not in WEEKDAYS:
        raise _wrong("WKST is the weekday that begins a week: MO, TU, WE, TH, FR, SA or SU.")
    return WEEKDAYS.index(value)


def _numbers(low: int, high: int, *, signed: bool = False, one: bool = False) -> Callable[[str, str], tuple[int, ...]]:
    def read_numbers(name: str, value: str) -> tuple[int, ...]:
        texts = [each.strip() for each in value.split(",")]
        numbers = [int(each) for each in texts if NUMBER.fullmatch(each)]
        fits = all(low <= (abs(number) if signed else number) <= high for number in numbers)
        if len(numbers) < len(texts) or not fits or (one and len(numbers) > 1):
            below = f", or -{high} to -{low} from the end" if signed else ""
            raise _wrong(f"{name} takes {'a number' if one else 'numbers'} from {low} to {high:,}{below}.")
        return tuple(dict.fromkeys(numbers))

    return read_numbers


def _wrong(sentence: str) -> Invalid:
    return Invalid(sentence, field="rule")


PARTS: dict[str, tuple[str, Callable[[str, str], Any]]] = {
    "FREQ": ("freq", _frequency),
    "INTERVAL": ("interval", _interval),
    "COUNT": ("count", _count),
    "UNTIL": ("until", _until),
    "BYSETPOS": ("positions", _numbers(1, 366, signed=True)),
    "BYMONTH": ("months", _numbers(1, 12)),
    "BYMONTHDAY": ("month_days", _numbers(1, 31, signed=True)),
    "BYYEARDAY": ("year_days", _numbers(1, 366, signed=True)),
    "BYWEEKNO": ("weeks", _numbers(1, WEEKS, signed=True)),
    "BYDAY": ("weekdays", _weekdays),
    "BYHOUR": ("hours", _numbers(0, 23)),
    "BYMINUTE": ("minutes", _numbers(0, 59)),
    "BYSECOND": ("seconds", _numbers(0, 59)),
    "WKST": ("week_start", _week_start),
    "FEAST": ("feast", _feast),
    "EXCEPT": ("without", _without),
}
