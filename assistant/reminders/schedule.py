"""From what a reminder says to the instants at which it rings.

``due`` is the one hand on its clock: a ring is an occurrence and a lead, and is due so many minutes
before the occurrence; all rings before ``due`` have been dealt with.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from assistant.reminders.models import ACTIVE, Reminder
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.validation import interval

TICK = timedelta(microseconds=1)
SEEN_AT_ONCE = 20_000
COUNTED = 1000
RINGS_KEPT = 100  # missed rings of one sleep that the history tells one by one


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """A ring to come: at ``due``, for what happens at ``occurrence``, ``lead`` minutes before it."""

    due: datetime
    occurrence: datetime
    lead: int


def leads(reminder: Reminder) -> list[int]:
    """The minutes before each occurrence at which the reminder rings, ascending."""
    found: list[int] = json.loads(reminder.leads)
    return found


def occurrence_after(reminder: Reminder, after: datetime) -> datetime | None:
    """The reminder's first occurrence later than that; None when there is none."""
    if reminder.local is None:
        return None
    return next_times.next_after(reminder.local, reminder.zone, reminder.rule, after)


def ring_after(reminder: Reminder, after: datetime) -> datetime | None:
    """The first instant later than that at which something rings; None when there is none."""
    rings = (
        occurrence - ahead
        for ahead in (timedelta(minutes=lead) for lead in leads(reminder))
        if (occurrence := occurrence_after(reminder, after + ahead)) is not None
    )
    return min(rings, default=None)


def rings_between(reminder: Reminder, start: datetime, now: datetime) -> list[Due]:
    """The rings that fell due from ``start`` until ``now``, the latest RINGS_KEPT of each lead, in order."""
    found: list[Due] = []
    for lead in leads(reminder):
        ahead = timedelta(minutes=lead)
        latest = latest_occurrences(reminder, start + ahead, now + ahead)
        found += [Due(occurrence - ahead, occurrence, lead) for occurrence in latest]
    return sorted(found)


def how_many(reminder: Reminder, fallen: Sequence[Due], now: datetime, *, without: set[datetime]) -> int:
    """The number of occurrences among the rings that have passed, of a long sleep COUNTED at most, without those."""
    passed = {ring.occurrence for ring in fallen if ring.occurrence <= now}
    number = len(passed)
    if number >= RINGS_KEPT and reminder.local is not None:
        # The rings are only the last of them; counting begins where the sleep did.
        since = reminder.due or now
        args = (reminder.local, reminder.zone, reminder.rule)
        number = len(next_times.occurrences(*args, since, now + TICK, COUNTED + 1))
    return number - len(passed & without)


def latest_occurrences(reminder: Reminder, start: datetime, until: datetime) -> list[datetime]:
    """The last RINGS_KEPT occurrences from ``start`` until and including ``until``, in order."""
    if reminder.local is None:
        return []
    args = (reminder.local, reminder.zone, reminder.rule)
    found = next_times.occurrences(*args, start, until + TICK, RINGS_KEPT + 1)
    # Too many to walk through from the start: the end is looked at, further and further back.
    back = timedelta(minutes=RINGS_KEPT)
    while len(found) > RINGS_KEPT:
        near = next_times.occurrences(*args, max(start, until - back), until + TICK, SEEN_AT_ONCE)
        if len(near) >= RINGS_KEPT:
            return near[-RINGS_KEPT:]
        back *= 2
    return found


def set_times(reminder: Reminder, after: datetime) -> None:
    """Sets what follows from what the reminder says; nothing until and including ``after`` rings any more.

    The occurrence that lists show is the next one; when there is none, the last, which then waits
    for an answer.
    """
    reminder.due = ring_after(reminder, after)
    reminder.at = occurrence_after(reminder, after)
    if reminder.at is None and reminder.local is not None:
        reminder.at = next_times.last_before(reminder.local, reminder.zone, reminder.rule, after + TICK)


def catch_up(reminder: Reminder, now: datetime) -> None:
    """Lets what is to come ring at once, rather than never, when it is too late for all of its leads."""
    comes = reminder.state == ACTIVE and reminder.at is not None and reminder.at > now
    if comes and reminder.due is None:
        reminder.due = reminder.at - timedelta(minutes=leads(reminder)[0])


def carry(reminder: Reminder, zone: str) -> None:
    """Puts the reminder into another zone; what was to come keeps its time on the wall, even if that has passed."""
    if reminder.local is None:
        reminder.zone = zone
        return
    args = (reminder.local, reminder.zone, reminder.rule)
    rings = [(lead, _pending(reminder, timedelta(minutes=lead))) for lead in leads(reminder)]
    walls = [(next_times.wall_at(*args, occurrence), lead) for lead, occurrence in rings if occurrence is not None]
    shown = None if reminder.at is None else next_times.wall_at(*args, reminder.at)
    reminder.zone = zone
    reminder.at = None if shown is None else timezones.utc(shown, zone)
    reminder.due = min((timezones.utc(wall, zone) - timedelta(minutes=lead) for wall, lead in walls), default=None)


def _pending(reminder: Reminder, ahead: timedelta) -> datetime | None:
    return None if reminder.due is None else occurrence_after(reminder, reminder.due + ahead - TICK)


def again(reminder: Reminder, now: datetime) -> datetime:
    """The time on the wall at which a reminder comes that is counted from its being done now.

    Whole days keep its time of day; hours and minutes count from now. Done ahead of its time, it comes
    later than what was done. Where they end the second time
    that the clocks show an hour, it comes once that hour is over, as the wall says only the first.
    """
    step = interval(reminder.after_done)
    if reminder.local is not None and step % timedelta(days=1) == timedelta(0):
        wall = datetime.combine(timezones.on_the_wall(now, reminder.zone), reminder.local.time()) + step
        done = wall - step if reminder.at is None else timezones.on_the_wall(reminder.at, reminder.zone)
        return wall if wall > done else wall + step * ((done - wall) // step + 1)
    instant = (now + step).replace(microsecond=0)
    wall = timezones.on_the_wall(instant, reminder.zone)
    return wall + (instant - timezones.utc(wall, reminder.zone))
