"""The branches of a conversation: read, turned to, cut; each function is one unit of work."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import fn

from assistant.chat.conversations import get
from assistant.chat.documents import library
from assistant.chat.messages import get_own, is_writing
from assistant.chat.models import BRIEF, Conversation, Document, Image, Message
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import changed

BEFORE_HIT = 5  # messages that stand before one that is opened at


@dataclass(frozen=True, slots=True)
class Shown:
    """A message on the branch that is read: it is ``version`` of ``versions`` siblings.

    What is ``fixed`` is not written again, as the facts of a brief.
    """

    message: Message
    version: int
    versions: int
    images: tuple[int, ...]
    documents: tuple[Document, ...] = ()
    fixed: bool = False


@dataclass(frozen=True, slots=True)
class Window:
    """Messages of a branch that follow each other; so many ``earlier`` ones stand before, and ``later`` ones behind."""

    shown: list[Shown]
    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class Removed:
    """What ``put_back`` needs: the branch that was read, and the instant that marks the rows."""

    conversation: int
    leaf: int | None
    at: datetime


def thread(user: int, conversation: int) -> list[Shown]:
    """The messages of the branch that is read, from the first to the last."""
    return window(user, conversation, last=0).shown


def window(user: int, conversation: int, *, last: int, back_to: int = 0, most: int = 0, since: int = 0) -> Window:
    """The ``last`` messages of the branch that is read (0: all), or those around ``back_to`` where it stands before.

    Of these there are at ``most`` so many (0: all up to the last). Where ``since`` is on the branch they begin with it,
    or before: what somebody reads stays while others are added.
    """
    home = get(user, conversation)
    path, versions = _tree(home)
    first = max(0, len(path) - last) if last else 0
    if back_to in path:
        first = min(first, max(0, path.index(back_to) - BEFORE_HIT))
    if since in path:
        first = min(first, path.index(since))
    ids = path[first : first + most if most and back_to in path else None]
    return Window(_shown(home, ids, versions, of=len(path)), first, len(path) - first - len(ids))


def piece(user: int, conversation: int, after: int, limit: int) -> Window:
    """At most ``limit`` messages of the branch that is read, from the one behind ``after`` on (0: from the first).

    Raises Invalid (field after) for a message that is not on it, NotFound when it is someone else's.
    """
    home = get(user, conversation)
    path, versions = _tree(home)
    if after and after not in path:
        raise Invalid("This message is not on the branch that is read.", field="after")
    first = path.index(after) + 1 if after else 0
    ids = path[first : first + limit]
    return Window(_shown(home, ids, versions, of=len(path)), first, len(path) - first - len(ids))


def path(user: int, conversation: int) -> list[int]:
    """The ids of the messages of the branch that is read, from the first to the last."""
    return _tree(get(user, conversation))[0]


def shown(user: int, message: int) -> Shown:
    """The message, with which of how many versions it is; NotFound when it is someone else's."""
    home = get_own(user, message).conversation
    return _shown(home, [message], _tree(home)[1], of=0)[0]


def _tree(home: Conversation) -> tuple[list[int], dict[int, list[int]]]:
    """The branch that is read, and the versions of each message."""
    rows: Any = Message.select(Message.id, Message.parent, Message.deleted).where(Message.conversation == home)
    family: dict[int, int | None] = {}
    siblings: dict[int | None, list[int]] = {}
    for row, parent, deleted in rows.order_by(Message.id).tuples():
        family[row] = parent
        if deleted is None:
            siblings.setdefault(parent, []).append(row)
    return _path(family, home.leaf), {one: versions for versions in siblings.values() for one in versions}


def _shown(home: Conversation, ids: list[int], versions: dict[int, list[int]], *, of: int) -> list[Shown]:
    wanted = Message.id.in_(ids) if len(ids) != of else Message.conversation == home
    found = {message.id: message for message in Message.select().where(wanted)}
    pictures, documents = _pictures(home), library.of_conversation(home.id)
    return [
        Shown(
            found[one], versions[one].index(one) + 1, len(versions[one]), tuple(pictures.get(one, ())),
            tuple(documents.get(one, ())), _is_brief(found.get(found[one].parent_id or 0)),
        )
        for one in ids
    ]  # fmt: skip


def _is_brief(question: Message | None) -> bool:
    return question is not None and (question.key or "").startswith(BRIEF)


def choose_version(user: int, message: int, version: int) -> None:
    """Turns to another version of the message, with what followed it there last."""
    one = get_own(user, message)
    ids = [row.id for row in Message.select(Message.id).where(_versions_of(one)).order_by(Message.id)]
    if not 1 <= version <= len(ids):
        raise NotFound("There is no such version.")
    reveal(user, ids[version - 1])


def reveal(user: int, message: int) -> int:
    """Turns to a branch that contains the message; returns its conversation."""
    one = get_own(user, message)
    home = one.conversation
    if one.id not in _read(home):
        Conversation.update(leaf=_end_of(one.id)).where(Conversation.id == home.id).execute()
        changed(user, "conversation", home.id)
    return int(home.id)


def remove(user: int, message: int, now: datetime) -> Removed:
    """Takes the message and what followed it out of sight; ``put_back`` undoes that for a day.

    The version beside it is shown instead or, without one, the branch ends before it.
    """
    one = get_own(user, message)
    home = one.conversation
    if is_writing(home):
        raise Conflict("An answer is still being written. Stop it first.")
    before = Removed(home.id, home.leaf, now)
    Message.update(deleted=now).where(Message.id.in_(_with_followers(one))).execute()
    beside = Message.select(fn.MAX(Message.id)).where(_versions_of(one)).scalar()
    Conversation.update(leaf=_end_of(beside) if beside else one.parent_id).where(Conversation.id == home.id).execute()
    changed(user, "conversation", home.id)
    return before


def put_back(user: int, removed: Removed) -> None:
    """Undoes ``remove``."""
    home = get(user, removed.conversation)
    gone = (Message.conversation == home) & (Message.deleted == removed.at)
    Message.update(deleted=None).where(gone).execute()
    Conversation.update(leaf=removed.leaf).where(Conversation.id == home.id).execute()
    changed(user, "conversation", home.id)


def _read(home: Conversation) -> list[int]:
    rows: Any = Message.select(Message.id, Message.parent).where(Message.conversation == home)
    return _path(dict(rows.tuples()), home.leaf)


def _path(family: dict[int, int | None], leaf: int | None) -> list[int]:
    """The branch that ends at ``leaf``, by the parents of all messages."""
    path = []
    while leaf is not None:
        path.append(leaf)
        leaf = family[leaf]
    return path[::-1]


def _pictures(home: Conversation) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    rows: Any = Image.select(Image.id, Image.message).join(Message).where(Message.conversation == home)
    for image, message in rows.order_by(Image.id).tuples():
        found.setdefault(message, []).append(image)
    return found


def _versions_of(message: Message) -> Any:
    same = (Message.conversation == message.conversation_id) & Message.deleted.is_null()
    return same & (Message.parent.is_null() if message.parent_id is None else Message.parent == message.parent_id)


def _end_of(message: int) -> int:
    """The last message of the branch that was written after this one most recently."""
    children = (Message.parent == message) & Message.deleted.is_null()
    while (child := Message.select(fn.MAX(Message.id)).where(children).scalar()) is not None:
        message = child
        children = (Message.parent == message) & Message.deleted.is_null()
    return message


def _with_followers(message: Message) -> list[int]:
    there = (Message.conversation == message.conversation_id) & (Message.id > message.id) & Message.deleted.is_null()
    rows: Any = Message.select(Message.id, Message.parent).where(there).order_by(Message.id)
    gone = {int(message.id)}
    for row, parent in rows.tuples():
        if parent in gone:
            gone.add(row)
    return sorted(gone)
