"""The passages of notes, made anew where a note has changed; each function is part of a unit of work."""

from typing import Protocol

from assistant.notes.models import Note, NotePassage, NoteUnsplit
from assistant.notes.passages import fts5, tsvectors
from assistant.retrieval import passages
from assistant.retrieval.passages import Passage
from assistant.storage.database import changed, fitting, later
from assistant.storage.tokens import index_words

MARK = "INSERT INTO note_unsplit (note_id) VALUES (?) ON CONFLICT DO NOTHING"
MARK_ALL = "INSERT INTO note_unsplit (note_id) SELECT id FROM note WHERE TRUE ON CONFLICT DO NOTHING"
DUE = """
INSERT INTO passage_due (set_id, passage_id) SELECT id, ? FROM vector_set WHERE TRUE
ON CONFLICT (set_id, passage_id) DO NOTHING
"""
TOPIC = "passages"  # what is told of whoever's notes were cut anew


class _Words(Protocol):
    """The index, as either database keeps it."""

    def put(self, passage: int, owner: int, words: str) -> None: ...
    def standing(self, owner: int, word: str, *, prefix: bool, limit: int) -> list[int]: ...


def mark(note: int) -> None:
    """Says that the note has changed: its passages are due."""
    later(NoteUnsplit, MARK, (note,))


def mark_all() -> None:
    """Makes the passages of all notes due."""
    NoteUnsplit._meta.database.execute_sql(MARK_ALL)  # noqa: SLF001


def catch_up(limit: int, user: int | None = None) -> bool:
    """Cuts notes that are due (of one user, or all), the latest change first, at most so many; whether there were."""
    due = Note.select().join(NoteUnsplit, on=NoteUnsplit.note == Note.id)
    if user is not None:
        due = due.where(Note.user == user)
    notes = list(due.order_by(Note.search_row.desc()).limit(limit))
    for note in notes:
        _renew(note)
        changed(note.user, TOPIC)
    NoteUnsplit.delete().where(NoteUnsplit.note.in_([note.id for note in notes])).execute()
    return bool(notes)


def words() -> _Words:
    """The index that fits the database."""
    return fitting(NotePassage, sqlite=fts5, postgres=tsvectors)


def _renew(note: Note) -> None:
    """Keeps the passages that are still there, and writes those that are new."""
    wanted = passages.split(note.title, note.text)
    kept: dict[str, list[NotePassage]] = {}
    for row in NotePassage.select().where(NotePassage.note == note).order_by(NotePassage.number):
        kept.setdefault(row.digest, []).append(row)
    for number, one in enumerate(wanted):
        same = kept.get(one.digest)
        if same:
            _move(same.pop(0), number, one.start)
        else:
            _write(note, number, one)
    gone = [row.id for rows in kept.values() for row in rows]
    if gone:
        NotePassage.delete().where(NotePassage.id.in_(gone)).execute()


def _move(row: NotePassage, number: int, start: int) -> None:
    if (row.number, row.start) != (number, start):
        row.number, row.start = number, start
        row.save(only=[NotePassage.number, NotePassage.start])


def _write(note: Note, number: int, one: Passage) -> None:
    row = NotePassage.create(
        note=note, user=note.user, number=number, start=one.start, place=one.place, digest=one.digest, text=one.text
    )
    words().put(row.id, note.user, index_words(passages.whole(note.title, one.place, one.text)))
    NotePassage._meta.database.execute_sql(DUE, (row.id,))  # noqa: SLF001
