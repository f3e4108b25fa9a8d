"""The rows of what comes by itself."""

import peewee

from assistant.chat.models import Conversation, Message
from assistant.storage.database import KeyField, UTCField

# How the last run of a scheduled question ended.
ANSWERED, FAILED, MISSED, STOPPED = "answered", "failed", "missed", "stopped"


class Brief(peewee.Model):
    """When a person's next brief is due, by the ``plan`` of their preferences; whoever moves ``due`` on makes it.

    ``day`` is that of the last one, in the person's calendar, and ``conversation`` where it stands.
    """

    id = KeyField()
    conversation_id: int | None
    user = peewee.IntegerField(unique=True)
    plan = peewee.CharField(max_length=100)
    due = UTCField(null=True)
    day = peewee.CharField(max_length=10, default="")
    conversation = peewee.ForeignKeyField(Conversation, null=True, on_delete="SET NULL")

    class Meta:
        table_name = "brief"


class ScheduledQuestion(peewee.Model):
    """A question that is asked at set times; ``local`` is its first time on the wall of the person's ``zone``.

    ``due`` is its next time. ``wanted`` is the time for which it is being asked now, ``next_try`` when that goes on,
    ``answer`` where it is being answered. ``last``, ``outcome`` and ``problem`` tell of the last time.
    """

    id = KeyField()
    conversation_id: int | None
    answer_id: int | None
    user = peewee.IntegerField(index=True)
    text = peewee.TextField()
    local = peewee.CharField(max_length=19)
    rule = peewee.CharField(max_length=500, default="")
    zone = peewee.CharField(max_length=64)
    model = peewee.CharField(max_length=200, default="")
    knows = peewee.CharField(max_length=10, default="")  # "notes" where it asks about the person's notes
    paused = peewee.BooleanField(default=False)
    due = UTCField(null=True)
    conversation = peewee.ForeignKeyField(Conversation, null=True, on_delete="SET NULL")
    wanted = UTCField(null=True)
    next_try = UTCField(null=True)
    answer = peewee.ForeignKeyField(Message, null=True, on_delete="SET NULL")
    last = UTCField(null=True)
    outcome = peewee.CharField(max_length=10, default="")
    problem = peewee.TextField(default="")
    created = UTCField()
    updated = UTCField()
    deleted = UTCField(null=True)

    class Meta:
        table_name = "scheduled_question"


ALL: list[type[peewee.Model]] = [Brief, ScheduledQuestion]
