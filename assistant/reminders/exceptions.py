"""Occurrences that a repetition leaves out, as they were moved to another day.

A ring with the state ``moved`` says so, whatever its lead: nothing rings for that occurrence any more.
"""

from datetime import datetime

from peewee import Expression

from assistant.reminders.models import MOVED, RINGING, Reminder, Ring
from assistant.reminders.schedule import occurrence_after, ring_after


def left_out(where: Expression) -> dict[int, set[datetime]]:
    """The occurrences, in UTC, that reminders leave out, by reminder; ``where`` chooses among the rings."""
    found: dict[int, set[datetime]] = {}
    for ring in Ring.select(Ring.reminder, Ring.occurrence).where(where & (Ring.state == MOVED)):
        found.setdefault(ring.reminder_id, set()).add(ring.occurrence)
    return found


def left_out_of(row: Reminder) -> set[datetime]:
    """The occurrences that this reminder leaves out."""
    return left_out(Ring.reminder == row.id).get(row.id, set())


def kept_after(row: Reminder, after: datetime) -> datetime | None:
    """The reminder's first occurrence later than that which is not left out; None when there is none."""
    without = left_out_of(row)
    found = occurrence_after(row, after)
    while found is not None and found in without:
        found = occurrence_after(row, found)
    return found


def leave_out(row: Reminder, occurrence: datetime, now: datetime) -> None:
    """Makes the repetition go on without this occurrence."""
    of_it = (Ring.reminder == row.id) & (Ring.occurrence == occurrence)
    if not Ring.update(state=MOVED, answered=now, snoozed_until=None).where(of_it).execute():
        Ring.create(
            reminder=row.id, user=row.user, occurrence=occurrence, due=occurrence, state=MOVED, answered=now
        )  # fmt: skip
    if row.at == occurrence:
        row.at = kept_after(row, occurrence) or row.at


def take_back(row: Reminder, occurrence: datetime, now: datetime) -> bool:
    """Makes the repetition have this occurrence again; returns whether it was left out.

    What had rung for it waits for its answer again.
    """
    moved = (Ring.reminder == row.id) & (Ring.occurrence == occurrence) & (Ring.state == MOVED)
    silent = Ring.delete().where(moved & Ring.rang.is_null()).execute()
    if not Ring.update(state=RINGING, answered=None).where(moved).execute() + silent:
        return False
    row.at = occurrence if row.at is None else min(row.at, occurrence)
    if row.due is None or row.due > now:
        row.due = ring_after(row, now)
    return True
