"""A conversation as it leaves the house: as Markdown to read, as JSON with all that there is."""

import base64
import json
from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from typing import Any

from assistant.chat import branches, conversations
from assistant.chat.acting.given import in_pages
from assistant.chat.branches import Shown
from assistant.chat.documents import library
from assistant.chat.knowing import sources
from assistant.chat.models import Conversation, Document, Image, Message, Source
from assistant.storage.file_names import safe

FORMAT = "assistant-conversation"
SETTINGS = ("system", "temperature", "num_ctx", "keep_alive", "think", "knows")
SOURCE = ("number", "kind", "title", "place", "text")
FIELDS = (
    "role", "text", "thinking", "thinking_seconds", "model", "state", "error", "prompt_tokens", "answer_tokens",
    "seconds", "answer_seconds", "left_out",
)  # fmt: skip


def name(user: int, conversation: int, ending: str) -> str:
    """A name for the file; NotFound when the conversation is someone else's."""
    return f"{safe(conversations.get(user, conversation).title)}{ending}"


def markdown(user: int, conversation: int, zone: tzinfo) -> str:
    """The branch that is read, with times in ``zone``; NotFound when it is someone else's."""
    home = conversations.get(user, conversation)
    parts = [f"# {home.title}", *(_section(one, zone) for one in branches.thread(user, conversation))]
    return "\n\n".join(parts) + "\n"


def all_of(user: int, conversation: int) -> str:
    """What ``whole`` yields, in one."""
    return "".join(whole(user, conversation))


def whole(user: int, conversation: int) -> Iterator[str]:
    """All of it as JSON, in pieces: every branch, thinking, models, pictures, documents, settings; times are in UTC.

    Raises NotFound when it is someone else's.
    """
    home = conversations.get(user, conversation)
    read = {one.message.id for one in branches.thread(user, conversation)}
    yield _head(home)
    rows = Message.select().where((Message.conversation == home) & Message.deleted.is_null()).order_by(Message.id)
    for number, message in enumerate(rows):
        yield ("," if number else "") + "\n" + json.dumps(_message(message, read), ensure_ascii=False)
    yield "\n]}\n"


def heading(message: Message, zone: tzinfo) -> str:
    """Who wrote the message, and when."""
    who = "You" if message.role == "user" else message.model or "Assistant"
    return f"{who}, {message.created.astimezone(zone):%d %B %Y, %H:%M}"


def footnotes(given: Sequence[Source]) -> str:
    """What the numbers in an answer stand for, on a line each."""
    return "\n".join(f"[{row.number}] {sources.name(row)}" for row in given if row.number)


def _section(one: Shown, zone: tzinfo) -> str:
    count = len(one.images)
    pictures = f"({count} picture{'s' if count > 1 else ''})" if count else ""
    documents = "\n".join(f"({document.name}, {in_pages(document)})" for document in one.documents)
    given = footnotes(sources.of_answer(one.message.id)) if one.message.role == "assistant" else ""
    said = (pictures, documents, one.message.text.strip(), given, _trouble(one.message))
    parts = (f"## {heading(one.message, zone)}", *said)
    return "\n\n".join(part for part in parts if part)


def _trouble(message: Message) -> str:
    return f"*{message.error}*" if message.error else ""


def _head(home: Conversation) -> str:
    about = {
        "format": FORMAT, "version": 1, "id": home.id, "title": home.title, "model": home.model,
        "created": _utc(home.created), "updated": _utc(home.updated), "pinned": home.pinned,
        "archived": home.archived, "settings": {name: getattr(home, name) for name in SETTINGS},
    }  # fmt: skip
    return json.dumps(about, ensure_ascii=False).removesuffix("}") + ', "messages": ['


def _message(message: Message, read: set[int]) -> dict[str, Any]:
    """One message; ``parent`` is the message that it follows, ``read`` whether it is on the branch that is shown."""
    return {
        "id": message.id, "parent": message.parent_id, "read": message.id in read, "created": _utc(message.created),
        **{name: getattr(message, name) for name in FIELDS},
        "pictures": [_picture(image) for image in message.images.order_by(Image.id)],
        "documents": [_document(one) for one in library.of_messages([message.id]).get(message.id, ())],
        "sources": [{name: getattr(row, name) for name in SOURCE} for row in sources.of_answer(message.id)],
    }  # fmt: skip


def _picture(image: Image) -> dict[str, Any]:
    data = base64.b64encode(bytes(image.data)).decode()
    return {"kind": image.kind, "width": image.width, "height": image.height, "data": data}


def _document(row: Document) -> dict[str, Any]:
    data = base64.b64encode(library.contents(row.user, row.id)).decode()
    return {"name": row.name, "kind": row.kind, "pages": library.texts([row.id])[row.id], "data": data}


def _utc(instant: datetime) -> str:
    return instant.isoformat(timespec="seconds").replace("+00:00", "Z")
