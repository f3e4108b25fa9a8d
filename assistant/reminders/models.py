"""The rows of reminders.

What a person set is local time, zone and rule. ``due`` and ``at`` follow from them: everything that
was to ring before ``due`` has been dealt with, everything from it on has not.
"""

from datetime import datetime

import peewee

from assistant.storage.database import KeyField, UTCField
from assistant.users.models import Session

ACTIVE, DONE = "active", "done"
RINGING, SNOOZED, DISMISSED, MISSED, MOVED = "ringing", "snoozed", "dismissed", "missed", "moved"
WAITING = (RINGING, SNOOZED)  # rings that nobody answered yet
PUSH, WEBHOOK, NTFY = "push", "webhook", "ntfy"


class WallField(peewee.CharField):
    """A time as a clock on the wall shows it, without a zone; kept as ``YYYY-MM-DDTHH:MM:SS``."""

    def db_value(self, value: datetime | None) -> str | None:
        """The time as text; refuses an aware one, which would lose its zone."""
        if value is None:
            return None
        if value.tzinfo is not None:
            raise ValueError("a time on the wall has no zone")
        return value.isoformat(timespec="seconds")

    def python_value(self, value: str | None) -> datetime | None:
        """The naive time."""
        return None if value is None else datetime.fromisoformat(value)


class Reminder(peewee.Model):
    """What one user wants to be reminded of, and when; ``local`` is its first time, None is someday."""

    id = KeyField()
    user = peewee.IntegerField()
    uid = peewee.CharField(max_length=255)  # as calendars name it
    text = peewee.CharField(max_length=500)
    priority = peewee.IntegerField(default=0)  # 0 none, 1 low, 2 middle, 3 high
    local = WallField(max_length=19, null=True)
    zone = peewee.CharField(max_length=64)
    follows = peewee.BooleanField(default=False)  # travels with the user's zone
    rule = peewee.CharField(max_length=500, default="")  # RFC 5545 without DTSTART, and FEAST and EXCEPT
    after_done = peewee.CharField(max_length=20, default="")  # P3D, PT4H: counted from when it was done
    leads = peewee.TextField(default="[0]")  # minutes before its time at which it rings, as JSON
    at = UTCField(null=True)  # the occurrence that waits for an answer, else the next one
    due = UTCField(null=True)  # the next instant at which something rings
    state = peewee.CharField(max_length=10, default=ACTIVE)
    created = UTCField()
    updated = UTCField()
    done = UTCField(null=True)
    deleted = UTCField(null=True)
    link_kind = peewee.CharField(max_length=10, default="")  # note, message
    link_id = peewee.IntegerField(null=True)
    note = peewee.TextField(default="")
    words = peewee.TextField(default="")  # text and note as they are searched
    imported = peewee.BooleanField(default=False)  # from a calendar: somebody else may have written it

    class Meta:
        table_name = "reminder"


class ReminderTag(peewee.Model):
    """A tag of a reminder; ``key`` is the name as it is compared."""

    id = KeyField()
    reminder_id: int
    reminder = peewee.ForeignKeyField(Reminder, backref="tags", on_delete="CASCADE")
    user = peewee.IntegerField()
    name = peewee.CharField(max_length=100)
    key = peewee.CharField(max_length=300)

    class Meta:
        table_name = "reminder_tag"
        indexes = ((("reminder", "key"), True), (("user", "key"), False))


class Ring(peewee.Model):
    """That an occurrence rang, or was answered before it could, so many minutes before its time."""

    id = KeyField()
    reminder_id: int
    reminder = peewee.ForeignKeyField(Reminder, backref="rings", on_delete="CASCADE")
    user = peewee.IntegerField()
    occurrence = UTCField()
    lead = peewee.IntegerField(default=0)  # minutes
    due = UTCField()
    rang = UTCField(null=True)
    state = peewee.CharField(max_length=10)  # ringing, snoozed, done, dismissed, missed or moved
    answered = UTCField(null=True)
    snoozed_until = UTCField(null=True)
    late = peewee.IntegerField(default=0)  # seconds, when it rang more than a minute after it was due
    missed = peewee.IntegerField(default=0)  # further occurrences that this one rang for

    class Meta:
        table_name = "ring"
        indexes = ((("reminder", "occurrence", "lead"), True),)


class CalendarFeed(peewee.Model):
    """The address at which one user's calendars read the reminders; the row's absence is its end."""

    id = KeyField()
    user = peewee.IntegerField(unique=True)
    token = peewee.BlobField(unique=True)  # SHA-256 of the address' 32 random bytes
    created = UTCField()
    read = UTCField(null=True)  # when it was last read, give or take some minutes

    class Meta:
        table_name = "calendar_feed"


class Channel(peewee.Model):
    """Where a user's reminders ring outside the page: a subscribed browser, a webhook or an ntfy topic."""

    id = KeyField()
    user = peewee.IntegerField()
    kind = peewee.CharField(max_length=10)  # push, webhook, ntfy
    name = peewee.CharField(max_length=100, default="")  # of the browser
    address = peewee.CharField(max_length=2000)
    p256dh = peewee.CharField(max_length=100, default="")  # the browser's keys, for which a push is encrypted
    auth = peewee.CharField(max_length=40, default="")
    secret = peewee.CharField(max_length=200, default="")  # signs to a webhook, or is ntfy's access token
    session_id: int | None
    session = peewee.ForeignKeyField(Session, null=True, on_delete="CASCADE")  # of the browser
    created = UTCField()
    last_ok = UTCField(null=True)
    last_error = peewee.CharField(max_length=300, default="")
    failures = peewee.IntegerField(default=0)  # since it last worked

    class Meta:
        table_name = "channel"
        indexes = ((("user", "kind", "address"), True),)


class Delivery(peewee.Model):
    """That a ring is to be sent to a channel; ``next_try`` moves on while somebody is sending it.

    A notice has no ring, but its own words: title, body, and the address to which it leads, here.
    """

    id = KeyField()
    channel_id: int
    channel = peewee.ForeignKeyField(Channel, backref="deliveries", on_delete="CASCADE")
    ring_id: int | None
    ring = peewee.ForeignKeyField(Ring, null=True, backref="deliveries", on_delete="CASCADE")
    rang = UTCField()  # a snoozed ring rings again, and is sent again
    state = peewee.CharField(max_length=10, default="waiting")  # waiting, sent, dropped or failed
    attempts = peewee.IntegerField(default=0)
    next_try = UTCField()
    title = peewee.CharField(max_length=300, default="")
    body = peewee.CharField(max_length=300, default="")
    address = peewee.CharField(max_length=200, default="")

    class Meta:
        table_name = "delivery"
        indexes = ((("ring", "channel", "rang"), True),)


ALL: list[type[peewee.Model]] = [Reminder, ReminderTag, Ring, Channel, Delivery, CalendarFeed]
