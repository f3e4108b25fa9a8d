"""A user's questions and their answers: asked, edited, regenerated; each function is one unit of work."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.chat.conversations import TEXT_LIMIT, begin, get
from assistant.chat.documents import library
from assistant.chat.models import (
    BRIEF,
    CUT,
    DONE,
    FAILED,
    INTERRUPTED,
    STOPPED,
    WRITING,
    Conversation,
    Image,
    Message,
)
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import changed
from assistant.storage.engines.prepared import prepared

IMAGES_LIMIT = 8
FREE: dict[str, Any] = {"writer": "", "lease": None}  # for any instance to write it
KEEPABLE = (STOPPED, FAILED, INTERRUPTED, CUT)


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer; ``new`` is False when the same was asked before."""

    question: Message
    answer: Message
    new: bool


def ask(
    user: int,
    conversation: int | None,
    text: str,
    *,
    key: str | None,
    now: datetime,
    model: str,
    images: tuple[int, ...] = (),
    documents: tuple[int, ...] = (),
    settings: dict[str, Any] | None = None,
) -> Pair:
    """Stores the question and an empty answer that is being written; asking twice under a ``key`` is once.

    ``settings`` are those of a conversation that begins with this question.
    """
    known = _under.first(user, key) if key is not None else None
    if known is not None:
        first: Any = Message.select().where(Message.parent == known).order_by(Message.id).first()
        return Pair(known, first, new=False)
    _check(text, images, documents)
    title = text.strip() or _named(user, documents)
    home = get(user, conversation) if conversation else begin(user, title, now, settings or {})
    if model:
        home.model = model
    if conversation and is_writing(home):
        raise Conflict("An answer is still being written. Stop it or wait for its end.", field="text")
    pair = _pair(home, home.leaf, text, key=key, now=now, images=images)
    if documents:
        library.bring(pair.question, documents)
    return pair


def asked(user: int, key: str) -> int:
    """The conversation of the question that was stored under this key; 0 when there is none."""
    known = _under.first(user, key)
    return int(known.conversation_id) if known else 0


def edit(user: int, message: int, text: str, *, key: str | None, now: datetime) -> Pair:
    """Asks anew in place of an earlier question, which stays as a version of its own."""
    old = get_own(user, message)
    if old.role != "user":
        raise NotFound("There is no such question.")
    images = tuple(image.id for image in old.images)
    _check(text, images, [one.id for one in library.of_messages([old.id]).get(old.id, ())])
    if is_writing(old.conversation):
        raise Conflict("An answer is still being written. Stop it or wait for its end.", field="text")
    pair = _pair(old.conversation, old.parent_id, text, key=key, now=now, images=())
    for image in Image.select().where(Image.id.in_(images)):
        Image.create(
            user=user, message=pair.question, kind=image.kind, data=image.data, width=image.width,
            height=image.height, created=now,
        )  # fmt: skip
    library.bring_again(old, pair.question)
    return pair


def regenerate(user: int, message: int, *, model: str, now: datetime) -> Message:
    """A new, empty answer beside an earlier one, which stays as a version of its own.

    One that failed without a word is written again in its own place.
    """
    old = get_own(user, message)
    if old.role != "assistant":
        raise Invalid("Only answers can be written again.")
    if old.parent and (old.parent.key or "").startswith(BRIEF):
        raise Conflict("A brief is not written again, as its facts are from then. Ask about it below.")
    home = old.conversation
    if is_writing(home):
        raise Conflict("An answer is still being written. Stop it or wait for its end.")
    home.model = model or home.model
    if not old.text and not old.thinking and old.state in KEEPABLE:
        Message.update(state=WRITING, error="", model=home.model, **FREE).where(Message.id == old.id).execute()
        answer = get_own(user, message)
    else:
        answer = _empty_answer(home, old.parent_id, now)
    _turn_to(home, answer.id, now)
    return answer


def answer_to(user: int, question: int, *, model: str, now: datetime) -> Message:
    """A new, empty answer to a question that has none any more."""
    asked = get_own(user, question)
    home = asked.conversation
    if asked.role != "user" or is_writing(home):
        raise Conflict("An answer is still being written. Stop it or wait for its end.")
    home.model = model or home.model
    answer = _empty_answer(home, asked.id, now)
    _turn_to(home, answer.id, now)
    return answer


def resume(user: int, message: int, now: datetime) -> Message:
    """The unfinished answer, being written again from where it stopped."""
    old = get_own(user, message)
    count = (
        Message.update(state=WRITING, error="", **FREE)
        .where((Message.id == old.id) & Message.state.in_(KEEPABLE))
        .execute()
    )
    if not count:
        raise Conflict("This answer is not unfinished.")
    _turn_to(old.conversation, old.id, now)
    return get_own(user, message)


def get_own(user: int, message: int) -> Message:
    """The user's message with its conversation and that one's project; NotFound when it is someone else's."""
    found = _own.first(user, message)
    if found is None:
        raise NotFound("There is no such message.")
    try:
        found.conversation = get(user, found.conversation_id)
    except NotFound:
        raise NotFound("There is no such message.") from None
    return found


@prepared(Message)
def _own(user: Any, message: Any) -> Any:
    return Message.select().where((Message.id == message) & (Message.user == user) & Message.deleted.is_null())


@prepared(Message)
def _under(user: Any, key: Any) -> Any:
    return Message.select().where((Message.user == user) & (Message.key == key))


@prepared(Message)
def _being_written(home: Any) -> Any:
    return Message.select(Message.id).where((Message.conversation == home) & (Message.state == WRITING))


def find_in(user: int, conversation: int, message: int) -> Message | None:
    """The message of the user's conversation, removed or not; None when there is none. Raises NotFound."""
    home = get(user, conversation)
    return Message.get_or_none((Message.id == message) & (Message.conversation == home))


def is_writing(home: Conversation) -> bool:
    """Whether an answer of the conversation is being written."""
    return _being_written.first(home.id) is not None


def checkpoint(answer: int, **values: Any) -> None:
    """Keeps what has come so far of an answer that no other instance could be writing."""
    own = (Message.id == answer) & (Message.writer == "") & (Message.state == WRITING)
    Message.update(**values).where(own).execute()


def leave_out(answer: int, count: int) -> None:
    """Keeps that so many older messages did not fit, and tells the pages before the answer begins."""
    Message.update(left_out=count).where((Message.id == answer) & (Message.state == WRITING)).execute()
    row = Message.get_by_id(answer)
    changed(row.user, "conversation", row.conversation_id)


def finish(answer: int, now: datetime, *, writer: str = "", **values: Any) -> None:
    """Writes the answer's final text and state, unless another instance writes it now, and tells the pages."""
    Message.update(**values).where((Message.id == answer) & (Message.writer == writer)).execute()
    row = Message.get_by_id(answer)
    Conversation.update(updated=now).where(Conversation.id == row.conversation_id).execute()
    changed(row.user, "conversation", row.conversation_id)
    changed(row.user, "conversations")


def interrupt_all() -> int:
    """Marks the answers that a stopped process left being written, where no other could be writing them.

    Says how many there were.
    """
    return int(Message.update(state=INTERRUPTED, **FREE).where(Message.state == WRITING).execute())


def _pair(
    home: Conversation,
    parent: int | None,
    text: str,
    *,
    key: str | None,
    now: datetime,
    images: tuple[int, ...],
) -> Pair:
    user = home.user
    question = Message.create(
        conversation=home,
        user=user,
        parent=parent,
        role="user",
        text=text,
        created=now,
        key=key,
        state=DONE,
    )
    if images:
        free = Image.id.in_(images) & (Image.user == user) & Image.message.is_null()
        if Image.update(message=question).where(free).execute() != len(images):
            raise NotFound("One of the pictures is gone. Attach it again.", field="images")
    answer = _empty_answer(home, question.id, now)
    _turn_to(home, answer.id, now)
    return Pair(question, answer, new=True)


def _empty_answer(home: Conversation, parent: int | None, now: datetime) -> Message:
    return Message.create(
        conversation=home, user=home.user, parent=parent, role="assistant", state=WRITING, model=home.model, created=now
    )


def _turn_to(home: Conversation, leaf: int, now: datetime) -> None:
    home.leaf = leaf
    home.updated = now
    home.save(only=(Conversation.leaf, Conversation.updated, Conversation.model))
    changed(home.user, "conversations")
    changed(home.user, "conversation", home.id)


def _named(user: int, documents: Sequence[int]) -> str:
    """What a conversation without a word is called after: its first document; empty without one."""
    return next((one.name for one in library.some(user, documents)), "")


def _check(text: str, images: Sequence[int], documents: Sequence[int]) -> None:
    library.check(documents)
    if not text.strip() and not images and not documents:
        raise Invalid("Write something first.", field="text")
    if len(text) > TEXT_LIMIT:
        raise Invalid(
            f"This is {len(text):,} characters long; {TEXT_LIMIT:,} fit into one message.",
            field="text",
        )
    if len(images) > IMAGES_LIMIT:
        raise Invalid(f"At most {IMAGES_LIMIT} pictures fit into one message.", field="images")
