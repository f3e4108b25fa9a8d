"""Time zones written so that every calendar reads them alike.

The library's own VTIMEZONEs miss Casablanca's weeks of winter time and name the hour after the gap
as its beginning, so the changes are found here, in UTC.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from assistant.reminders.ical.lines import escaped
from assistant.reminders.recurrence import timezones
from assistant.reminders.recurrence.rule import WEEKDAYS

STEP = timedelta(days=5)  # no change of clocks is taken back sooner
FEWEST = 3  # yearly changes that make a rule


@dataclass(frozen=True, slots=True)
class Change:
    """From ``wall`` (by the clocks before it) on, the clocks are ``after`` UTC; ``before`` it so much."""

    wall: datetime
    before: timedelta
    after: timedelta
    name: str
    summer: bool


@lru_cache(64)
def timezone(zone: str, first: int, last: int) -> tuple[str, ...]:
    """The lines of the zone's VTIMEZONE, right from the first until and including the last year.

    Changes that come each year alike are said as a rule, which goes on after that.
    """
    begin = datetime(first, 1, 1, tzinfo=UTC)
    place = timezones.check_zone(zone)
    local = begin.astimezone(place)
    now = local.utcoffset() or timedelta()
    lines = ["BEGIN:VTIMEZONE", f"TZID:{escaped(zone)}"]
    lines += _observance(Change(local.replace(tzinfo=None), now, now, local.tzname() or zone, bool(local.dst())))
    alike: dict[tuple[object, ...], list[Change]] = defaultdict(list)
    for change in changes(zone, begin, datetime(last + 1, 1, 1, tzinfo=UTC)):
        wall = change.wall
        key = (change.before, change.after, change.name, change.summer, wall.month, wall.weekday(), wall.time())
        alike[key].append(change)
    for some in alike.values():
        lines += _observance(some[0], *_repeated(some, last))
    return (*lines, "END:VTIMEZONE")


def changes(zone: str, begin: datetime, end: datetime) -> list[Change]:
    """The changes of the zone's clocks between two instants in UTC, to the second."""
    place = timezones.check_zone(zone)
    found: list[Change] = []
    while begin < end:
        later = min(begin + STEP, end)
        if _clock(begin, place) != _clock(later, place):
            known, change = begin, later
            while change - known > timedelta(seconds=1):
                middle = known + (change - known) // timedelta(seconds=2) * timedelta(seconds=1)
                known, change = (middle, change) if _clock(middle, place) == _clock(begin, place) else (known, middle)
            found.append(_change(known, change, place))
        begin = later
    return found


def _clock(instant: datetime, place: Any) -> tuple[timedelta, str, bool]:
    local = instant.astimezone(place)
    return local.utcoffset() or timedelta(), local.tzname() or "", bool(local.dst())


def _change(known: datetime, change: datetime, place: Any) -> Change:
    before = _clock(known, place)[0]
    after, name, summer = _clock(change, place)
    return Change((change + before).replace(tzinfo=None), before, after, name, summer)


def _observance(change: Change, rule: str = "", more: Sequence[datetime] = ()) -> list[str]:
    kind = "DAYLIGHT" if change.summer else "STANDARD"
    lines = [f"BEGIN:{kind}", f"DTSTART:{change.wall:%Y%m%dT%H%M%S}"]
    lines += [f"RRULE:{rule}"] if rule else []
    lines += [f"RDATE:{wall:%Y%m%dT%H%M%S}" for wall in more]
    lines += [f"TZOFFSETFROM:{_offset(change.before)}", f"TZOFFSETTO:{_offset(change.after)}"]
    return [*lines, f"TZNAME:{escaped(change.name)}", f"END:{kind}"]


def _repeated(some: Sequence[Change], last: int) -> tuple[str, list[datetime]]:
    """The rule by which these changes come each year; else the times of all but the first."""
    walls = [change.wall for change in some]
    yearly = [wall.year for wall in walls] == list(range(walls[0].year, walls[0].year + len(walls)))
    which = {_nth(wall) for wall in walls} if len({_nth(wall) for wall in walls}) == 1 else set()
    which |= {-1} if all((wall + timedelta(days=7)).month != wall.month for wall in walls) else set()
    if not yearly or not which or len(walls) < FEWEST:
        return "", walls[1:]
    rule = f"FREQ=YEARLY;BYMONTH={walls[0].month};BYDAY={min(which)}{WEEKDAYS[walls[0].weekday()]}"
    if walls[-1].year < last:
        rule += f";UNTIL={walls[-1] - some[-1].before:%Y%m%dT%H%M%SZ}"
    return rule, []


def _nth(wall: datetime) -> int:
    return (wall.day - 1) // 7 + 1


def _offset(offset: timedelta) -> str:
    seconds = int(abs(offset).total_seconds())
    said = f"{'-' if offset < timedelta() else '+'}{seconds // 3600:02}{seconds // 60 % 60:02}"
    return said + (f"{seconds % 60:02}" if seconds % 60 else "")
