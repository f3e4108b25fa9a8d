"""Writes a user's reminders: as JSON with all that there is, and as a calendar file."""

import json
from collections.abc import Callable, Iterator
from datetime import datetime
from typing import Any

from assistant.reminders.ical import writer
from assistant.reminders.models import Reminder, ReminderTag, Ring
from assistant.reminders.transfer.shapes import ReminderShape, RingShape
from assistant.storage.packing import Put

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
    for row in _reminders(user).order_by(Reminder.id).iterator():
        yield (b"\n " if first else b",\n ") + _shape(row).model_dump_json().encode()
        first = False
        written(1)
    yield b"\n]}\n"


def _shape(row: Reminder) -> ReminderShape:
    tags = ReminderTag.select(ReminderTag.name).where(ReminderTag.reminder == row).order_by(ReminderTag.id)
    rings = Ring.select().where(Ring.reminder == row).order_by(Ring.id)
    return ReminderShape(
        tags=tuple(tag.name for tag in tags), leads=tuple(json.loads(row.leads)),
        rings=tuple(RingShape(**{name: getattr(ring, name) for name in RING}) for ring in rings),
        **{name: getattr(row, name) for name in SAME},
    )  # fmt: skip
