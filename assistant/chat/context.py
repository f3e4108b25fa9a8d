"""Fits a conversation into a model's context on purpose, instead of letting Ollama cut it."""

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.chat.messages import get_own
from assistant.chat.models import Conversation, Image, Message
from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Details, Turn
from assistant.ollama.options import Think, keep_alive

BYTES_PER_TOKEN = 3.0  # on the safe side for English (about 4); close for German and code
TOKENS_PER_TURN = 8  # the template's marks around each message
TOKENS_PER_IMAGE = 800
THINK: dict[str, Think] = {"off": False, "on": True, "low": "low", "medium": "medium", "high": "high"}
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


def request(user: int, answer: int, default_ctx: int) -> Request:
    """The messages before the answer, the newest that fit; an unfinished answer is its last."""
    row = get_own(user, answer)
    home: Conversation = row.conversation
    num_ctx = home.num_ctx or default_ctx
    before = _before(row)
    scale = _calibration(before)
    system = [Turn("system", home.system)] if home.system else []
    room = num_ctx * (1 - ANSWER_SHARE) - sum(estimate(turn.text) for turn in system)
    turns: list[Turn] = []
    for message in reversed(before):
        images = tuple(bytes(i.data) for i in message.images) if message.role == "user" else ()
        room -= (estimate(message.text) + TOKENS_PER_IMAGE * len(images)) * scale
        if room < 0 and turns:
            break
        turns.append(Turn(message.role, message.text, images))
    left_out = len(before) - len(turns)
    tail = [Turn("assistant", row.text)] if row.text else []
    return Request(
        row.model or home.model, [*system, *reversed(turns), *tail], left_out, row.text, num_ctx,
        home.temperature, _keep_alive(home), home.think,
    )  # fmt: skip


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


def estimate(text: str) -> int:
    """About how many tokens the text is, rather too many than too few."""
    return int(len(text.encode("utf-8", "surrogatepass")) / BYTES_PER_TOKEN) + TOKENS_PER_TURN


def used(messages: Sequence[Message], system: str) -> int:
    """How many tokens of context the conversation takes: Ollama's count where it is known."""
    last = next((m for m in reversed(messages) if m.role == "assistant" and m.prompt_tokens), None)
    if last is None:
        return sum(estimate(m.text) for m in messages) + (estimate(system) if system else 0)
    after = messages[messages.index(last) + 1 :]
    return (last.prompt_tokens or 0) + (last.answer_tokens or 0) + sum(estimate(m.text) for m in after)


def _before(answer: Message) -> list[Message]:
    rows = {m.id: m for m in Message.select().where(Message.conversation == answer.conversation_id)}
    path: list[Message] = []
    at = answer.parent_id
    while at is not None:
        path.append(rows[at])
        at = rows[at].parent_id
    return [
        m for m in reversed(path) if m.text or m.role == "user" or Image.select().where(Image.message == m).exists()
    ]


def _calibration(before: Sequence[Message]) -> float:
    """How far the estimate was off at the last answer whose prompt Ollama counted whole."""
    for index in range(len(before) - 1, -1, -1):
        counted = before[index].prompt_tokens
        if counted and not before[index].left_out:
            guessed = sum(estimate(m.text) for m in before[:index])
            return min(2.0, max(0.5, counted / max(1, guessed)))
    return 1.0
