"""What reminders are given of notes and messages."""

from assistant.chat import conversations
from assistant.errors import NotFound
from assistant.notes import notebook
from assistant.reminders.links import Link


def find(user: int, kind: str, id: int) -> Link:  # noqa: A002 - the row's own word
    """The user's note or message; NotFound when it is deleted, gone or someone else's."""
    if kind == "note":
        note = notebook.get(user, id)
        if note.trashed is not None:
            raise NotFound("There is no such note.")
        return Link(kind, id, note.title or "Untitled", f"/notes/{id}")
    if kind != "message":
        raise NotFound("There is no such place.")
    message = conversations.own(user, id)
    return Link(kind, id, message.conversation.title, f"/chat/{message.conversation_id}?m={id}")
