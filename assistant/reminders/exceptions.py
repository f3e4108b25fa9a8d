"""Occurrences that a repetition leaves out, as they were moved to another day.

A ring with the state ``moved`` says so, whatever its lead: nothing rings for that occurrence any more.
"""

from collections.abc import Collection
from datetime import datetime, timedelta

from peewee import Expression, chunked

from assistant.errors import Invalid
from assistant.reminders.models import ACTIVE, DONE, MOVED, RINGING, WAITING, Reminder, Ring
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.schedule import catch_up, occurrence_after, ring_after

AT_ONCE = 500  # rows of one statement
A_DAY = timedelta(days=1)  # that zones are apart at most


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
    """The reminder's first occurrence later than that which is neither left out nor done; None when there is none."""
    over = (Ring.reminder == row.id) & (Ring.state.in_((MOVED, DONE))) & (Ring.occurrence > after)
    without = {ring.occurrence for ring in Ring.select(Ring.occurrence).where(over)}
    found = occurrence_after(row, after)
    while found is not None and found in without:
        found = occurrence_after(row, found)
    return found


def first_kept(row: Reminder, without: Collection[datetime]) -> datetime | None:
    """The occurrence for which a reminder that is not stored yet waits, without those; None when there is none."""
    found: datetime | None = row.at
    gone = set(without)
    while found is not None and found in gone:
        found = occurrence_after(row, found)
    return found


def leave_out(row: Reminder, occurrences: Collection[datetime], now: datetime) -> None:
    """Makes the repetition go on without these occurrences; it is over when there are no others."""
    of_it = (Ring.reminder == row.id) & Ring.occurrence.in_(list(occurrences))
    Ring.update(state=MOVED, answered=now, snoozed_until=None).where(of_it).execute()
    known = {ring.occurrence for ring in Ring.select(Ring.occurrence).where(of_it)}
    moved = {"reminder": row.id, "user": row.user, "state": MOVED, "answered": now}
    new = [moved | {"occurrence": one, "due": one} for one in set(occurrences) - known]
    for some in chunked(new, AT_ONCE):
        Ring.insert_many(some).execute()
    if row.at is not None and row.at in occurrences:
        go_on(row, kept_after(row, row.at), now)


def take_back(row: Reminder, occurrence: datetime, now: datetime) -> bool:
    """Makes the repetition have this occurrence again; returns whether it was left out.

    What had rung for it waits for its answer again. Raises Invalid (field day) when the repetition
    has no such occurrence any more.
    """
    moved = (Ring.reminder == row.id) & (Ring.occurrence == occurrence) & (Ring.state == MOVED)
    if not Ring.select().where(moved).exists():
        return False
    if not occurs(row, occurrence):
        raise Invalid(f"“{row.text}” was changed meanwhile; this date stays where it is.", field="day")
    Ring.delete().where(moved & Ring.rang.is_null()).execute()
    Ring.update(state=RINGING, answered=None).where(moved).execute()
    earlier = row.state != DONE and row.at is not None and row.at < occurrence and row.at not in left_out_of(row)
    row.state, row.done = ACTIVE, None
    row.at = row.at if earlier else occurrence
    if row.due is None or row.due > now:
        row.due = ring_after(row, now)
        catch_up(row, now)
    return True


def go_on(row: Reminder, following: datetime | None, now: datetime) -> None:
    """Makes the reminder wait for this occurrence; it is done when there is none."""
    if following is None:
        row.state, row.done, row.due = DONE, now, None
    else:
        row.at = following


def occurs(row: Reminder, occurrence: datetime) -> bool:
    """Whether the reminder has an occurrence at this very instant."""
    if row.local is None:
        return False
    return bool(next_times.occurrences(row.local, row.zone, row.rule, occurrence, occurrence + timezones.SECOND, 1))


def carry_along(row: Reminder, zone: str, now: datetime) -> None:
    """Puts what was moved, was done ahead, or waits into another zone with the reminder, which is still in its own."""
    if row.local is None:
        return
    done_ahead = (Ring.state == DONE) & Ring.rang.is_null()
    over = (Ring.reminder == row.id) & ((Ring.state == MOVED) | done_ahead) & (Ring.occurrence > now - A_DAY)
    rings = list(Ring.select().where(over))
    Ring.delete().where(over).execute()
    args = (row.local, row.zone, row.rule)
    for ring in rings:
        occurrence = timezones.utc(next_times.wall_at(*args, ring.occurrence), zone)
        due = occurrence - timedelta(minutes=ring.lead)
        kept = {**ring.__data__, "occurrence": occurrence, "due": due}
        del kept["id"]
        Ring.insert(kept).on_conflict_ignore().execute()
    if row.at is not None:
        shown = timezones.utc(next_times.wall_at(*args, row.at), zone)
        known = {
            ring.lead for ring in Ring.select(Ring.lead).where((Ring.reminder == row.id) & (Ring.occurrence == shown))
        }
        waits = (Ring.reminder == row.id) & (Ring.occurrence == row.at) & Ring.state.in_(WAITING)
        Ring.update(occurrence=shown).where(waits & Ring.lead.not_in(known)).execute()
