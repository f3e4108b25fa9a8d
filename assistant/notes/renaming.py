"""The links of other notes follow a note that gets another name."""

from collections.abc import Mapping
from datetime import datetime

from assistant.notes.links import names, written
from assistant.notes.links.written import path_key, title_key
from assistant.notes.models import Note
from assistant.notes.validation import TEXT_LIMIT
from assistant.notes.versions import revisions
from assistant.storage.file_names import safe


def follow(user: int, old: str, new: str, now: datetime) -> int:
    """Makes the links to one title in the user's notes lead to another; returns how many notes had any."""
    if title_key(old) == title_key(new) or not title_key(new):
        return 0
    return _rewrite(user, {title_key(old): new}, {}, now)


def follow_note(note: Note, old: str, leading: set[str], now: datetime) -> int:
    """As ``follow``, for a note that was called ``old``: also its file is renamed, and links to that follow.

    ``leading`` is what ``names.leading_to`` said of it before.
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
    return _rewrite(note.user, titles, files, now)


def _rewrite(user: int, titles: Mapping[str, str], files: Mapping[str, str], now: datetime) -> int:
    count = 0
    for note in list(Note.select().where(Note.id.in_(names.linking(user, {*titles, *files})))):
        text = written.renamed(note.text, titles, files, note.path)
        # A note so full that the longer title no longer fits keeps the old link rather than failing.
        if text != note.text and len(text.encode()) <= TEXT_LIMIT:
            revisions.write(note, now, text=text, quiet=True)
            count += 1
    return count
