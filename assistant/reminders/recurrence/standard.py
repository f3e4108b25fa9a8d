"""A rule as RFC 5545 alone can say it, for calendars that know no other: with further dates, or dates left out."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, takewhile

from assistant.reminders.recurrence import next_times
from assistant.reminders.recurrence.left_out import is_left_out
from assistant.reminders.recurrence.rule import read

FEASTS_AHEAD, LEFT_OUT_AHEAD = 10, 5  # years after this one for which dates are told
SEEN, TOLD = 20_000, 400  # times that are looked at, and dates that are told


@dataclass(frozen=True, slots=True)
class Standard:
    """``rule`` is empty where no rule says it; times are those on the wall, ``further`` ones after the first."""

    rule: str
    further: tuple[datetime, ...] = ()
    without: tuple[datetime, ...] = ()


def standard(rule: str, local: datetime, zone: str, year: int) -> Standard:
    """The rule until some years after this one; the very rule, and no dates, where RFC 5545 can say it."""
    parts = read(rule)
    if parts.standard:
        return Standard(rule)
    if parts.days.feast:
        walls = _until(next_times.walls_after(local, zone, rule, _since(local, year)), year + FEASTS_AHEAD)
        return Standard("", further=tuple(wall for wall in islice(walls, TOLD) if wall != local))
    text = ";".join(part for part in rule.split(";") if not part.startswith(("EXCEPT=", "COUNT=")))
    if parts.count is not None and (last := next_times.last_wall(local, zone, rule)):
        text += f";UNTIL={last:%Y%m%dT%H%M%S}"
    every = _until(next_times.walls_after(local, zone, text, _since(local, year)), year + LEFT_OUT_AHEAD)
    gone = (wall for wall in islice(every, SEEN) if is_left_out(wall.date(), parts.without))
    return Standard(text, without=tuple(islice(gone, TOLD)))


def _since(local: datetime, year: int) -> datetime:
    return max(local, datetime(year - 1, 1, 1))  # noqa: DTZ001 - on the wall


def _until(walls: Iterator[datetime], year: int) -> Iterator[datetime]:
    return takewhile(lambda wall: wall.year <= year, walls)
