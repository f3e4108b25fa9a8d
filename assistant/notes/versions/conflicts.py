"""Saving a text that was written on an older version: merged, or refused as ``Stale``."""

from datetime import datetime

from assistant.errors import Conflict
from assistant.notes.models import Note
from assistant.notes.validation import TEXT_LIMIT, valid_title
from assistant.notes.versions import history, revisions
from assistant.notes.versions.merge import merge
from assistant.notes.versions.revisions import Saved


class Stale(Conflict):
    """The note changed since the version that was edited, in the same places.

    ``theirs`` and ``title_now`` are what is stored now, as ``version``; ``base`` is the text that was
    edited, None when it is too long ago.
    """

    def __init__(self, note: Note, base: str | None) -> None:
        super().__init__("This note was changed somewhere else meanwhile.", field="text")
        self.theirs: str = note.text
        self.title_now: str = note.title
        self.version: int = note.version
        self.base = base


def save_stale(note: Note, text: str, version: int, *, now: datetime, title: str | None, unheard: str | None) -> Saved:
    """What is stored after saving a text that was written on ``version``, older than the note's.

    Raises Stale where both changed the same places, and stores nothing then.
    """
    base, base_title = revisions.text_at(note, version) or (None, None)
    if unheard is not None and _arrived(note, unheard, version):
        base = unheard
    merged = _merged(note, text, version, base)
    chosen = revisions.title_set(note)
    if title is not None and valid_title(title) in {base_title, chosen}:
        title = None
    # Two titles cannot be merged: one that changed on both sides is for the person to choose.
    if merged is None or (title is not None and base_title != chosen):
        raise Stale(note, base)
    if merged not in {text, note.text}:
        history.keep(note, now, reason="merge")
        history.keep(note, now, reason="merge", text=text, version=version)
    elif merged != note.text:
        history.keep_before(note, merged, now)
    return revisions.write(note, now, text=merged, title=title)


def _merged(note: Note, text: str, version: int, base: str | None) -> str | None:
    if text in {note.text, base} or _arrived(note, text, version):
        return note.text
    merged = None if base is None else merge(base, text, note.text)
    return None if merged is None or len(merged.encode()) > TEXT_LIMIT else merged


def _arrived(note: Note, text: str, version: int) -> bool:
    return revisions.had_since(note, version + 1, text) or history.merged_before(note, version, text)
