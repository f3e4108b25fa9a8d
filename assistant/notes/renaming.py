"""The links of other notes follow a note that gets another name: at once in a few, in the others soon after.

Until then what the note was called is one of its names, so that each link leads to it all the time.
"""

import json
import time
from collections.abc import Iterable, Mapping
from datetime import datetime

from peewee import ModelSelect

from assistant.notes.links import names, written
from assistant.notes.links.written import path_key, title_key
from assistant.notes.models import Note, NoteChore
from assistant.notes.validation import TEXT_LIMIT
from assistant.notes.versions import revisions
from assistant.storage.database import changed
from assistant.storage.file_names import safe

KIND, TOPIC = "rename", "chores"
LONGEST = 0.2  # seconds in which links follow at once
AT_ONCE = 20  # notes that are read at once


def follow_note(note: Note, old: str, leading: set[str], now: datetime) -> int:
    """Makes links lead on to a note that was called ``old``; returns how many other notes that changed at once.

    Its file is renamed as well, and links to that follow. ``leading`` is what ``names.leading_to`` said of it before.
    """
    new = note.title
    if title_key(old) == title_key(new) or not title_key(new):
        return 0
    spelled = {title_key(old), title_key(safe(old))}
    titles = {key: new for key in leading if key.removesuffix(names.ENDING) in spelled}
    ends = {f"/{key}" for key in spelled}
    path = path_key(note.path)
    if path.rpartition("/")[2] in spelled:
        ends |= {path, *(path[at + 1 :] for at, sign in enumerate(path) if sign == "/")}
        note.path = note.path.rpartition("/")[0] + "/" * ("/" in note.path) + safe(new) + ".md"
        note.save(only=[Note.path])
        names.store(note)
    files = {key: safe(new) for key in leading - titles.keys() if key.removesuffix(names.ENDING) in ends}
    return _begin(note, titles, files, now)


def go_on(chore: NoteChore, now: datetime, until: float) -> None:
    """Makes more links follow, until that moment; the chore is gone once all have."""
    note = Note.get_by_id(chore.note_id)
    meant = json.loads(chore.names)
    at, _ = _rewrite(note.user, meant["titles"], meant["files"], now, chore.at, until)
    if at is None:
        chore.delete_instance()
        names.store(note)
    else:
        chore.at = at
        chore.save(only=[NoteChore.at])
    changed(note.user, "note", note.id)


def left(note: Note) -> int:
    """In how many notes the links have yet to follow this one."""
    chore = NoteChore.get_or_none((NoteChore.note == note) & (NoteChore.kind == KIND))
    if chore is None:
        return 0
    meant = json.loads(chore.names)
    return int(_linking(note.user, {*meant["titles"], *meant["files"]}, chore.at).count())


def _begin(note: Note, titles: dict[str, str], files: dict[str, str], now: datetime) -> int:
    """Makes links follow for a while, and leaves a chore where that is not enough."""
    for chore in list(NoteChore.select().where((NoteChore.note == note) & (NoteChore.kind == KIND))):
        # It gets yet another name before all links have followed the one before.
        before = json.loads(chore.names)
        titles |= {key: note.title for key in before["titles"] if key != note.title_key}
        files |= {key: safe(note.title) for key in before["files"]}
        chore.delete_instance()
    at, count = _rewrite(note.user, titles, files, now, 0, time.monotonic() + LONGEST)
    if at is not None:
        NoteChore.create(note=note, kind=KIND, at=at, names=json.dumps({"titles": titles, "files": files}))
        names.store(note)
        changed(note.user, TOPIC, note.id)
    return count


def _rewrite(
    user: int, titles: Mapping[str, str], files: Mapping[str, str], now: datetime, at: int, until: float
) -> tuple[int | None, int]:
    """After which note to go on, None where all are done, and in how many links follow now."""
    count = 0
    while notes := list(_linking(user, {*titles, *files}, at).order_by(Note.id).limit(AT_ONCE)):
        for note in notes:
            text = written.renamed(note.text, titles, files, note.path)
            # A note so full that the longer title no longer fits keeps the old link rather than failing.
            if text != note.text and len(text.encode()) <= TEXT_LIMIT:
                revisions.write(note, now, text=text, quiet=True)
                count += 1
            at = note.id
            if time.monotonic() > until:
                return at, count
    return None, count


def _linking(user: int, keys: Iterable[str], after: int) -> "ModelSelect[Note]":
    return Note.select().where(Note.id.in_(names.linking(user, keys)) & (Note.id > after))
