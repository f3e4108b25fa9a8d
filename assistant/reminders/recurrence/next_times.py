"""When a reminder rings: local time, zone and rule in, instants out; pure functions.

Times are those of a clock on the wall in the zone: 09:00 stays 09:00 when the clocks change. A time
that does not exist rings at the first moment after the gap, one that exists twice the first time.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import islice, takewhile

from assistant.errors import Invalid
from assistant.reminders.recurrence.occurrences import LAST_YEAR, walls, whole
from assistant.reminders.recurrence.rule import Rule, read
from assistant.reminders.recurrence.timezones import SECOND, on_the_wall, utc

TICK = timedelta(microseconds=1)
AT_ONCE, NEAR = 64, timedelta(days=40)  # occurrences that are looked through for the last, and where first


def next_after(local: datetime, zone: str, rule: str, after: datetime) -> datetime | None:
    """The first occurrence later than ``after``, in UTC; None when there is none within a century.

    Raises Invalid for an unknown zone or rule.
    """
    if not rule:
        instant = utc(local, zone)
        return instant if instant > after else None
    return next(_instants(local, zone, rule, after + TICK), None)


def upcoming(local: datetime | None, zone: str, rule: str, now: datetime, limit: int = 3) -> list[datetime]:
    """The next few occurrences, in UTC; fewer when there are no more, none for what cannot be."""
    if local is None:
        return []
    try:
        return list(islice(_instants(local, zone, rule, now + TICK), limit))
    except Invalid:
        return []


def last_before(local: datetime, zone: str, rule: str, end: datetime) -> datetime | None:
    """The last occurrence earlier than ``end``, in UTC; None when there is none."""
    if not rule:
        instant = utc(local, zone)
        return instant if instant < end else None
    first, stated = utc(local, zone), _whole(rule, local, zone).until
    over = end if stated is None else min(end, utc(stated, zone))
    found, since, until = None, max(first, over - NEAR), end
    while True:
        some = occurrences(local, zone, rule, since, end, AT_ONCE)
        if not some and found is None:
            if since == first:
                return None
            since = first
            continue
        found, until = (some[-1], until) if some else (found, since)
        if 0 < len(some) < AT_ONCE or found is None or until - found <= SECOND:
            return found
        since = found + (until - found) / 2


def occurrences(
    local: datetime, zone: str, rule: str, start: datetime, end: datetime, limit: int = 1000
) -> list[datetime]:
    """The occurrences from ``start`` on and before ``end``, in UTC, at most ``limit``, each later than the last.

    Raises Invalid for an unknown zone or rule.
    """
    found = takewhile(lambda instant: instant < end, _instants(local, zone, rule, start, end))
    return list(islice(found, limit))


def wall_at(local: datetime, zone: str, rule: str, occurrence: datetime) -> datetime:
    """The time on the wall that an occurrence is meant to have, also when a gap made it later."""
    shown = on_the_wall(occurrence, zone)
    near = takewhile(lambda wall: wall <= shown, _walls(local, zone, rule, shown - timedelta(days=1)))
    return next((wall for wall in near if utc(wall, zone) == occurrence), shown)


def check_rule(rule: str, local: datetime, zone: str = "UTC") -> str:
    """The rule as it is stored, in capitals and without ``RRULE:``; an empty one means once.

    Raises Invalid (field rule) for unknown parts, for more often than each minute, for more than
    10,000 times or 500 characters, and for a rule that never comes true.
    """
    rule = "".join(rule.split())
    if not rule:
        return ""
    read(rule)
    if not (rule.isascii() and rule.isprintable()):
        raise Invalid("A repetition is written with plain letters, digits and signs.", field="rule")
    kept = rule.upper().removeprefix("RRULE:").rstrip(";")
    if first_wall(local, zone, kept) is None:
        raise Invalid("This repetition never comes true: no day fits all of it.", field="rule")
    return kept


def first_wall(local: datetime, zone: str, rule: str, since: datetime | None = None) -> datetime | None:
    """The first time on the wall, from ``local`` and ``since`` on, that fits the rule; None when none does."""
    return next(_walls(local, zone, rule, local if since is None else max(local, since)), None)


def walls_after(local: datetime, zone: str, rule: str, since: datetime) -> Iterator[datetime]:
    """The times on the wall that the rule names, from ``local`` and ``since`` on."""
    return _walls(local, zone, rule, max(local, since))


def last_wall(local: datetime, zone: str, rule: str) -> datetime | None:
    """The end of a rule that has one, on the wall: of one that ends after so many times the last of these."""
    return _whole(rule, local, zone).until


def count_before(local: datetime, zone: str, rule: str, end: datetime) -> int:
    """How many times on the wall the rule names before that one; those are counted one by one."""
    return sum(1 for _ in takewhile(lambda wall: wall < end, _walls(local, zone, rule, local)))


def _instants(
    local: datetime, zone: str, rule: str, start: datetime, end: datetime | None = None
) -> Iterator[datetime]:
    # A later time on the wall is never an earlier instant: what the wall has shown by then is over.
    # It is asked just before the start, which may be where times that do not exist ring.
    last = start - TICK
    for wall in _walls(local, zone, rule, *_window(last, end, zone)):
        instant = utc(wall, zone)
        if instant > last:
            last = instant
            yield instant


@lru_cache(256)
def _window(start: datetime, end: datetime | None, zone: str) -> tuple[datetime, date | None]:
    """The first time on the wall and the last day there; a month of the calendar asks for thousands at once."""
    last = None if end is None or end.year >= LAST_YEAR else on_the_wall(end, zone).date()
    return on_the_wall(start, zone), last


def _walls(local: datetime, zone: str, rule: str, start: datetime, last: date | None = None) -> Iterator[datetime]:
    if not rule:
        return iter([local] if local >= start else [])
    return walls(_whole(rule, local, zone), local, start, last)


@lru_cache(4096)
def _whole(rule: str, local: datetime, zone: str) -> Rule:
    parts = read(rule)
    if parts.until is not None and parts.until.tzinfo is not None:
        parts = replace(parts, until=on_the_wall(parts.until, zone))
    return whole(parts, local)
