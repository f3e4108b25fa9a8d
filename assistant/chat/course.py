"""What leads to an answer, as it is read; each function is part of a unit of work."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from peewee import fn

from assistant.chat.conversations import get
from assistant.chat.messages import get_own
from assistant.chat.models import Act, Conversation, Document, Fact, Image, Message, Source
from assistant.chat.tokens import LEAST_SCALE, WORST_SCALE, estimate
from assistant.storage.engines.prepared import prepared

# What may stand in a conversation, or be known of its person, beside texts.
ACTS, FACTS, DOCUMENTS, PICTURES, SOURCES = HOLDINGS = ("acts", "facts", "documents", "pictures", "sources")


@dataclass(frozen=True, slots=True)
class Course:
    """What leads to an answer, as it was read at once: its row, and the messages before it.

    ``earlier`` ones are not among them; ``pictured`` are those that show pictures. ``scale`` is how far the estimate
    of tokens is off, ``has`` says what there is beside texts, of ``HOLDINGS``.
    """

    answer: Message
    path: tuple[Message, ...]
    pictured: frozenset[int]
    scale: float
    has: frozenset[str]
    earlier: int = 0

    @property
    def question(self) -> str:
        """What was asked."""
        return str(self.path[-1].text) if self.path else ""

    def last(self, tokens: int) -> "Course":
        """The same without messages that never fit into so many tokens: it is kept as long as the answer takes."""
        room, first = tokens / LEAST_SCALE, len(self.path)
        while first and room >= 0:
            first -= 1
            room -= estimate(self.path[first].text)
        return replace(self, path=self.path[first:], earlier=self.earlier + first)


def read(user: int, answer: int) -> Course:
    """What leads to the answer, in as few readings as there can be; NotFound when it is someone else's."""
    row = get_own(user, answer)
    holds = _holdings(row.conversation_id, user)[0]
    has = frozenset(name for name in HOLDINGS if getattr(holds, name))
    pictured: Any = frozenset[int]()
    if PICTURES in has:
        shown: Any = Image.select(Image.message).join(Message).where(Message.conversation == row.conversation_id)
        pictured = frozenset(message for (message,) in shown.tuples())
    path = _path(row, pictured)
    return Course(row, tuple(path), pictured, _calibration(path, given=SOURCES in has), has)


def scale(user: int, conversation: int) -> float:
    """How far the estimate is off in the conversation, as its last answer showed; 1.0 where none did."""
    home = get(user, conversation)
    leaf = Message.get_or_none((Message.id == home.leaf) & (Message.user == user)) if home.leaf else None
    return _calibration([*before(leaf), leaf]) if leaf else 1.0


def before(answer: Message) -> list[Message]:
    """The messages that lead to the answer, from the first to its question; of each what a model could hear."""
    shown: Any = Image.select(Image.message).join(Message).where(Message.conversation == answer.conversation_id)
    return _path(answer, {message for (message,) in shown.tuples()})


def _path(answer: Message, pictured: Collection[int]) -> list[Message]:
    rows = {message.id: message for message in _heard(answer.conversation_id)}
    path: list[Message] = []
    at = answer.parent_id
    while at is not None:
        path.append(rows[at])
        at = rows[at].parent_id
    return [message for message in reversed(path) if message.text or message.role == "user" or message.id in pictured]


@prepared(Message)
def _heard(conversation: Any) -> Any:
    return Message.select(
        Message.id, Message.parent, Message.role, Message.text, Message.prompt_tokens, Message.answer_tokens,
        Message.left_out, Message.key,
    ).where(Message.conversation == conversation)  # fmt: skip


@prepared(Conversation)
def _holdings(conversation: Any, user: Any) -> Any:
    here = Message.conversation == conversation
    found = {
        ACTS: Act.select(Act.id).where(Act.conversation == conversation),
        FACTS: Fact.select(Fact.id).where((Fact.user == user) & Fact.active),
        DOCUMENTS: Document.select(Document.id).where(Document.conversation == conversation),
        PICTURES: Image.select(Image.id).join(Message).where(here),
        SOURCES: Source.select(Source.id).join(Message).where(here),
    }
    flags = [fn.EXISTS(query).alias(name) for name, query in found.items()]
    return Conversation.select(*flags).where(Conversation.id == conversation)


def _calibration(path: Sequence[Message], *, given: bool = True) -> float:
    """How far the estimate was off at the last answer whose prompt Ollama counted whole, without passages to read.

    ``given`` says whether any answer may have been given some.
    """
    counting = [message.id for message in path if given and message.prompt_tokens and not message.left_out]
    rows = Source.select(Source.message).where(Source.message.in_(counting)) if counting else ()
    gave = {row.message_id for row in rows}
    for index in range(len(path) - 1, -1, -1):
        counted = path[index].prompt_tokens
        if counted and not path[index].left_out and path[index].id not in gave:
            guessed = sum(estimate(m.text) for m in path[:index])
            return min(WORST_SCALE, max(LEAST_SCALE, counted / max(1, guessed)))
    return 1.0
