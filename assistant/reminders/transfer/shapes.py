"""A reminder as an archive holds it: the row, its tags, and what rang of it."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import Field, NaiveDatetime, PlainSerializer

from assistant.reminders.validation import LEADS_LIMIT, NOTE_LIMIT, TAG_LIMIT, TAGS_LIMIT, TEXT_LIMIT
from assistant.storage.packing import Instant, Number, RowId, Shape


def _written(wall: datetime) -> str:
    return wall.isoformat(timespec="seconds")


Wall = Annotated[NaiveDatetime, PlainSerializer(_written, when_used="json")]
Minutes = Annotated[int, Field(ge=0, le=1_000_000)]


class RingShape(Shape):
    """That an occurrence rang, or was answered before it could."""

    occurrence: Instant
    lead: Minutes
    due: Instant
    rang: Instant | None
    state: Literal["ringing", "snoozed", "done", "dismissed", "missed", "moved"]
    answered: Instant | None
    snoozed_until: Instant | None
    late: Number
    missed: Number


class ReminderShape(Shape):
    """A reminder; ``local`` is what the clock on the wall of ``zone`` shows. ``uid`` tells it from every other.

    ``link_id`` is the id of a note or a message in the same archive.
    """

    uid: Annotated[str, Field(min_length=1, max_length=255)]
    text: Annotated[str, Field(min_length=1, max_length=TEXT_LIMIT)]
    note: Annotated[str, Field(max_length=NOTE_LIMIT)]
    tags: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=TAG_LIMIT)], ...], Field(max_length=TAGS_LIMIT)]
    priority: Annotated[int, Field(ge=0, le=3)]
    local: Wall | None
    zone: Annotated[str, Field(max_length=64)]
    follows: bool
    rule: Annotated[str, Field(max_length=500)]
    after_done: Annotated[str, Field(max_length=20)]
    leads: Annotated[tuple[Minutes, ...], Field(min_length=1, max_length=LEADS_LIMIT)]
    at: Instant | None
    due: Instant | None
    state: Literal["active", "done"]
    created: Instant
    updated: Instant
    done: Instant | None
    link_kind: Literal["", "note", "message"]
    link_id: RowId | None
    imported: bool = False
    rings: tuple[RingShape, ...]


class RemindersFile(Shape):
    """The whole file."""

    reminders: tuple[ReminderShape, ...]
