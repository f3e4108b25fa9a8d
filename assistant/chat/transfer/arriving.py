"""Takes conversations in: compared first, then stored under a mark, message by message; each step may be the last.

Where a conversation comes from, an archive or another program, makes no difference here.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from assistant.chat.models import Act, Conversation, Image, Message, Project, Source
from assistant.chat.pictures import SIZE_LIMIT
from assistant.chat.transfer import comparing, documents
from assistant.chat.transfer.comparing import Here
from assistant.chat.transfer.documents import Arriving as Documents
from assistant.chat.transfer.shapes import ConversationShape, MessageShape, Picture
from assistant.errors import Invalid
from assistant.storage import arrivals
from assistant.storage.database import changed
from assistant.storage.packing import UNREADABLE, Get, streamed
from assistant.storage.text import clean

AT_ONCE = 300  # rows of one statement
SIGNS = {"image/jpeg": b"\xff\xd8\xff", "image/png": b"\x89PNG\r\n"}  # that files of these kinds begin with
ALWAYS_NEW = {"id", "parent", "pictures", "documents", "acts", "sources"}


@dataclass(frozen=True, slots=True)
class Draft:
    """A conversation on its way in: its head, and its messages, which can be gone through again."""

    head: ConversationShape
    messages: Callable[[], Iterator[MessageShape]]


@dataclass(slots=True)
class Incoming:
    """Conversations of one user that come in: what came of them, or would come.

    ``remarks`` are about single ones, by title; ``messages`` are the ids, as they were and are, of those that are
    ``wanted``; ``turns`` are the branches to turn to at the end; ``projects`` are those that are here by then, by their
    keys.
    """

    user: int
    get: Get
    new: int = 0
    grown: int = 0
    here: int = 0
    fresh: int = 0
    pictures: int = 0
    documents: int = 0
    remarks: list[tuple[str, str]] = field(default_factory=list)
    wanted: set[int] = field(default_factory=set)
    messages: dict[int, int] = field(default_factory=dict)
    turns: dict[int, int] = field(default_factory=dict)
    projects: dict[str, int] = field(default_factory=dict)
    _rows: dict[str, int] | None = None  # of the conversations that are here, by their keys
    _seen: set[str] = field(default_factory=set)  # of those that came
    _documents: Documents = field(init=False)

    def __post_init__(self) -> None:
        self._documents = Documents(self.user, self.get)

    @property
    def counts(self) -> dict[str, int]:
        """What is new, what grew and what is here already, as it is told."""
        return {
            "new conversations": self.new, "conversations that grow": self.grown, "new messages": self.fresh,
            "pictures": self.pictures, "documents": self.documents, "conversations here already": self.here,
        }  # fmt: skip

    @property
    def then(self) -> dict[str, Any]:
        """What ``land`` has to know."""
        return {"turns": self.turns}

    def plan(self, one: Draft) -> Iterator[None]:
        """Says what would come of the conversation, piece by piece; reads only."""
        if self._came(one.head.key):
            return
        home, count, files = self._known(one.head.key), 0, set[str]()
        if home is None:
            for message in one.messages():
                count += 1
                self.pictures += len(message.pictures)
                files |= {one.file for one in message.documents}
                yield
            self.documents += len(files)
            self.new += 1
        else:
            count, versions = comparing.compared(Here(home), one.messages())
            self._tell(one.head, home, count, versions)
            yield
        self.fresh += count

    def store(self, one: Draft, mark: datetime) -> Iterator[None]:
        """Writes what is not here yet under the mark, a message at each step."""
        if self._came(one.head.key):
            return
        home = self._known(one.head.key)
        here = Here(home) if home is not None else None
        at = home.id if home is not None else self._begin(one.head, mark)
        ids: dict[int, int] = {}
        fresh = versions = 0
        for message in one.messages():
            parent = None if message.parent is None else ids[message.parent]
            same = here.same(parent, message) if here is not None else None
            if same is None:
                fresh, versions = fresh + 1, versions + (here is not None and here.other(parent, message))
                self.pictures += len(message.pictures)
            ids[message.id] = same or self._write(at, parent, message, mark)
            yield
        self.messages |= {old: new for old, new in ids.items() if old in self.wanted}
        self.fresh += fresh
        if home is None:
            self.new += 1
        else:
            self._tell(one.head, home, fresh, versions)
        if one.head.leaf in ids and (home is None or fresh):
            self.turns[at] = ids[one.head.leaf]

    def _came(self, key: str) -> bool:
        """Whether one with that key came before it from the same file, as programs export some twice."""
        twice = key in self._seen
        self._seen.add(key)
        self.here += twice
        return twice

    def _known(self, key: str) -> Conversation | None:
        """The one that is here; asked for one by one only where it is: there may be thousands."""
        if self._rows is None:
            self._rows = comparing.known(self.user)
        return Conversation.get_or_none(Conversation.id == self._rows[key]) if key in self._rows else None

    def _begin(self, head: ConversationShape, mark: datetime) -> int:
        values = head.model_dump(exclude={"leaf"}) | {"title": head.title or "Untitled"}
        values["project"] = self.projects.get(head.project)
        return arrivals.insert(Conversation, user=self.user, deleted=mark, **values)

    def _write(self, home: int, parent: int | None, message: MessageShape, mark: datetime) -> int:
        texts = {"text": clean(message.text), "thinking": clean(message.thinking)}
        values = message.model_dump(exclude=ALWAYS_NEW) | texts
        row = arrivals.insert(Message, conversation=home, user=self.user, parent=parent, deleted=mark, **values)
        for picture in message.pictures:
            about = picture.model_dump(exclude={"file"})
            arrivals.insert(Image, user=self.user, message=row, data=_bytes(self.get, picture), **about)
        self.documents += self._documents.take(home, row, message.documents)
        for act in message.acts:
            arrivals.insert(Act, user=self.user, conversation=home, message=row, **act.model_dump())
        for source in message.sources:
            arrivals.insert(Source, user=self.user, message=row, **source.model_dump())
        return row

    def _tell(self, head: ConversationShape, home: Conversation, new: int, versions: int) -> None:
        if not new:
            self.here += 1
            if home.deleted is not None:
                self.remarks.append((head.title, "It was deleted here, and can be brought back for a day."))
            return
        self.grown += 1
        words = f"{new:,} new message{'s' if new > 1 else ''}"
        if versions:
            words += f"; {versions:,} changed here and there, both kept as versions"
        self.remarks.append((head.title, words + "."))


def head_of(values: Any, where: str) -> ConversationShape:
    """What is said of a conversation; raises Invalid with the file for what is none."""
    try:
        return ConversationShape.model_validate(values)
    except ValidationError:
        raise Invalid(UNREADABLE.format(where)) from None


def messages_of(values: Iterable[Any], where: str) -> Iterator[MessageShape]:
    """The messages, each after the one that it follows; raises Invalid with the file for what is none."""
    seen = set[int]()
    for value in values:
        try:
            message = MessageShape.model_validate(value)
        except ValidationError:
            raise Invalid(UNREADABLE.format(where)) from None
        if message.id in seen or (message.parent is not None and message.parent not in seen):
            raise Invalid(f"{where} has messages that follow nothing.")
        seen.add(message.id)
        yield message


def drafts(get: Get, paths: Iterable[str]) -> Iterator[Draft]:
    """The conversations in these files of an archive."""
    for path in paths:

        def opened(path: str = path) -> tuple[dict[str, Any], Iterator[Any]]:
            return streamed(get(path), "messages")

        def messages(path: str = path, opened: Callable[[], Any] = opened) -> Iterator[MessageShape]:
            return messages_of(opened()[1], path)

        yield Draft(head_of(opened()[0], path), messages)


def land(user: int, mark: datetime, turns: dict[int, int]) -> Iterator[None]:
    """Takes the mark off, some rows at each step. Conversations come last, with all that is in them."""
    marked: Any = Message.select(Message.id).where(Message.deleted == mark).limit(AT_ONCE)
    while Message.update(deleted=None).where(Message.id.in_(marked)).execute():
        yield
    for conversation, leaf in turns.items():
        mine = (Conversation.id == conversation) & (Conversation.user == user)
        Conversation.update(leaf=leaf).where(mine).execute()
        changed(user, "conversation", conversation)
        yield
    if Project.update(deleted=None).where(Project.deleted == mark).execute():
        changed(user, "projects")
        yield
    some: Any = Conversation.select(Conversation.id).where(Conversation.deleted == mark).limit(AT_ONCE)
    while Conversation.update(deleted=None).where(Conversation.id.in_(some)).execute():
        changed(user, "conversations")
        yield


def undo(mark: datetime) -> bool:
    """Removes some rows that bear the mark; whether there are more."""
    some: Any = Message.select(Message.id).where(Message.deleted == mark).order_by(Message.id.desc()).limit(AT_ONCE)
    Act.delete().where(Act.message.in_(some)).execute()
    documents.undo(some)
    if Message.delete().where(Message.id.in_(some)).execute():
        return True
    homes: Any = Conversation.select(Conversation.id).where(Conversation.deleted == mark).limit(AT_ONCE)
    if Conversation.delete().where(Conversation.id.in_(homes)).execute():
        return True
    projects: Any = Project.select(Project.id).where(Project.deleted == mark).limit(1)
    return bool(Project.delete().where(Project.id.in_(projects)).execute())


def _bytes(get: Get, picture: Picture) -> bytes:
    with get(picture.file) as file:
        data = file.read(SIZE_LIMIT + 1)
    if len(data) > SIZE_LIMIT or not data.startswith(SIGNS[picture.kind]):
        raise Invalid(f"{picture.file} is no picture that a message can show.")
    return data
