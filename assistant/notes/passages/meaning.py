"""What passages of notes mean."""

from collections.abc import Sequence
from typing import Any

from assistant.notes.models import Note, NotePassage, NoteUnsplit, PassageDue, PassageVector, VectorSet
from assistant.retrieval.meaning.rows import Part, Tables
from assistant.retrieval.meaning.stock import Meanings
from assistant.retrieval.passages import whole


def meanings() -> Meanings:
    """Of all passages, as they are kept and looked through."""
    return Meanings(Tables(NotePassage, VectorSet, PassageVector, PassageDue, _parts, _all_cut))


def _parts(passages: Sequence[int]) -> list[Part]:
    columns = (NotePassage.id, NotePassage.user, Note.title, NotePassage.place, NotePassage.text)
    rows: Any = NotePassage.select(*columns).join(Note).where(NotePassage.id.in_(list(passages)))
    return [Part(row, 0, user, whole(title, place, text)) for row, user, title, place, text in rows.tuples()]


def _all_cut() -> bool:
    return not NoteUnsplit.select().exists()
