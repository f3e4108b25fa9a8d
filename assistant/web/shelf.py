"""What chat is given of notes."""

from datetime import UTC, datetime

from assistant.chat.pages.shelf import Shelf
from assistant.notes import notebook, queries
from assistant.notes.search import index

SHOWN = 8


def shelf() -> Shelf:
    """The functions by which chat reads and writes notes."""
    return Shelf(find=_find, create=_create, append=_append, read=_read)


def _find(user: int, words: str) -> list[tuple[int, str]]:
    if not words.strip():
        return [(row.id, row.title) for row in queries.listing(user, limit=SHOWN).rows]
    hits = index.find(user, words, zone=UTC, limit=SHOWN)
    return [(hit.id, notebook.get(user, hit.id).title) for hit in hits]


def _create(user: int, text: str, now: datetime) -> int:
    return int(notebook.create(user, now, text=text).id)


def _append(user: int, note: int, text: str, now: datetime) -> None:
    old = notebook.get(user, note)
    notebook.save(user, note, f"{old.text.rstrip()}\n\n{text}".lstrip(), old.version, now=now)


def _read(user: int, note: int) -> tuple[str, str]:
    found = notebook.get(user, note)
    return found.title or "Untitled", found.text
