"""A user's conversations: asked, listed, changed; each function is one unit of work."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import JOIN, fn

from assistant.chat.models import DONE, INTERRUPTED, WRITING, Conversation, Image, Message
from assistant.errors import Conflict, Invalid, NotFound
from assistant.storage.database import changed

TEXT_LIMIT = 100_000  # characters of one message
TITLE_LIMIT = 80  # characters of a title that is made from the first message
IMAGES_LIMIT = 8
UNDO_TIME = timedelta(days=1)
KEEPABLE = ("stopped", "failed", "interrupted")
KEEP_ALIVE = re.compile(r"|-1|\d{1,6}|(\d{1,6}(ms|s|m|h))+")  # Go's durations, as Ollama reads them
THINKING = ("", "off", "on", "low", "medium", "high")


@dataclass(frozen=True, slots=True)
class Shown:
    """A message on the branch that is read: it is ``version`` of ``versions`` siblings."""

    message: Message
    version: int
    versions: int
    images: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and its answer; ``new`` is False when the same was asked before."""

    question: Message
    answer: Message
    new: bool


@dataclass(frozen=True, slots=True)
class Removed:
    """What ``put_back`` needs: the branch that was read, and the instant that marks the rows."""

    conversation: int
    leaf: int | None
    at: datetime


def ask(
    user: int,
    conversation: int | None,
    text: str,
    *,
    key: str,
    now: datetime,
    model: str,
    images: tuple[int, ...] = (),
    settings: dict[str, Any] | None = None,
) -> Pair:
    """Stores the question and an empty answer that is being written; asking twice is once.

    ``settings`` are those of a conversation that begins with this question.
    """
    known = Message.get_or_none((Message.user == user) & (Message.key == key))
    if known is not None:
        first: Any = Message.select().where(Message.parent == known).order_by(Message.id).first()
        return Pair(known, first, new=False)
    _check(text, images)
    home = get(user, conversation) if conversation else _begin(user, text, now, settings or {})
    if model:
        home.model = model
    if _writing(home):
        raise Conflict("An answer is still being written. Stop it or wait for its end.", field="text")
    return _pair(home, home.leaf, text, key=key, now=now, images=images)


def edit(user: int, message: int, text: str, *, key: str, now: datetime) -> Pair:
    """Asks anew in place of an earlier question, which stays as a version of its own."""
    old = own(user, message)
    if old.role != "user":
        raise Invalid("Only your own messages can be edited.", field="text")
    images = tuple(image.id for image in old.images)
    _check(text, images)
    if _writing(old.conversation):
        raise Conflict("An answer is still being written. Stop it or wait for its end.", field="text")
    pair = _pair(old.conversation, old.parent_id, text, key=key, now=now, images=())
    for image in Image.select().where(Image.id.in_(images)):
        Image.create(
            user=user, message=pair.question, kind=image.kind, data=image.data, width=image.width,
            height=image.height, created=now,
        )  # fmt: skip
    return pair


def again(user: int, message: int, *, model: str, now: datetime) -> Message:
    """A new, empty answer beside an earlier one, which stays as a version of its own.

    One that failed without a word is written again in its own place.
    """
    old = own(user, message)
    if old.role != "assistant":
        raise Invalid("Only answers can be written again.")
    home = old.conversation
    if _writing(home):
        raise Conflict("An answer is still being written. Stop it or wait for its end.")
    home.model = model or home.model
    if not old.text and not old.thinking and old.state in KEEPABLE:
        Message.update(state=WRITING, error="", model=home.model).where(Message.id == old.id).execute()
        answer = own(user, message)
    else:
        answer = _empty_answer(home, old.parent_id, now)
    _turn_to(home, answer.id, now)
    return answer


def answer_to(user: int, question: int, *, model: str, now: datetime) -> Message:
    """A new, empty answer to a question that has none any more."""
    asked = own(user, question)
    home = asked.conversation
    if asked.role != "user" or _writing(home):
        raise Conflict("An answer is still being written. Stop it or wait for its end.")
    home.model = model or home.model
    answer = _empty_answer(home, asked.id, now)
    _turn_to(home, answer.id, now)
    return answer


def keep_on(user: int, message: int, now: datetime) -> Message:
    """The unfinished answer, being written again from where it stopped."""
    old = own(user, message)
    count = (
        Message.update(state=WRITING, error="").where((Message.id == old.id) & Message.state.in_(KEEPABLE)).execute()
    )
    if not count:
        raise Conflict("This answer is not unfinished.")
    _turn_to(old.conversation, old.id, now)
    return own(user, message)


def thread(user: int, conversation: int) -> list[Shown]:
    """The messages of the branch that is read, from the first to the last."""
    home = get(user, conversation)
    path = _path(home)
    siblings: dict[int | None, list[int]] = {}
    there = (Message.conversation == home) & Message.deleted.is_null()
    rows: Any = Message.select(Message.id, Message.parent).where(there).order_by(Message.id)
    for row in rows.tuples():
        siblings.setdefault(row[1], []).append(row[0])
    pictures: dict[int, list[int]] = {}
    held: Any = Image.select(Image.id, Image.message).join(Message).where(Message.conversation == home)
    for image, message in held.order_by(Image.id).tuples():
        pictures.setdefault(message, []).append(image)
    return [
        Shown(
            m,
            siblings[m.parent_id].index(m.id) + 1,
            len(siblings[m.parent_id]),
            tuple(pictures.get(m.id, ())),
        )
        for m in path
    ]


def choose(user: int, message: int, version: int) -> None:
    """Turns to another version of the message, with what followed it there last."""
    one = own(user, message)
    ids = [row.id for row in Message.select(Message.id).where(_versions_of(one)).order_by(Message.id)]
    if not 1 <= version <= len(ids):
        raise NotFound("There is no such version.")
    reveal(user, ids[version - 1])


def reveal(user: int, message: int) -> int:
    """Turns to a branch that contains the message; returns its conversation."""
    one = own(user, message)
    home = one.conversation
    if one.id not in {m.id for m in _path(home)}:
        Conversation.update(leaf=_end_of(one.id)).where(Conversation.id == home.id).execute()
        changed(user, "conversation", home.id)
    return int(home.id)


def remove(user: int, message: int, now: datetime) -> Removed:
    """Takes the message and what followed it out of sight; ``put_back`` undoes that for a day.

    The version beside it is shown instead or, without one, the branch ends before it.
    """
    one = own(user, message)
    home = one.conversation
    if _writing(home):
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


def listing(user: int, *, words: str = "", archived: bool = False, limit: int = 100) -> list[Conversation]:
    """The user's conversations, pinned first, then the latest first."""
    query = Conversation.select().where(
        (Conversation.user == user) & Conversation.deleted.is_null() & (Conversation.archived == archived)
    )
    for word in words.split():
        query = query.where(fn.LOWER(Conversation.title).contains(word.lower()))
    return list(query.order_by(Conversation.pinned.desc(), Conversation.updated.desc()).limit(limit))


def get(user: int, conversation: int) -> Conversation:
    """The user's conversation; NotFound when it is deleted or someone else's."""
    found = Conversation.get_or_none(
        (Conversation.id == conversation) & (Conversation.user == user) & Conversation.deleted.is_null()
    )
    if found is None:
        raise NotFound("There is no such conversation.")
    return found


def own(user: int, message: int) -> Message:
    """The user's message with its conversation; NotFound when it is someone else's."""
    query = Message.select(Message, Conversation).join(Conversation, JOIN.INNER)
    found: Message | None = query.where(
        (Message.id == message) & (Message.user == user) & Message.deleted.is_null() & Conversation.deleted.is_null()
    ).first()
    if found is None:
        raise NotFound("There is no such message.")
    return found


def change(user: int, conversation: int, **values: Any) -> None:
    """Changes title, pinned, archived, model or the settings of the conversation.

    Raises Invalid with the field for a value that cannot be.
    """
    home = get(user, conversation)
    if "title" in values:
        values["title"] = " ".join(values["title"].split())
        values["title_by"] = "user"
    check_settings(values)
    for name, value in values.items():
        setattr(home, name, value)
    home.save()
    changed(user, "conversations")
    changed(user, "conversation", conversation)


def delete(user: int, conversation: int, now: datetime) -> None:
    """Takes the conversation out of sight; ``restore`` undoes it."""
    home = get(user, conversation)
    home.deleted = now
    home.save()
    changed(user, "conversations")


def restore(user: int, conversation: int) -> None:
    """Undoes ``delete``."""
    mine = (Conversation.id == conversation) & (Conversation.user == user)
    if not Conversation.update(deleted=None).where(mine).execute():
        raise NotFound("There is no such conversation.")
    changed(user, "conversations")


def purge(now: datetime) -> int:
    """Deletes for good what has been deleted for a day, and pictures never sent; says how many conversations."""
    Message.delete().where(Message.deleted < now - UNDO_TIME).execute()
    Image.delete().where(Image.message.is_null() & (Image.created < now - UNDO_TIME)).execute()
    return int(Conversation.delete().where(Conversation.deleted < now - UNDO_TIME).execute())


def checkpoint(answer: int, **values: Any) -> None:
    """Keeps what has come of an answer so far."""
    Message.update(**values).where((Message.id == answer) & (Message.state == WRITING)).execute()


def finish(answer: int, now: datetime, **values: Any) -> None:
    """Writes the answer's final text and state, and tells the pages."""
    Message.update(**values).where(Message.id == answer).execute()
    row = Message.get_by_id(answer)
    Conversation.update(updated=now).where(Conversation.id == row.conversation_id).execute()
    changed(row.user, "conversation", row.conversation_id)
    changed(row.user, "conversations")


def interrupt_all() -> int:
    """Marks the answers that a stopped process left being written; says how many there were."""
    return int(Message.update(state=INTERRUPTED).where(Message.state == WRITING).execute())


def better_title(conversation: int, title: str) -> None:
    """Sets a title that the model made, unless the user made one meanwhile."""
    made = (Conversation.id == conversation) & (Conversation.title_by == "first")
    if Conversation.update(title=title[:TITLE_LIMIT], title_by="model").where(made).execute():
        changed(Conversation.get_by_id(conversation).user, "conversations")


def title_from(text: str) -> str:
    """A title made from the first message: its first line, cut between words."""
    line = next((line.strip("#*> `-") for line in text.splitlines() if line.strip("#*> `-")), "") or "Picture"
    line = " ".join(line.split())
    if len(line) <= TITLE_LIMIT:
        return line
    return line[:TITLE_LIMIT].rsplit(" ", 1)[0].rstrip(",.;:") + "…"


def _begin(user: int, text: str, now: datetime, settings: dict[str, Any]) -> Conversation:
    check_settings(settings)
    return Conversation.create(user=user, title=title_from(text), created=now, updated=now, **settings)


def _pair(
    home: Conversation,
    parent: int | None,
    text: str,
    *,
    key: str,
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


def _turn_to(home: Conversation, leaf: int, now: datetime) -> None:
    home.leaf = leaf
    home.updated = now
    home.save()
    changed(home.user, "conversations")
    changed(home.user, "conversation", home.id)


def _path(home: Conversation) -> list[Message]:
    rows = {m.id: m for m in Message.select().where(Message.conversation == home.id)}
    path = []
    at = home.leaf
    while at is not None:
        path.append(rows[at])
        at = rows[at].parent_id
    return path[::-1]


def _writing(home: Conversation) -> bool:
    return Message.select().where((Message.conversation == home) & (Message.state == WRITING)).exists()


def _check(text: str, images: tuple[int, ...]) -> None:
    if not text.strip() and not images:
        raise Invalid("Write something first.", field="text")
    if len(text) > TEXT_LIMIT:
        raise Invalid(
            f"This is {len(text):,} characters long; {TEXT_LIMIT:,} fit into one message.",
            field="text",
        )
    if len(images) > IMAGES_LIMIT:
        raise Invalid(f"At most {IMAGES_LIMIT} pictures fit into one message.", field="images")


def check_settings(values: dict[str, Any]) -> None:
    """Raises Invalid, with the field, for a setting of a conversation that cannot be."""
    title = values.get("title")
    if title is not None and not 1 <= len(title) <= 200:  # noqa: PLR2004 - the column's length
        raise Invalid("A title has 1 to 200 characters.", field="title")
    temperature = values.get("temperature")
    if temperature is not None and not 0 <= temperature <= 2:  # noqa: PLR2004 - Ollama's useful range
        raise Invalid("The temperature goes from 0 (exact) to 2 (wild).", field="temperature")
    num_ctx = values.get("num_ctx")
    if num_ctx is not None and not 512 <= num_ctx <= 1_048_576:  # noqa: PLR2004 - as in the configuration
        raise Invalid("The context goes from 512 to 1048576 tokens.", field="num_ctx")
    if values.get("think", "") not in THINKING:
        raise Invalid("Thinking is off, on, low, medium or high.", field="think")
    if len(values.get("system", "")) > TEXT_LIMIT:
        raise Invalid(f"The instructions may have {TEXT_LIMIT:,} characters.", field="system")
    if not KEEP_ALIVE.fullmatch(values.get("keep_alive", "")):
        raise Invalid("Write how long, such as 30s, 10m or 1h; -1 is for ever.", field="keep_alive")
