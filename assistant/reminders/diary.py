"""A user's reminders day by day, as a calendar shows them."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from operator import itemgetter

from assistant.reminders import rules
from assistant.reminders.exceptions import left_out
from assistant.reminders.models import DONE, Reminder, Ring
from assistant.storage.database import UTCField

LIMIT = 1000
# Whole rows cost more to build than their occurrences to find.
SHOWN = (
    Reminder.id, Reminder.text, Reminder.priority, Reminder.at, Reminder.local, Reminder.zone, Reminder.rule,
    Reminder.state,
)  # fmt: skip
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Occurring:
    """One occurrence of a reminder; ``wall`` is its time in the zone that was asked for."""

    reminder: int
    text: str
    priority: int
    at: datetime
    wall: datetime
    repeats: bool
    done: bool


def between(user: int, start: datetime, end: datetime, zone: str, limit: int = LIMIT) -> list[Occurring]:
    """The occurrences from ``start`` on and before ``end``, repetitions told one by one, in order.

    At most ``limit``, never more than 1,000: the earliest. Raises Invalid (field zone) for an
    unknown zone.
    """
    rules.check_zone(zone)
    limit = max(1, min(limit, LIMIT))
    begun = (Reminder.user == user) & Reminder.deleted.is_null()
    once = begun & (Reminder.rule == "") & (Reminder.at >= start) & (Reminder.at < end)
    earliest = Reminder.select(*SHOWN).where(once).order_by(Reminder.at, Reminder.id).limit(limit)
    found = [(row.at, row.id, row) for row in earliest.namedtuples()]
    # A wall is never more than a day away from UTC.
    first_day = UTCField().db_value(end + timedelta(days=1))
    without = left_out((Ring.user == user) & (Ring.occurrence >= start) & (Ring.occurrence < end))
    repeating = begun & (Reminder.rule != "") & (Reminder.local < first_day)
    for row in Reminder.select(*SHOWN).where(repeating).namedtuples():
        gone = without.get(row.id, ())
        times = rules.occurrences(row.local, row.zone, row.rule, start, end, limit)
        found += [(at, row.id, row) for at in times if at not in gone]
        if len(found) > 2 * limit:
            found = sorted(found, key=itemgetter(0, 1))[:limit]
            end = found[-1][0] + TICK  # what comes later has no place any more
    answered = _answered(user, start, end)
    return [
        Occurring(
            row.id, row.text, row.priority, at, rules.on_the_wall(at, zone), bool(row.rule),
            row.state == DONE or (row.id, at) in answered,
        )
        for at, _, row in sorted(found, key=itemgetter(0, 1))[:limit]
    ]  # fmt: skip


def _answered(user: int, start: datetime, end: datetime) -> set[tuple[int, datetime]]:
    done = (Ring.user == user) & (Ring.state == DONE) & (Ring.occurrence >= start) & (Ring.occurrence < end)
    return {(ring.reminder_id, ring.occurrence) for ring in Ring.select(Ring.reminder, Ring.occurrence).where(done)}
