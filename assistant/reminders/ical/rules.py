"""Repetitions as files write them: mended where the meaning is plain, cut, and moved by days and hours."""

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta

from assistant.reminders.recurrence.rule import WEEKDAYS

DAY = timedelta(days=1)
IN_EACH_MONTH = 28  # days
ENDS = {"COUNT", "UNTIL"}
CLOCK_PARTS = ("BYHOUR", "BYMINUTE", "BYSECOND")
MONTHS_DAYS = ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO", "BYMONTH", "BYSETPOS")
PLAIN = {"RSCALE": "GREGORIAN", "SKIP": "OMIT"}  # what each rule means anyway
BEFORE_DAY = re.compile(r"([+-]?\d{0,2})([A-Z]{2})", re.ASCII)


def parts_of(rule: str) -> dict[str, str]:
    """The parts of the rule by their names, in capitals."""
    found: dict[str, str] = {}
    for part in "".join(rule.split()).upper().removeprefix("RRULE:").split(";"):
        name, sign, value = part.partition("=")
        if name in found and found[name] != value:
            name = part  # what is said twice is no part that anyone knows
        if part:
            found[name] = value if sign else ""
    return found


def joined(parts: dict[str, str]) -> str:
    """The rule with these parts."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def cleaned(rule: str) -> str:
    """The rule without what says nothing, as some makers write it."""
    parts = {name: value.rstrip(",") for name, value in parts_of(rule).items() if PLAIN.get(name) != value}
    if parts.get("COUNT", "").startswith("-"):
        del parts["COUNT"]  # of the makers whose -1 means no end
    return joined({name: value for name, value in parts.items() if value or not name.startswith("BY")})


def distinct(given: Sequence[str]) -> list[str]:
    """The rules each once, and none that goes on like another but ends."""
    endless = {rule for rule in given if not parts_of(rule).keys() & ENDS}
    return [rule for rule in dict.fromkeys(given) if rule in endless or _endless(rule) not in endless]


def _endless(rule: str) -> str:
    return joined({name: value for name, value in parts_of(rule).items() if name not in ENDS})


def of_days(rule: str, last: date | None) -> str:
    """The rule of what has no time of day: its hours do not count, and its ``last`` day does as a whole."""
    parts = {name: value for name, value in parts_of(rule).items() if name not in CLOCK_PARTS}
    if last is not None:
        parts["UNTIL"] = f"{last:%Y%m%d}"
    return joined(parts)


def ending(rule: str, last: datetime) -> str:
    """The rule with that time on the wall as its last."""
    parts = {name: value for name, value in parts_of(rule).items() if name not in ENDS}
    return joined({**parts, "UNTIL": f"{last:%Y%m%dT%H%M%S}"})


def counted(rule: str, count: int) -> str:
    """The rule so many times."""
    return joined({**parts_of(rule), "COUNT": f"{count}"})


def moved(rule: str, first: datetime, by: timedelta) -> str | None:
    """The rule whose times all come so much later, ``first`` being one of them; None when no rule says that."""
    parts, then = parts_of(rule), first + by
    days = (then.date() - first.date()).days
    if then.time() != first.time() and not _moved_clock(parts, first, then):
        return None
    if days and not _moved_days(parts, first, days):
        return None
    return joined(parts)


def _moved_clock(parts: dict[str, str], first: datetime, then: datetime) -> bool:
    """Moves the times of day as the first of them moves; returns whether that says all of it."""
    if parts.get("FREQ") in {"HOURLY", "MINUTELY"}:
        return False
    for name, most, by in (
        ("BYHOUR", 23, then.hour - first.hour),
        ("BYMINUTE", 59, then.minute - first.minute),
        ("BYSECOND", 59, then.second - first.second),
    ):
        if name in parts:
            moved = [int(each) + by for each in parts[name].split(",")]
            if min(moved) < 0 or max(moved) > most:  # in another hour, or on another day than the first
                return False
            parts[name] = ",".join(map(str, moved))
    return True


def _moved_days(parts: dict[str, str], first: datetime, days: int) -> bool:
    """Moves the parts by so many days; returns whether that says all of it."""
    freq = parts.get("FREQ")
    if "BYSETPOS" in parts or "BYYEARDAY" in parts or "BYWEEKNO" in parts:
        return False
    if freq in {"DAILY", "WEEKLY"} and not any(name in parts for name in MONTHS_DAYS):
        parts |= _moved_weekdays(parts, days)
        return True
    if "BYDAY" in parts or "BYMONTH" in parts or freq not in {"MONTHLY", "YEARLY"}:
        return False
    given = [int(day) for day in parts.get("BYMONTHDAY", f"{first.day}").split(",")]
    then = [day + days for day in given]
    if freq == "YEARLY" and "BYMONTHDAY" not in parts:
        # A year has the same days between two dates unless the end of February is among them.
        end = first + days * DAY
        return end.year == first.year and (min(first, end).month > 2) == (max(first, end).month > 2)  # noqa: PLR2004
    fits = all(1 <= abs(day) <= IN_EACH_MONTH for day in (*given, *then))
    if not fits or any((day > 0) != (given[0] > 0) for day in (*given, *then)):
        return False
    if "BYMONTHDAY" in parts:
        parts["BYMONTHDAY"] = ",".join(map(str, then))
    return True


def _moved_weekdays(parts: dict[str, str], days: int) -> dict[str, str]:
    def later(found: re.Match[str]) -> str:
        return found[1] + WEEKDAYS[(WEEKDAYS.index(found[2]) + days) % 7] if found[2] in WEEKDAYS else found[0]

    # The week begins later as well: which days are of one week stays as it is.
    told = {"WKST": parts.get("WKST", "MO")} | ({"BYDAY": parts["BYDAY"]} if "BYDAY" in parts else {})
    return {name: BEFORE_DAY.sub(later, value) for name, value in told.items()}
