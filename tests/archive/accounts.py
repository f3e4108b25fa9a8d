"""Accounts with anything in them, and what they hold, told so that two can be compared: ids aside."""

import hashlib
import io
import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import peewee
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from PIL import Image as Pictures

from assistant.archive import arriving, bringing, writer
from assistant.archive.manifest import Manifest
from assistant.archive.rooms import Report
from assistant.chat.documents import library, shelf
from assistant.chat.models import (
    Act,
    Conversation,
    Document,
    Fact,
    Image,
    Message,
    MessageDocument,
    Project,
    Prompt,
    Source,
)
from assistant.chat.routines.rows import ScheduledQuestion
from assistant.chat.transfer.questions import QuestionShape
from assistant.notes.links import names
from assistant.notes.links.written import title_key
from assistant.notes.markdown_source import excerpt_of, title_of
from assistant.notes.models import ADDRESS, COLOURS, SHOWN, Attachment, Note, NoteLink, NoteName, NoteTag, NoteVersion
from assistant.notes.search import index
from assistant.notes.validation import tag_key
from assistant.notes.versions import revisions
from assistant.reminders.models import Reminder, ReminderTag, Ring
from assistant.storage.database import Database
from assistant.storage.text import clean, fold, one_line, sort_key
from assistant.users import accounts, preferences
from assistant.users.models import User
from assistant.users.profile import picture as portrait
from assistant.web.moving import rooms

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)

# What differs between two accounts that hold the same: ids, whose it is, keys by which it is known again, who writes.
ASIDE = {
    "id",
    "user",
    "key",
    "uid",
    "search_row",
    "conversation",
    "project",
    "message",
    "note",
    "reminder",
    "leaf",
    "parent",
    "link_id",
    "writer",
    "lease",
    "mark",
}


class Desk:
    """Somebody's account, and their archive."""

    def __init__(self, database: Database, name: str) -> None:
        self.database, self.name = database, name
        self.user = int(database.run_here(accounts.add, name, "hash", now=NOW).id)

    def export(self, target: Path, **more: Any) -> Manifest:
        return writer.write(
            self.database, rooms(), self.user, target, name=self.name, now=NOW, zone=UTC, **more
        )  # fmt: skip

    def bring(self, source: Path, act: arriving.Act | None = None, **more: Any) -> Report:
        with bringing.opened(rooms(), self.user, source, UTC) as coming:
            folder = self.database.folder
            return arriving.run(
                act or self.database.run_here, rooms(), self.user, coming.incoming, folder, now=NOW, **more
            )  # fmt: skip

    def plan(self, source: Path) -> Report:
        with bringing.opened(rooms(), self.user, source, UTC) as coming:
            return arriving.plan(self.database, coming.incoming)

    def holds(self) -> dict[str, Any]:
        """All that the account has, comparable with what another has."""
        with self.database.peewee.atomic():
            return {
                "account": json.loads(User.get_by_id(self.user).preferences),
                "picture": portrait.number(self.user) and bytes(portrait.get(self.user).data),
                "prompts": [_values(row) for row in _of(Prompt, self.user, Prompt.id)],
                "memory": [_values(row) | {"from": _from(row)} for row in _of(Fact, self.user, Fact.id)],
                "questions": [_question(row) for row in _of(ScheduledQuestion, self.user, ScheduledQuestion.id)],
                "projects": [_project(row) for row in _of(Project, self.user, Project.id)],
                "chats": [_chat(row) for row in _of(Conversation, self.user, Conversation.id)],
                "notes": [_note(row) for row in _of(Note, self.user, Note.search_row)],
                "reminders": [_reminder(row) for row in _of(Reminder, self.user, Reminder.id)],
            }


@cache
def face() -> bytes:
    """A picture of a person, as it is stored."""
    out = io.BytesIO()
    Pictures.new("RGB", (portrait.SIDE, portrait.SIDE), "teal").save(out, "JPEG")
    return out.getvalue()


def _of(model: Any, user: int, order: Any) -> list[Any]:
    return list(model.select().where(model.user == user).order_by(order))


def _values(row: Any) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row._meta.fields if name not in ASIDE}


def _from(row: Fact) -> str:
    home = Conversation.get_or_none(Conversation.id == row.conversation_id)
    return str(home.title) if home else ""


def _question(row: ScheduledQuestion) -> dict[str, Any]:
    """What is asked and when; its next time follows from that and from where the person is."""
    return {name: getattr(row, name) for name in QuestionShape.model_fields} | {
        "conversation": row.conversation and row.conversation.title
    }


def _chat(home: Conversation) -> dict[str, Any]:
    messages = list(Message.select().where(Message.conversation == home).order_by(Message.id))
    number = {message.id: place for place, message in enumerate(messages)}
    return _values(home) | {
        "project": home.project and home.project.name,
        "leaf": number.get(home.leaf),
        "messages": [
            _values(message) | {
                "parent": number.get(message.parent_id), "user": message.user == home.user,
                "acts": [
                    _values(act) | {"way_back": "", "address": "", "digest": "", "expires": None}
                    for act in Act.select().where(Act.message == message).order_by(Act.number, Act.id)
                ],
                "sources": [
                    _values(source) | {"of": 0, "address": ""}
                    for source in Source.select().where(Source.message == message).order_by(Source.number)
                ],
                "pictures": [
                    _values(image) | {"data": bytes(image.data)} for image in message.images.order_by(Image.id)
                ],
                "documents": [_document(one) for one in library.of_messages([message.id]).get(message.id, ())],
            }
            for message in messages
        ],
    }  # fmt: skip


def _project(row: Project) -> dict[str, Any]:
    return _values(row) | {"documents": [_document(one) for one in shelf.of_project(row.id)]}


def _document(row: Document) -> dict[str, Any]:
    return {name: getattr(row, name) for name in row._meta.fields if name not in {*ASIDE, "data"}} | {
        "data": library.contents(row.user, row.id), "texts": library.texts([row.id])[row.id],
    }  # fmt: skip


def _note(note: Note) -> dict[str, Any]:
    pictures = list(Attachment.select().where(Attachment.user == note.user).order_by(Attachment.note, Attachment.id))
    digests = {picture.id: picture.digest for picture in pictures}

    def told(text: str) -> str:
        return SHOWN.sub(lambda found: f"<{digests.get(int(found[1]), found[0])}>", text)

    return _values(note) | {
        "text": told(note.text), "excerpt": told(note.excerpt),
        "tags": [
            _values(tag) | {"key": tag.key} for tag in NoteTag.select().where(NoteTag.note == note).order_by(NoteTag.id)
        ],
        "names": sorted((one.key, one.rank) for one in NoteName.select().where(NoteName.note == note)),
        "links": sorted(link.key for link in NoteLink.select().where(NoteLink.note == note)),
        "versions": [_values(one) | {"text": told(one.text), "size": _fits(one)} for one in _versions(note)],
        "pictures": [_values(one) | {"data": bytes(one.data)} for one in pictures if one.note_id == note.id],
    }  # fmt: skip


def _versions(note: Note) -> Any:
    return NoteVersion.select().where(NoteVersion.note == note).order_by(NoteVersion.id)


def _fits(version: NoteVersion) -> bool:
    """Whether the size is that of the text, whose pictures have other addresses in another account."""
    return bool(version.size == len(version.text.encode()))


def _tags(row: Reminder) -> Any:
    return ReminderTag.select().where(ReminderTag.reminder == row).order_by(ReminderTag.id)


def _reminder(row: Reminder) -> dict[str, Any]:
    leads_to: Any = None
    if row.link_kind == "note":
        leads_to = Note.get_by_id(row.link_id).title
    elif row.link_kind == "message":
        leads_to = Message.get_by_id(row.link_id).text
    return _values(row) | {
        "leads to": leads_to,
        "tags": [_values(tag) | {"key": tag.key} for tag in _tags(row)],
        "rings": [_values(ring) for ring in Ring.select().where(Ring.reminder == row).order_by(Ring.id)],
    }


def differences(one: Any, other: Any, at: str = "") -> list[str]:
    """Where the two differ, a line each."""
    if isinstance(one, dict) and isinstance(other, dict) and one.keys() == other.keys():
        return [line for key in one for line in differences(one[key], other[key], f"{at}.{key}")]
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        pairs = enumerate(zip(one, other, strict=True))
        return [line for number, pair in pairs for line in differences(*pair, f"{at}[{number}]")]
    return [] if one == other else [f"{at}: {one!r} is not {other!r}"]


INSTANTS = st.datetimes(datetime(1971, 1, 1), datetime(2199, 12, 31)).map(lambda found: found.replace(tzinfo=UTC))  # noqa: DTZ001
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=60).map(clean)
LINES = WORDS.map(one_line)
TAGS = st.lists(st.from_regex(r"[a-zäA-Z]{1,8}(/[a-z]{1,4})?", fullmatch=True), max_size=3, unique_by=tag_key)
RULES = ("", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,FR", "FREQ=MONTHLY;BYMONTHDAY=-1")
SPECIAL: dict[str, SearchStrategy[Any]] = {
    "source": st.sampled_from(("typed", "conversation", "import")),
    "title_by": st.sampled_from(("first", "model", "user")),
    "temperature": st.none() | st.floats(0, 2),
    "num_ctx": st.none() | st.integers(512, 1_048_576),
    "think": st.sampled_from(("", "on", "high")),
    "knows": st.sampled_from(("", "notes")),
    "keep_alive": st.sampled_from(("", "10m")),
    "role": st.sampled_from(("user", "assistant")),
    "state": st.sampled_from(("done", "stopped", "failed", "interrupted", "cut")),
    "deleted": st.none(),
    "colour": st.sampled_from(COLOURS),
    "zone": st.sampled_from(("Europe/Berlin", "Asia/Kathmandu", "UTC")),
    "after_done": st.just(""),
    "priority": st.integers(0, 3),
    "late": st.integers(0, 10**6),
    "missed": st.integers(0, 1000),
    "allows": st.just(""),  # what needs no yes stays where it was said
    "reason": st.sampled_from(("edit", "merge", "restore", "import")),
    "version": st.integers(1, 10**6),
}


def _any(field: peewee.Field) -> SearchStrategy[Any]:
    """Any value of the column: a column that is new is filled like all others, and must come along."""
    kinds: tuple[tuple[type[peewee.Field], SearchStrategy[Any]], ...] = (
        (peewee.DateTimeField, INSTANTS),
        (peewee.BooleanField, st.booleans()),
        (peewee.FloatField, st.floats(0, 10**6)),
        (peewee.IntegerField, st.integers(0, 10**9)),
        (peewee.CharField, LINES.map(lambda found: found[: getattr(field, "max_length", 50)])),
        (peewee.TextField, WORDS),
    )
    if field.name in SPECIAL:
        return SPECIAL[field.name]
    found = next(kind for type_, kind in kinds if isinstance(field, type_))
    return st.none() | found if field.null else found


def _row(draw: DrawFn, model: Any, **given: Any) -> Any:
    fields = model._meta.fields.values()
    values = {f.name: draw(_any(f)) for f in fields if f.name not in {"id", *given} and f.name not in ASIDE}
    return model.create(**values, **given)


@cache
def picture(number: int, kind: str = "PNG") -> bytes:
    """A small picture."""
    out = io.BytesIO()
    Pictures.new("RGB", (2 + number, 3), (number, 50, 90)).save(out, kind)
    return out.getvalue()


@st.composite
def fillings(draw: DrawFn) -> Callable[[int], None]:
    """Something that fills an account with anything."""
    chats, notes, reminders = (draw(st.integers(0, 3)) for _ in range(3))

    def fill(user: int) -> None:
        if draw(st.booleans()):
            portrait.put_back(user, face())
        if draw(st.booleans()):
            preferences.save(user, theme="dark", zone="Europe/Berlin", notes_cards=True)
        for name in draw(st.lists(st.from_regex(r"[a-z]{1,6}", fullmatch=True), max_size=2, unique=True)):
            _row(draw, Prompt, user=user, name=name, key=name, text=draw(WORDS.filter(str.strip)))
        for number in range(draw(st.integers(0, 2))):
            _fill_project(draw, user, number)
        for _ in range(chats):
            _fill_chat(draw, user)
        for number in range(draw(st.integers(0, 3))):
            home = draw(st.sampled_from([None, *Conversation.select().where(Conversation.user == user)]))
            text = f"{number} {draw(LINES)}".strip()
            _row(draw, Fact, user=user, text=text, conversation=home)
        for number in range(draw(st.integers(0, 2))):
            home = draw(st.sampled_from([None, *Conversation.select().where(Conversation.user == user)]))
            text, outcome = f"{number} {draw(LINES)}".strip(), draw(st.sampled_from(("", "answered", "missed")))
            _row(
                draw, ScheduledQuestion, user=user, text=text, conversation=home, outcome=outcome, answer=None,
                local="2030-01-01T08:00:00", rule=draw(st.sampled_from(RULES)),
            )  # fmt: skip
        for _ in range(notes):
            _fill_note(draw, user)
        for _ in range(reminders):
            _fill_reminder(draw, user)

    return fill


def _fill_project(draw: DrawFn, user: int, number: int) -> None:
    name, tags = f"{number} {draw(LINES)}".strip(), "\n".join(draw(TAGS))
    row = _row(draw, Project, user=user, name=name, tags=tags, held="[]")
    for document in range(draw(st.integers(0, 2))):
        made = _draw_document(draw, user, document)
        Document.update(project=row).where(Document.id == made.id).execute()


def _fill_chat(draw: DrawFn, user: int) -> None:
    project = draw(st.sampled_from([None, *_of(Project, user, Project.id)]))
    home = _row(draw, Conversation, user=user, title=draw(LINES.filter(bool)), project=project)
    made: list[Message] = []
    for _ in range(draw(st.integers(0, 5))):
        parent = draw(st.sampled_from([None, *made]))
        message = _row(draw, Message, user=user, conversation=home, parent=parent)
        made.append(message)
        for number in range(draw(st.integers(0, 2)) if message.role == "assistant" else 0):
            _row(
                draw, Act, user=user, conversation=home, message=message, number=number,
                state=draw(st.sampled_from(("done", "refused", "void", "undone", "failed"))),
            )  # fmt: skip
        for number in range(draw(st.integers(0, 2)) if message.role == "assistant" else 0):
            _row(draw, Source, user=user, message=message, number=number, kind="note", title=draw(LINES)[:300])
        for number in range(draw(st.integers(0, 2))):
            Image.create(
                user=user, message=message, kind="image/png", data=picture(number), width=2, height=3,
                created=draw(INSTANTS),
            )  # fmt: skip
    for number in range(draw(st.integers(0, 2)) if made else 0):
        _fill_document(draw, home, draw(st.lists(st.sampled_from(made), min_size=1, max_size=2, unique=True)), number)
    if made:
        home.leaf = draw(st.sampled_from(made)).id
        home.save()


def _fill_document(draw: DrawFn, home: Conversation, messages: list[Message], number: int) -> None:
    row = _draw_document(draw, home.user, number)
    Document.update(conversation=home).where(Document.id == row.id).execute()
    for message in messages:
        MessageDocument.create(message=message, document=row)


def _draw_document(draw: DrawFn, user: int, number: int) -> Document:
    kind = draw(st.sampled_from(("pdf", "text", "csv")))
    texts = draw(st.lists(WORDS.map(lambda text: text.replace("\f", "")), min_size=1, max_size=3))
    file = library.prepared(f"{draw(LINES)} {number}.{kind}", kind, picture(number), texts)
    return library.add(user, file, draw(INSTANTS))


def _fill_note(draw: DrawFn, user: int) -> None:
    text = draw(WORDS) + draw(st.sampled_from(("", "\n[[Tea]]", "\n---\ntitle: x\n---\n")))
    title = draw(st.just("") | LINES)
    note = _row(
        draw, Note, user=user, text=text, title=title or title_of(text), title_set=bool(title),
        search_row=index.next_row(), title_key="", sort_key="", excerpt="",
    )  # fmt: skip
    for name in draw(TAGS):
        NoteTag.create(note=note, user=user, name=name, key=tag_key(name))
    for number in range(draw(st.integers(0, 2))):
        data = picture(number)
        shown = _row(
            draw,
            Attachment,
            user=user,
            note=note,
            kind="image/png",
            size=len(data),
            digest=hashlib.sha256(data).hexdigest(),
            data=data,
        )
        note.text += f"\n![]({ADDRESS}{shown.id})"
    others = [one.id for one in Attachment.select(Attachment.id).where(Attachment.user == user)]
    another = draw(st.sampled_from([0, *others]))
    if another:
        note.text += f"\n![of another]({ADDRESS}{another})"
    if not title:
        note.title = title_of(note.text)
    note.title_key, note.sort_key = title_key(note.title), sort_key(note.title)
    note.excerpt = excerpt_of(note.text, note.title)
    note.save()
    for _ in range(draw(st.integers(0, 2))):
        old = draw(st.sampled_from((note.text, "earlier")))
        tags = json.dumps(draw(TAGS), ensure_ascii=False)
        _row(draw, NoteVersion, note=note, text=old, tags=tags, size=len(old.encode()))
    index.write(note, revisions.tag_names(note.id))
    names.store(note)


def _fill_reminder(draw: DrawFn, user: int) -> None:
    link = draw(
        st.sampled_from([None, *Note.select().where(Note.user == user), *Message.select().where(Message.user == user)])
    )
    text, note = draw(LINES.filter(bool)), draw(WORDS.map(str.strip))
    rule = draw(st.sampled_from(RULES))
    row = _row(
        draw, Reminder, user=user, uid=f"uid {draw(st.uuids())}", text=text, note=note, rule=rule,
        local=datetime(2026, 3, 2, 9), leads=draw(st.sampled_from(("[0]", "[0, 60]"))),  # noqa: DTZ001
        state=draw(st.sampled_from(("active", "done"))), words=fold(f"{text}\n{note}"),
        link_kind="" if link is None else "note" if isinstance(link, Note) else "message",
        link_id=None if link is None else link.id,
    )  # fmt: skip
    for name in draw(TAGS):
        ReminderTag.create(reminder=row, user=user, name=name, key=tag_key(name))
    for number in range(draw(st.integers(0, 2))):
        _row(
            draw, Ring, user=user, reminder=row, occurrence=NOW + timedelta(days=number), lead=0,
            state=draw(st.sampled_from(("ringing", "snoozed", "done", "dismissed", "missed", "moved"))),
        )  # fmt: skip
