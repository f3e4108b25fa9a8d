"""Many notes changed at once, each time with what leads back: those that were not so before."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from peewee import Expression, chunked

from assistant.notes import notebook, tags, trash
from assistant.notes.models import Note, NoteTag
from assistant.notes.validation import tag_key
from assistant.storage import arrivals

AT_ONCE = 500  # values of one statement


def throw_away(user: int, notes: Sequence[int], now: datetime) -> list[int]:
    """Puts the notes into the trash; returns those that were not in it."""
    changing = _those(user, notes, Note.trashed.is_null())
    if changing:
        trash.trash_all(user, changing, now)
    return changing


def take_back(user: int, notes: Sequence[int]) -> list[int]:
    """Takes the notes out of the trash; returns those that were in it."""
    changing = _those(user, notes, Note.trashed < arrivals.FIRST)
    if changing:
        trash.restore_all(user, changing)
    return changing


def archive(user: int, notes: Sequence[int], *, on: bool) -> list[int]:
    """Puts the notes into the archive or out of it; returns those for which that is a change."""
    changing = _those(user, notes, Note.archived != on)
    if changing:
        trash.archive_all(user, changing, on=on)
    return changing


def tag(user: int, notes: Sequence[int], typed: str, now: datetime) -> dict[str, list[int]]:
    """Gives the notes the tags that were typed; returns for each tag those that did not have it.

    Raises Invalid (field tags) when they are too long, or one note has too many then.
    """
    added = {}
    for name in tags.parse(typed):
        have: set[int] = set()
        for some in chunked(notes, AT_ONCE):
            rows: Any = NoteTag.select(NoteTag.note).where(
                (NoteTag.key == tag_key(name)) & NoteTag.note.in_(list(some))
            )
            have |= {note for (note,) in rows.tuples()}
        added[name] = [note for note in _those(user, notes) if note not in have]
        if added[name]:
            notebook.tag_all(user, added[name], add=[name], now=now)
    return added


def untag(user: int, added: Mapping[str, Sequence[int]], now: datetime) -> None:
    """Takes each tag off its notes again."""
    for name, notes in added.items():
        mine = _those(user, notes)
        if mine:
            notebook.tag_all(user, mine, remove=[name], now=now)


def _those(user: int, notes: Sequence[int], condition: Expression | None = None) -> list[int]:
    """Those of the ids that are notes of the user for which the condition holds."""
    found: list[int] = []
    for some in chunked(notes, AT_ONCE):
        mine = (Note.user == user) & Note.id.in_(list(some))
        rows: Any = Note.select(Note.id).where(mine if condition is None else mine & condition)
        found += [note for (note,) in rows.order_by(Note.id).tuples()]
    return found
