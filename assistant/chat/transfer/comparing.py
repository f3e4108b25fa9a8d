"""What of a conversation that comes in is here already: it is known by its key, its messages by where they stand.

A message that follows the same one, was written at the same instant by the same side and says the same is the same.
Where it says something else, both are kept, as versions beside each other.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from assistant.chat.models import Conversation, Message
from assistant.chat.transfer.leaving import own_identity
from assistant.chat.transfer.shapes import MessageShape
from assistant.storage import arrivals

Place = tuple[int | None, str, datetime]


class Here:
    """The messages of a conversation that are here."""

    def __init__(self, home: Conversation | None) -> None:
        """Those of the conversation; of none where it is new."""
        self.home = home
        self._known: dict[Place, list[tuple[int, str]]] = {}
        rows: Any = Message.select(Message.id, Message.parent, Message.role, Message.created, Message.text)
        mine = (Message.conversation == home) & (Message.deleted.is_null() | (Message.deleted < arrivals.FIRST))
        for one in rows.where(mine).order_by(Message.id) if home is not None else ():
            self._known.setdefault((one.parent_id, one.role, one.created), []).append((one.id, one.text))

    def same(self, parent: int | None, message: MessageShape) -> int | None:
        """The message that is here already; None where it is not."""
        found = self._known.get((parent, message.role, message.created), ())
        return next((id for id, text in found if text == message.text), None)  # noqa: A001 - the row's own word

    def other(self, parent: int | None, message: MessageShape) -> bool:
        """Whether one stands at its place that says something else."""
        return bool(self._known.get((parent, message.role, message.created)))


def known(user: int) -> dict[str, int]:
    """The user's conversations by what tells them apart, also those that were deleted and can still be brought back."""
    rows: Any = Conversation.select(Conversation.id, Conversation.key, Conversation.created)
    mine = rows.where(Conversation.user == user).tuples()
    return {key or own_identity(home, created): home for home, key, created in mine.iterator()}


def compared(here: Here, messages: Iterable[MessageShape]) -> tuple[int, int]:
    """How many of the messages are not here, and how many of those stand beside another version."""
    ids: dict[int, int | None] = {}
    new = versions = 0
    for message in messages:
        after_new = message.parent is not None and ids.get(message.parent) is None
        parent = None if message.parent is None else ids.get(message.parent)
        ids[message.id] = None if after_new else here.same(parent, message)
        if ids[message.id] is None:
            new += 1
            versions += not after_new and here.other(parent, message)
    return new, versions
