"""What is due is claimed: with any number of processes, each occurrence rings exactly once.

Whoever moves a reminder's ``due`` on from the instant that was read has won that ring: the guarded
UPDATE's row count says so. The unique (reminder, occurrence, lead) of the rings holds by itself.
"""

import logging
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from peewee import chunked

from assistant.errors import Invalid
from assistant.reminders.exceptions import left_out
from assistant.reminders.models import MISSED, RINGING, SNOOZED, Reminder, Ring
from assistant.reminders.notifications import outbox
from assistant.reminders.rings import Rung, rung
from assistant.reminders.schedule import Due, how_many, ring_after, rings_between
from assistant.storage.database import changed

LIMIT = 500  # reminders of one unit of work
AT_ONCE = 1000  # rows of one statement
LONGEST = 0.5  # seconds of one unit of work, about
LATE = timedelta(minutes=1)

log = logging.getLogger(__name__)


def claim_due(now: datetime, limit: int = LIMIT) -> list[Rung]:
    """What rings now, of all users, the earliest first; each is handed out once.

    What was missed in a long sleep rings once per reminder, the latest of it: its ``missed`` counts
    the other occurrences, and the history tells them. A reminder that rings again takes the place
    of its earlier ring that nobody answered.
    """
    due = Reminder.select().where((Reminder.due <= now) & Reminder.deleted.is_null())
    rows = list(due.order_by(Reminder.due, Reminder.id).limit(limit))
    known, waiting = _known(rows), _waiting(rows)
    without = left_out(Ring.reminder.in_([row.id for row in rows if row.rule]))
    new: list[dict[str, Any]] = []
    until = time.monotonic() + LONGEST
    for number, row in enumerate(rows):
        if number and time.monotonic() > until:
            rows = rows[:number]  # others write in between; the next claim goes on from here
            break
        fallen, following = _fallen(row, now)
        gone = without.get(row.id, ())
        fallen = [r for r in fallen if (row.id, r.occurrence, r.lead) not in known and r.occurrence not in gone]
        if _won(row, fallen, following, now) and fallen:
            new += _rings(row, fallen, waiting[row.id], now)
    ids = _inserted(new) + _awoken(now, limit)
    rings = Ring.select(Ring, Reminder).join(Reminder).where(Ring.id.in_(ids)).order_by(Ring.due, Ring.lead)
    found = rung(rings)
    outbox.enqueue(found)
    _publish(rows, found)
    return found


def next_due() -> datetime | None:
    """The next instant at which anything of any user rings; None when nothing will."""
    kept = Reminder.deleted.is_null()
    first = Reminder.select(Reminder.due).where(Reminder.due.is_null(is_null=False) & kept)
    again = Ring.select(Ring.snoozed_until).join(Reminder).where(Ring.snoozed_until.is_null(is_null=False) & kept)
    due, snoozed = first.order_by(Reminder.due).first(), again.order_by(Ring.snoozed_until).first()
    instants = [due.due] if due else []
    return min(instants + ([snoozed.snoozed_until] if snoozed else []), default=None)


def _fallen(row: Reminder, now: datetime) -> tuple[list[Due], datetime | None]:
    try:
        return rings_between(row, row.due, now), ring_after(row, now)
    except (Invalid, ValueError, OverflowError):
        # A zone can leave the tables of zones: this one still rings, the others are not held up.
        log.exception("Reminder %d has a zone, a rule or leads that cannot be read", row.id)
        return [Due(row.due, row.due, 0)], None


def _won(row: Reminder, fallen: Sequence[Due], following: datetime | None, now: datetime) -> bool:
    """Moves the reminder on; whether nobody else did so before."""
    at = max((ring.occurrence for ring in fallen if ring.occurrence <= now), default=row.at)
    unmoved = (Reminder.id == row.id) & (Reminder.due == row.due) & Reminder.deleted.is_null()
    return bool(Reminder.update(due=following, at=at).where(unmoved).execute())


def _rings(row: Reminder, fallen: Sequence[Due], waiting: Sequence[Ring], now: datetime) -> list[dict[str, Any]]:
    """The rows of what fell due: the latest rings, the others were missed, as was what waited until now."""
    _miss(waiting)
    latest = fallen[-1].due
    late = int((now - latest).total_seconds()) if now - latest > LATE else 0
    ringing = sorted((ring for ring in fallen if ring.due == latest), key=lambda ring: ring.lead)
    ends = {ring.occurrence for ring in ringing}
    missed = how_many(row, fallen, now, without=ends)
    missed += sum(ring.missed + (ring.occurrence not in ends and ring.occurrence <= now) for ring in waiting)
    rows = [_row(row, ring, MISSED) for ring in fallen if ring.due < latest]
    rows += [_row(row, ring, RINGING) | {"rang": now, "late": late} for ring in ringing]
    rows[-len(ringing)]["missed"] = missed
    return rows


def _row(row: Reminder, ring: Due, state: str) -> dict[str, Any]:
    return {
        "reminder": row.id, "user": row.user, "occurrence": ring.occurrence, "lead": ring.lead, "due": ring.due,
        "rang": None, "state": state, "late": 0, "missed": 0,
    }  # fmt: skip


def _inserted(rows: Iterable[dict[str, Any]]) -> list[int]:
    ids: list[int] = []
    for some in chunked(rows, AT_ONCE):
        added = Ring.insert_many(some).on_conflict_ignore().returning(Ring.id, Ring.state).execute()
        ids += [ring.id for ring in added if ring.state == RINGING]
    return ids


def _awoken(now: datetime, limit: int) -> list[int]:
    """The snoozed rings whose time has come, those that nobody else took."""
    asleep = Ring.select(Ring).join(Reminder).where((Ring.snoozed_until <= now) & Reminder.deleted.is_null())
    ids: list[int] = []
    for ring in list(asleep.order_by(Ring.snoozed_until).limit(limit)):
        passed = now - ring.snoozed_until
        same = (Ring.id == ring.id) & (Ring.state == SNOOZED) & (Ring.snoozed_until == ring.snoozed_until)
        late = int(passed.total_seconds()) if passed > LATE else 0
        if Ring.update(state=RINGING, rang=now, snoozed_until=None, late=late).where(same).execute():
            ids.append(ring.id)
    return ids


def _known(rows: Sequence[Reminder]) -> set[tuple[int, datetime, int]]:
    """The rings that the reminders have already, of all that may fall due: answered ahead, or rung before a jump."""
    if not rows:
        return set()
    since = min(row.due for row in rows)
    here = Ring.reminder.in_([row.id for row in rows]) & (Ring.occurrence >= since)
    return {(r.reminder_id, r.occurrence, r.lead) for r in Ring.select().where(here)}


def _waiting(rows: Sequence[Reminder]) -> dict[int, list[Ring]]:
    found: dict[int, list[Ring]] = defaultdict(list)
    here = Ring.reminder.in_([row.id for row in rows]) & (Ring.state == RINGING)
    for ring in Ring.select().where(here) if rows else ():
        found[ring.reminder_id].append(ring)
    return found


def _miss(rings: Sequence[Ring]) -> None:
    if rings:
        Ring.update(state=MISSED).where(Ring.id.in_([ring.id for ring in rings]) & (Ring.state == RINGING)).execute()


def _publish(rows: Iterable[Reminder], found: Iterable[Rung]) -> None:
    touched: dict[int, set[int]] = defaultdict(set)
    for user, reminder in [(row.user, row.id) for row in rows] + [(ring.user, ring.reminder) for ring in found]:
        touched[user].add(reminder)
    for user, reminders in touched.items():
        changed(user, "reminders", reminders.pop() if len(reminders) == 1 else 0)
