"""A document as a note."""

from assistant.chat.documents import library
from assistant.errors import Invalid
from assistant.storage.text import clean


def as_note(user: int, document: int) -> str:
    """The text of the note; raises Invalid where there is none, NotFound when it is someone else's.

    Part of a unit of work.
    """
    row = library.get(user, document)
    if not row.words:
        raise Invalid("This document has no text that a note could keep.")
    texts = library.texts([row.id])[row.id]
    if row.kind in {"code", "csv"}:
        body = f"````\n{chr(10).join(texts)}\n````"
    elif row.kind == "pdf":
        body = "\n\n".join(f"## Page {number}\n\n{text}" for number, text in enumerate(texts, 1) if text.strip())
    else:
        body = "\n\n".join(texts)
    source = f"[From the conversation](/chat/{row.conversation_id})" if row.conversation_id else ""
    return clean("\n\n".join(filter(None, [f"# {row.name}", body, source]))) + "\n"
