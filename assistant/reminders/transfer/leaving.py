"""Writes a user's reminders: as JSON with all that there is, and as a calendar file."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from peewee import chunked

from assistant.reminders.ical import writer
from assistant.reminders.models import Reminder, ReminderTag, Ring
from assistant.reminders.transfer.shapes import ReminderShape, RingShape
from assistant.storage.packing import Put

AT_ONCE = 50  # reminders that are in memory, each with all that rang
FILE, CALENDAR = "reminders.json", "reminders.ics"
SAME = tuple(name for name in ReminderShape.model_fields if name not in {"tags", "leads", "rings"})
RING = tuple(RingShape.model_fields)


def counts(user: int) -> dict[str, int]:
    """How many reminders and rings would leave."""
    rings = Ring.select().join(Reminder).where((Reminder.user == user) & Reminder.deleted.is_null())
    return {"reminders": _reminders(user).count(), "rings": rings.count()}


def write(user: int, put: Put, now: datetime, written: Callable[[int], None]) -> None:
    """Puts all reminders that are not deleted; ``written`` hears of each."""
    put(FILE, _json(user, written))
    put(CALENDAR, [writer.export(user, now)])


def _reminders(user: int) -> Any:
    return Reminder.select().where((Reminder.user == user) & Reminder.deleted.is_null())


def _json(user: int, written: Callable[[int], None]) -> Iterator[bytes]:
    yield b'{"reminders": ['
    first = True
    for some in chunked(_reminders(user).order_by(Reminder.id).iterator(), AT_ONCE):
        tags, rings = _tags(some), _rings(some)
        for row in some:
            shape = ReminderShape(
                tags=tuple(tags.get(row.id, ())), leads=tuple(json.loads(row.leads)),
                rings=tuple(rings.get(row.id, ())), **{name: getattr(row, name) for name in SAME},
            )  # fmt: skip
            yield (b"\n " if first else b",\n ") + shape.model_dump_json().encode()
            first = False
            written(1)
    yield b"\n]}\n"


def _tags(some: list[Reminder]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    rows: Any = ReminderTag.select(ReminderTag.reminder, ReminderTag.name).where(ReminderTag.reminder.in_(some))
    for reminder, name in rows.order_by(ReminderTag.id).tuples():
        found.setdefault(reminder, []).append(name)
    return found


def _rings(some: list[Reminder]) -> dict[int, list[RingShape]]:
    found: dict[int, list[RingShape]] = {}
    for ring in Ring.select().where(Ring.reminder.in_(some)).order_by(Ring.id):
        found.setdefault(ring.reminder_id, []).append(RingShape(**{name: getattr(ring, name) for name in RING}))
    return found
