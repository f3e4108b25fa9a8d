"""Fits a conversation into a model's context on purpose, instead of letting Ollama cut it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from assistant.chat.course import Course, read
from assistant.chat.models import Conversation, Message
from assistant.chat.tokens import TOKENS_PER_TURN, estimate
from assistant.errors import Invalid, ModelUnavailable
from assistant.ollama.answers import Details, Turn
from assistant.ollama.options import Think, keep_alive

TOKENS_PER_IMAGE = 800
THINK: dict[str, Think] = {"off": False, "on": True, "low": "low", "medium": "medium", "high": "high"}
QUESTION_SHARE = 0.9  # of the context is the most that a question alone may take, with the instructions
ANSWER_SHARE = 0.25  # of the context is kept free for the answer


@dataclass(frozen=True, slots=True)
class Request:
    """What is sent to Ollama for one answer; ``left_out`` older messages did not fit."""

    model: str
    turns: list[Turn]
    left_out: int
    so_far: str
    num_ctx: int
    temperature: float | None
    keep_alive: float | str | None
    think: str


@dataclass(frozen=True, slots=True)
class Aside:
    """What the model hears beside the messages: before each, by its id, after the last, and from the ``system``.

    ``documents`` stand before the messages that bring them, and before all once those have no room any more.
    ``memory`` is what it is told of the person; ``reserve`` are tokens that something else takes.
    """

    before: Mapping[int, str] = field(default_factory=dict)
    after: str = ""
    system: str = ""
    memory: str = ""
    reserve: int = 0
    documents: Mapping[int, str] = field(default_factory=dict)

    def around(self, message: Message, *, last: bool) -> str:
        """The text of the message with what is heard around it."""
        parts = (self.before.get(message.id, ""), message.text, self.after if last else "")
        return "\n\n".join(part for part in parts if part)


def size(wished: int, limit: int) -> int:
    """How many tokens a model reads at once of which so many are wished; ``limit`` is its own, 0 where unknown."""
    return min(wished, limit) if limit else wished


def request(
    user: int, answer: int, default_ctx: int, *, limit: int = 0, aside: Aside | None = None
) -> Request:  # fmt: skip
    """As ``fitted``, for an answer of the user's."""
    return fitted(read(user, answer), default_ctx, limit=limit, aside=aside)


def fitted(course: Course, default_ctx: int, *, limit: int = 0, aside: Aside | None = None) -> Request:
    """The messages before the answer, the newest that fit; an unfinished answer is its last.

    Reads rows only where messages are ``pictured``. ``limit`` is how many tokens the model reads at all, 0 where
    unknown; ``aside`` is what it hears beside the messages. Raises ModelUnavailable where the question alone is more
    than that.
    """
    aside, row, off, path = aside or Aside(), course.answer, course.scale, course.path
    home: Conversation = row.conversation
    num_ctx = size(home.num_ctx or default_ctx, limit)
    own = instructions(home)
    try:
        check_room(course.question, own, num_ctx, scale=off)
    except Invalid as error:
        raise ModelUnavailable(error.sentence, reason="refused") from None
    system = _instructions(own, aside, num_ctx * QUESTION_SHARE - estimate(course.question) * off)
    room = num_ctx * (1 - ANSWER_SHARE) - sum(estimate(turn.text) for turn in system) - aside.reserve
    room -= estimate(row.text) * off if row.text else 0
    room -= sum(estimate(text) for text in aside.documents.values()) * off
    turns: list[Turn] = []
    for message in reversed(path):
        shows = message.role == "user" and message.id in course.pictured
        images = tuple(bytes(i.data) for i in message.images) if shows else ()
        text = aside.around(message, last=not turns)
        room -= (estimate(text) + TOKENS_PER_IMAGE * len(images)) * off
        if room < 0 and turns:
            break
        turns.append(Turn(message.role, "\n\n".join(filter(None, (aside.documents.get(message.id), text))), images))
    fits = {one.id for one in path[len(path) - len(turns) :]}
    left_out = course.earlier + len(path) - len(turns)
    turns = _with_earlier(turns, [text for one, text in aside.documents.items() if one not in fits])
    tail = [Turn("assistant", row.text)] if row.text else []
    return Request(
        row.model or home.model, [*system, *reversed(turns), *tail], left_out, row.text, num_ctx,
        home.temperature, _keep_alive(home), home.think,
    )  # fmt: skip


def instructions(home: Conversation) -> str:
    """What the person wants of every answer in the conversation, as the prompt begins with it.

    1. The conversation's own instructions, which began as those that the person wants everywhere.
    2. Those of its project: what is narrower has the later word.

    What models know about the person and the rules of tools follow them. So conversations begin alike as far as they
    can, those of a project farther, and what the model has read of one it need not read again for the next.
    """
    project = home.project
    return "\n\n".join(filter(None, (home.system, project.system if project else "")))


def _with_earlier(turns: list[Turn], documents: Sequence[str]) -> list[Turn]:
    """The turns, the latest first, with the documents of messages that had no room before the first of them."""
    if not documents:
        return turns
    first = turns[-1]
    if first.role != "user":
        return [*turns, Turn("user", "\n\n".join(documents))]
    return [*turns[:-1], replace(first, text="\n\n".join([*documents, first.text]))]


def _instructions(own: str, aside: Aside, room: float) -> list[Turn]:
    """What stands before the messages; what a question leaves no room for in the context is told of nobody."""
    fits = not aside.memory or sum(estimate(text) for text in (own, aside.memory, aside.system)) <= room
    instructions = "\n\n".join(filter(None, (own, aside.memory if fits else "", aside.system)))
    return [Turn("system", instructions)] if instructions else []


def check_room(text: str, system: str, num_ctx: int, *, scale: float = 1.0) -> None:
    """Raises Invalid where the question alone does not fit into the context, with the instructions before it."""
    whole = num_ctx * QUESTION_SHARE
    room = whole - (estimate(system) if system else 0)
    needed = estimate(text) * scale
    if needed <= room:
        return
    if room < whole / 2:
        raise Invalid(
            "The instructions of this conversation leave no room for this. Shorten them in its settings, or allow "
            "more context there.",
            field="text",
        )
    shorter = (room / scale - TOKENS_PER_TURN) / (estimate(text) - TOKENS_PER_TURN)
    fits = int(len(text) * shorter) // 100 * 100
    raise Invalid(
        f"This has {len(text):,} characters, and the model reads about {fits:,} at once. Shorten it, choose a model "
        "that reads more, or allow more context in the settings.",
        field="text",
    )


def _keep_alive(home: Conversation) -> float | str | None:
    try:
        return keep_alive(home.keep_alive)
    except ValueError:
        return None  # from a time when it was not checked; an answer does not fail for it


def thinking(wanted: Request, model: Details) -> Think | None:
    """How the model is asked to think; None where it cannot, or where nobody knows.

    Raises ModelUnavailable when there are pictures that it cannot see.
    """
    needs_eyes = any(turn.images for turn in wanted.turns)
    if needs_eyes and model.capabilities and "vision" not in model.capabilities:
        raise ModelUnavailable(
            f"{wanted.model} cannot see pictures. Choose a model with vision and press Retry.", reason="refused"
        )
    if "thinking" not in model.capabilities:
        return None
    think = THINK.get(wanted.think)
    return True if isinstance(think, str) and not model.levels else think
