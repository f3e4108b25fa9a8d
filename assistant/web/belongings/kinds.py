"""What is kept of a person in all rooms: how much, and deleted in pieces that hold nobody up."""

from functools import partial, reduce
from operator import add
from typing import Any

import peewee
from peewee import fn

from assistant.chat.models import Act, Conversation, Document, Fact, Image, Message, Project, Prompt
from assistant.chat.routines.rows import ScheduledQuestion
from assistant.chat.streaming.replies import Replies
from assistant.notes import trash
from assistant.notes.models import Attachment, Note, NoteVersion
from assistant.reminders.models import Reminder
from assistant.settings.kinds import Kind
from assistant.storage.database import changed


def kinds(replies: Replies) -> tuple[Kind, ...]:
    """The kinds, in the order of the rooms."""
    return (
        Kind(
            "conversations",
            "conversation",
            "conversations",
            _conversations,
            partial(_delete, Conversation, "conversations"),
            replies.stop_all,
        ),
        Kind("projects", "project", "projects", _projects, _delete_projects),
        Kind("prompts", "prompt", "prompts", _prompts, partial(_delete, Prompt, "prompts")),
        Kind("facts", "fact about you", "facts about you", _facts, partial(_delete, Fact, "memory")),
        Kind(
            "questions",
            "scheduled question",
            "scheduled questions",
            _questions,
            partial(_delete, ScheduledQuestion, "routines"),
        ),
        Kind("notes", "note", "notes", _notes, trash.delete_some),
        Kind("reminders", "reminder", "reminders", _reminders, partial(_delete, Reminder, "reminders")),
    )


def kept(user: int) -> dict[str, int]:
    """How many bytes of each kind the user has."""
    measures = (
        ("conversations", _conversations), ("projects", _projects), ("prompts", _prompts),
        ("facts about you", _facts), ("scheduled questions", _questions), ("notes", _notes), ("reminders", _reminders),
    )  # fmt: skip
    return {many: measure(user)[1] for many, measure in measures}


def _conversations(user: int) -> tuple[int, int]:
    texts = _sum(Message.select(fn.SUM(_bytes(Message.text) + _bytes(Message.thinking))).where(Message.user == user))
    pictures = _sum(Image.select(fn.SUM(fn.LENGTH(Image.data))).where(Image.user == user))
    documents = _documents(user, Document.project.is_null())
    steps = (_bytes(column) for column in (Act.said, Act.content, Act.card, Act.result, Act.way_back))
    acts = Act.select(fn.SUM(reduce(add, steps))).where(Act.user == user)
    return _count(Conversation, user), texts + pictures + documents + _sum(acts)


def _projects(user: int) -> tuple[int, int]:
    texts = _sum(Project.select(fn.SUM(_bytes(Project.system))).where(Project.user == user))
    return _count(Project, user), texts + _documents(user, ~Document.project.is_null())


def _documents(user: int, which: Any) -> int:
    return _sum(Document.select(fn.SUM(Document.size + Document.text_size)).where((Document.user == user) & which))


def _delete_projects(user: int, most: int) -> int:
    """Their documents go with them; their conversations stay."""
    changed(user, "conversations")
    return _delete(Project, "projects", user, most)


def _notes(user: int) -> tuple[int, int]:
    texts = _sum(Note.select(fn.SUM(_bytes(Note.text))).where(Note.user == user))
    older = NoteVersion.select(fn.SUM(NoteVersion.size)).join(Note).where(Note.user == user)
    pictures = Attachment.select(fn.SUM(Attachment.size)).where(Attachment.user == user)
    return _count(Note, user), texts + _sum(older) + _sum(pictures)


def _reminders(user: int) -> tuple[int, int]:
    texts = Reminder.select(fn.SUM(_bytes(Reminder.text) + _bytes(Reminder.note))).where(Reminder.user == user)
    return _count(Reminder, user), _sum(texts)


def _prompts(user: int) -> tuple[int, int]:
    return _count(Prompt, user), _sum(Prompt.select(fn.SUM(_bytes(Prompt.text))).where(Prompt.user == user))


def _facts(user: int) -> tuple[int, int]:
    return _count(Fact, user), _sum(Fact.select(fn.SUM(_bytes(Fact.text))).where(Fact.user == user))


def _questions(user: int) -> tuple[int, int]:
    mine = ScheduledQuestion.select(fn.SUM(_bytes(ScheduledQuestion.text))).where(ScheduledQuestion.user == user)
    return _count(ScheduledQuestion, user), _sum(mine)


def _delete(model: Any, topic: str, user: int, most: int) -> int:
    """Deletes so many rows and what hangs on them; what is deleted already and only waits to go, goes too."""
    ids = [row.id for row in model.select(model.id).where(model.user == user).order_by(model.id).limit(most)]
    gone = int(model.delete().where(model.id.in_(ids)).execute())
    changed(user, topic)
    return gone


def _count(model: Any, user: int) -> int:
    return int(model.select().where(model.user == user).count())


def _sum(query: Any) -> int:
    return int(query.scalar() or 0)


def _bytes(column: Any) -> Any:
    """The length of a text as it is stored; of the text itself SQLite counts characters."""
    sqlite = isinstance(column.model._meta.database, peewee.SqliteDatabase)  # noqa: SLF001
    return fn.LENGTH(column.cast("BLOB")) if sqlite else fn.OCTET_LENGTH(column)
