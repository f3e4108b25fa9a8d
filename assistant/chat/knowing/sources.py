"""What was given to an answer to read, with the numbers by which it is named; each is part of a unit of work."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from peewee import fn

from assistant.chat.models import Message, Source
from assistant.retrieval.passages import BETWEEN
from assistant.storage.database import changed

NONE = "none"  # the kind of what says that nothing was found
RULES = (
    "(From the app: below are passages of what the person keeps, found for the question after them, each with its "
    "number. Answer from them. After each sentence that rests on a passage write its number in brackets, like [1]. "
    "Where they do not answer the question, say so.)"
)
NOTHING = (
    "(From the app: nothing was found for this in {}. Say so in one sentence, and do not guess what might stand there.)"
)


@dataclass(frozen=True, slots=True)
class Given:
    """A passage that is given to a model: of which row, where in it, where it opens.

    ``foreign`` names where it is from, when the person did not write it.
    """

    kind: Literal["note", "message", "document"]
    of: int
    title: str
    place: str
    text: str
    address: str
    foreign: str = ""


def add(answer: Message, givens: Iterable[Given]) -> list[Source]:
    """The passages as sources of the answer; their numbers go on from those that it has."""
    first = 1 + int(Source.select(fn.MAX(Source.number)).where(Source.message == answer).scalar() or 0)
    made = [
        Source.create(message=answer, user=answer.user, number=number, **_fields(given))
        for number, given in enumerate(givens, first)
    ]
    changed(answer.user, "conversation", answer.conversation_id)
    return made


def add_nothing(answer: Message, where: str) -> None:
    """Keeps that nothing was found in there for the answer."""
    Source.create(message=answer, user=answer.user, number=0, kind=NONE, title=where[:300])
    changed(answer.user, "conversation", answer.conversation_id)


def of_answer(answer: int) -> list[Source]:
    """What was given to the answer, by number."""
    return list(Source.select().where(Source.message == answer).order_by(Source.number))


def of_conversation(conversation: int) -> dict[int, list[Source]]:
    """What was given to the answers of the conversation, by their ids, and then by number."""
    found: dict[int, list[Source]] = {}
    rows: Any = Source.select().join(Message).where(Message.conversation == conversation)
    for row in rows.order_by(Source.message, Source.number):
        found.setdefault(row.message_id, []).append(row)
    return found


def foreign_in(conversation: int) -> list[Source]:
    """The passages that were given in the conversation and that the person did not write."""
    rows: Any = Source.select().join(Message).where((Message.conversation == conversation) & (Source.foreign != ""))
    return list(rows.order_by(Source.id))


def name(source: Source) -> str:
    """What the source is called: its title, and where in it."""
    return BETWEEN.join(filter(None, (source.title, source.place)))


def read_out(rows: Sequence[Source]) -> str:
    """The passages as a model reads them, each under its number and name."""
    return "\n\n".join(f"[{row.number}] {name(row)}\n{row.text}" for row in rows if row.number)


def _fields(given: Given) -> dict[str, Any]:
    return asdict(given) | {"title": given.title[:300]}
