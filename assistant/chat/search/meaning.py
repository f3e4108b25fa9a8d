"""What messages mean: the first parts of each that says something, of the latest of each person."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.chat.models import WRITING, Conversation, Message
from assistant.chat.search.rows import MessageDue, MessageSet, MessageVector
from assistant.retrieval import passages
from assistant.retrieval.meaning.looking import Near
from assistant.retrieval.meaning.rows import Part, Tables
from assistant.retrieval.meaning.stock import Meanings

LEAST = 20  # characters of a message that says something
PARTS = 3  # of a message; what comes later in a long one is found by its words
MOST = 50_000  # parts of one person, the latest: about 50 MB of the database


@dataclass(frozen=True, slots=True)
class Meant:
    """A part of a message, with where it is."""

    message: int
    conversation: int
    title: str
    text: str
    created: datetime


def meanings() -> Meanings:
    """Of all messages, as they are kept and looked through."""
    tables = Tables(Message, MessageSet, MessageVector, MessageDue, _parts, most=MOST)
    return Meanings(tables, parts_each=2)


def parts(text: str) -> list[str]:
    """The parts of a message; the number of one is its place among them."""
    return [one.text for one in passages.split("", text)]


def meant(user: int, near: Sequence[Near]) -> list[Meant]:
    """What these parts of the user's messages say, in this order, each message once; nothing that is deleted."""
    columns = (Message.id, Message.conversation, Conversation.title, Message.text, Message.created)
    rows: Any = Message.select(*columns).join(Conversation)
    there = (Message.user == user) & Message.deleted.is_null() & Conversation.deleted.is_null()
    rows = rows.where(there & Message.id.in_([one.item for one in near])).tuples()
    known = {row[0]: row for row in rows}
    found = dict[int, Meant]()
    for one in near:
        if one.item in known and one.item not in found:
            message, conversation, title, text, created = known[one.item]
            if one.number < len(some := parts(text)):
                found[message] = Meant(message, conversation, title, some[one.number], created)
    return list(found.values())


def _parts(messages: Sequence[int]) -> list[Part]:
    rows: Any = Message.select(Message.id, Message.user, Conversation.title, Message.text).join(Conversation)
    rows = rows.where(Message.id.in_(list(messages)) & (Message.state != WRITING)).tuples()
    return [
        Part(message, number, user, passages.whole(title, "", words))
        for message, user, title, text in rows
        if len(text.strip()) >= LEAST
        for number, words in enumerate(parts(text)[:PARTS])
    ]
