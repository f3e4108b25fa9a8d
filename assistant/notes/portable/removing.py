"""All that a user has in notes gone for good, in pieces."""

from typing import Any

from assistant.notes.models import Attachment, Note
from assistant.notes.search import index
from assistant.storage.database import changed

AT_ONCE = 50  # notes of one unit of work; each may have a history
PICTURES = 10  # each may have ten million bytes


def remove(user: int) -> bool:
    """Removes some of the user's notes and pictures; whether there may be more."""
    few: Any = Attachment.select(Attachment.id).where(Attachment.user == user).limit(PICTURES)
    if Attachment.delete().where(Attachment.id.in_(few)).execute():
        return True
    rows: Any = Note.select(Note.id, Note.search_row).where(Note.user == user).limit(AT_ONCE).tuples()
    found = list(rows)
    index.remove(row for _, row in found)
    Note.delete().where(Note.id.in_([note for note, _ in found])).execute()
    changed(user, "notes")
    return bool(found)
