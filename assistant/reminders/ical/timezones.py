"""Time zones in calendar files: written so that every calendar reads them alike, and recognised.

The library's own VTIMEZONEs miss Casablanca's weeks of winter time and name the hour after the gap
as its beginning, so the changes are found here, in UTC.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import available_timezones

from assistant.errors import Invalid
from assistant.reminders.ical.lines import Entry
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.recurrence.rule import WEEKDAYS

STEP = timedelta(days=5)  # no change of clocks is taken back sooner
FEWEST = 3  # yearly changes that make a rule
FIRST_YEAR, LAST_YEAR = 2024, 2029  # in which foreign zones are compared
CHANGES_LIMIT = 100
OFFSET = re.compile(r"([+-])(\d\d)(\d\d)(\d\d)?", re.ASCII)


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
    lines = ["BEGIN:VTIMEZONE", f"TZID:{zone}"]
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


def recognised(tzid: str) -> str:
    """The IANA name that a zone's name in a file means; empty when it is not known.

    Those of Windows are understood, and such that end with an IANA name.
    """
    tzid = tzid.strip().strip('"')
    parts = tzid.split("/")
    windows = _windows().get(tzid) or ""
    for name in (tzid, windows, *("/".join(parts[start:]) for start in range(1, len(parts)))):
        with suppress(Invalid):
            if name and len(name) < 65:  # noqa: PLR2004 - as the row keeps it
                return timezones.check_zone(name).key
    return ""


def matching(zone: Entry, own: str) -> str:
    """The IANA zone with the same clocks as a file's VTIMEZONE: ``own`` when it fits, else the first; or nothing."""
    named = recognised(zone.text("X-LIC-LOCATION"))
    if named:
        return named
    stated = sorted(change for part in zone.parts for change in _stated(part))
    if not stated:
        return ""
    years = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 1, 1, tzinfo=UTC)
    moments = [years[0] + timedelta(days=day) for day in range(3, 365 * 3, 5)]
    # Zones differ in the hour at which they change.
    changed = [since for since, _ in stated if years[0] < since < years[1]][:CHANGES_LIMIT]
    moments += [moment for since in changed for moment in (since - timedelta(seconds=1), since)]
    wanted = [_stated_at(stated, moment) for moment in moments]
    fitting = (name for name in (own, *_usual()) if _offsets(name, tuple(moments)) == wanted)
    return next(fitting, "")


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
    return [*lines, f"TZNAME:{change.name}", f"END:{kind}"]


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


def _stated(part: Entry) -> Iterable[tuple[datetime, timedelta]]:
    """The instants from which a part of a file's zone holds, and its offset."""
    before, after = _read_offset(part.value("TZOFFSETFROM")), _read_offset(part.value("TZOFFSETTO"))
    try:
        start = datetime.strptime(part.value("DTSTART"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 - on the wall
        rule = next_times.check_rule(part.value("RRULE"), start)
        since, end = datetime(FIRST_YEAR - 1, 1, 1, tzinfo=UTC), datetime(LAST_YEAR, 1, 1, tzinfo=UTC)
        walls = [start, *next_times.occurrences(start, "UTC", rule, since, end, CHANGES_LIMIT)]
    except (ValueError, OverflowError, Invalid):
        return []
    for line in part.lines("RDATE"):
        for day in line.value.split(",")[:CHANGES_LIMIT]:
            with suppress(ValueError):
                walls.append(datetime.strptime(day, "%Y%m%dT%H%M%S"))  # noqa: DTZ007 - on the wall
    return [(wall.replace(tzinfo=UTC) - before, after) for wall in walls if 1 < wall.year < LAST_YEAR]


def _stated_at(stated: Sequence[tuple[datetime, timedelta]], moment: datetime) -> timedelta:
    return next((after for since, after in reversed(stated) if since <= moment), stated[0][1])


def _read_offset(text: str) -> timedelta:
    found = OFFSET.fullmatch(text)
    if found is None:
        return timedelta()
    size = timedelta(hours=int(found[2]), minutes=int(found[3]), seconds=int(found[4] or 0))
    return -size if found[1] == "-" else size


@lru_cache(1024)
def _offsets(zone: str, moments: tuple[datetime, ...]) -> list[timedelta]:
    place = timezones.check_zone(zone)
    return [moment.astimezone(place).utcoffset() or timedelta() for moment in moments]


@lru_cache(1)
def _usual() -> list[str]:
    """The zones named after places, those that Windows speaks of first."""
    usual = dict.fromkeys([*_windows().values(), *sorted(available_timezones())])
    return [name for name in usual if "/" in name and recognised(name)]


def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - takes a tenth of a second

    return WINDOWS_TO_OLSON
