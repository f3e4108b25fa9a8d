"""Writes a user's conversations: each as JSON with all that there is, and as Markdown to read."""

import hashlib
import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, tzinfo
from typing import Any

from peewee import chunked

from assistant.chat.acting import records
from assistant.chat.export import footnotes, heading
from assistant.chat.knowing import sources
from assistant.chat.models import (
    INTERRUPTED,
    PROPOSED,
    VOID,
    WRITING,
    Act,
    Conversation,
    Image,
    Message,
    Project,
    Source,
)
from assistant.chat.transfer import documents
from assistant.chat.transfer.shapes import ActShape, ConversationShape, MessageShape, Picture, SourceShape
from assistant.storage.file_names import Names, safe
from assistant.storage.packing import Put

FOLDER = "chats/"
PICTURES = f"{FOLDER}pictures/"
ENDINGS = {"image/jpeg": ".jpg", "image/png": ".png"}
AT_ONCE = 200  # messages that are in memory
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

HEAD = tuple(name for name in ConversationShape.model_fields if name not in {"key", "project"})
FIELDS = tuple(
    name for name in MessageShape.model_fields
    if name not in {"parent", "pictures", "documents", "acts", "sources", "state"}
)  # fmt: skip
SOURCE = tuple(SourceShape.model_fields)
ACT = tuple(name for name in ActShape.model_fields if name != "state")


def counts(user: int) -> dict[str, int]:
    """How many conversations, messages, pictures and documents would leave."""
    return {
        "conversations": _conversations(user).count(),
        "messages": _messages(user).count(),
        "pictures": Image.select().join(Message).where(Message.id.in_(_messages(user).select(Message.id))).count(),
        "documents": documents.count(_messages(user).select(Message.id)),
    }


def write(user: int, put: Put, zone: tzinfo, written: Callable[[int], None]) -> None:
    """Puts all conversations that are not deleted; ``written`` hears of the messages of each."""
    names = Names()
    for home in _conversations(user).order_by(Conversation.id).iterator():
        name = names.take(safe(home.title), "")
        pictures = dict[int, list[Picture]]()
        put(f"{FOLDER}{name}.json", _json(home, pictures))
        put(f"{FOLDER}{name}.md", _markdown(home, pictures, zone))
        written(_of(home).count())
    _put_pictures(user, put)
    documents.put_all(_messages(user).select(Message.id), put)


def identity(home: Conversation) -> str:
    """What tells this conversation from every other, here and where it was imported."""
    return home.key or own_identity(home.id, home.created)


def own_identity(home: int, created: datetime) -> str:
    """What tells a conversation that began here from every other."""
    return f"chat-{home}-{(created - EPOCH) // timedelta(microseconds=1)}"


def project_identity(row: Project) -> str:
    """The same of a project."""
    return row.key or f"project-{row.id}-{(row.created - EPOCH) // timedelta(microseconds=1)}"


def _conversations(user: int) -> Any:
    return Conversation.select().where((Conversation.user == user) & Conversation.deleted.is_null())


def _messages(user: int) -> Any:
    there = (Conversation.user == user) & Conversation.deleted.is_null() & Message.deleted.is_null()
    return Message.select().join(Conversation).where(there)


def _of(home: Conversation) -> Any:
    return Message.select().where((Message.conversation == home) & Message.deleted.is_null())


def _json(home: Conversation, pictures: dict[int, list[Picture]]) -> Iterator[bytes]:
    project = project_identity(home.project) if home.project else ""
    about = ConversationShape(key=identity(home), project=project, **{name: getattr(home, name) for name in HEAD})
    yield (about.model_dump_json(indent=1).removesuffix("\n}") + ',\n "messages": [').encode()
    seen = set[int]()
    pictures.update(_pictures(home))
    brought = documents.shapes(home)
    acts, given = records.of_conversation(home.id), sources.of_conversation(home.id)
    for message in _of(home).order_by(Message.id).iterator():
        # What followed a message that is deleted stands at the beginning of a branch of its own.
        parent = message.parent_id if message.parent_id in seen else None
        state: Any = INTERRUPTED if message.state == WRITING else message.state
        shape = MessageShape(
            parent=parent, state=state, pictures=tuple(pictures.get(message.id, ())),
            documents=tuple(brought.get(message.id, ())), acts=tuple(_shape(act) for act in acts.get(message.id, ())),
            sources=tuple(_source(row) for row in given.get(message.id, ())),
            **{name: getattr(message, name) for name in FIELDS},
        )  # fmt: skip
        yield (",\n  " if seen else "\n  ").encode() + shape.model_dump_json(exclude_defaults=True).encode()
        seen.add(message.id)
    yield b"\n ]}\n"


def _shape(row: Act) -> ActShape:
    state: Any = VOID if row.state == PROPOSED else row.state
    return ActShape(state=state, **{name: getattr(row, name) for name in ACT})


def _source(row: Source) -> SourceShape:
    return SourceShape(**{name: getattr(row, name) for name in SOURCE})


def _pictures(home: Conversation) -> dict[int, list[Picture]]:
    found: dict[int, list[Picture]] = {}
    rows: Any = Image.select(Image.id, Image.message, Image.kind, Image.width, Image.height, Image.created)
    for image in rows.join(Message).where(Message.conversation == home).order_by(Image.id):
        found.setdefault(image.message_id, []).append(
            Picture(
                file=f"{PICTURES}{image.id}{ENDINGS[image.kind]}", kind=image.kind, width=image.width,
                height=image.height, created=image.created,
            )
        )  # fmt: skip
    return found


def _put_pictures(user: int, put: Put) -> None:
    rows: Any = Image.select(Image.id, Image.kind).join(Message).join(Conversation)
    there = (Conversation.user == user) & Conversation.deleted.is_null() & Message.deleted.is_null()
    for id, kind in list(rows.where(there).order_by(Image.id).tuples()):  # noqa: A001 - the row's own word
        data: Any = Image.select(Image.data).where(Image.id == id).scalar()
        put(f"{PICTURES}{id}{ENDINGS[kind]}", [bytes(data)], packed=False)


def _markdown(home: Conversation, pictures: dict[int, list[Picture]], zone: tzinfo) -> Iterator[bytes]:
    yield f"# {home.title}\n".encode()
    brought, given = documents.shapes(home), sources.of_conversation(home.id)
    for some in chunked(_branch(home), AT_ONCE):
        found = {message.id: message for message in Message.select().where(Message.id.in_(list(some)))}
        for message in (found[one] for one in some):
            shown = "".join(f"\n![]({one.file.removeprefix(FOLDER)})\n" for one in pictures.get(message.id, ()))
            shown += "".join(f"\n{documents.link(one, FOLDER)}\n" for one in brought.get(message.id, ()))
            trouble = f"\n*{message.error}*\n" if message.error else ""
            notes = footnotes(given.get(message.id, ()))
            below = f"\n{notes}\n" if notes else ""
            yield f"\n## {heading(message, zone)}\n{shown}\n{message.text.strip()}\n{below}{trouble}".encode()


def _branch(home: Conversation) -> list[int]:
    """The messages of the branch that is read, from the first to the last."""
    rows: Any = Message.select(Message.id, Message.parent).where(Message.conversation == home)
    parents, at, path = dict(rows.tuples()), home.leaf, list[int]()
    while at is not None and at in parents:
        path.append(at)
        at = parents[at]
    return path[::-1]


def digest(*parts: str) -> str:
    """A key made of these words."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
