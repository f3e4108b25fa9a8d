"""How much a user has in reminders, and all of it gone for good, in pieces."""

from typing import Any

from peewee import fn

from assistant.reminders.models import CalendarFeed, Channel, Reminder
from assistant.storage.database import changed

AT_ONCE = 100  # reminders of one unit of work; each may have a history


def size(user: int) -> tuple[int, int]:
    """How many reminders there are, and bytes of their texts."""
    mine = (Reminder.user == user) & Reminder.deleted.is_null()
    texts: Any = Reminder.select(fn.SUM(fn.LENGTH(Reminder.text) + fn.LENGTH(Reminder.note))).where(mine)
    return Reminder.select().where(mine).count(), int(texts.scalar() or 0)


def remove(user: int) -> bool:
    """Removes some of the user's reminders, with all that rang; whether there may be more."""
    some: Any = Reminder.select(Reminder.id).where(Reminder.user == user).limit(AT_ONCE)
    more = Reminder.delete().where(Reminder.id.in_(some)).execute()
    changed(user, "reminders")
    return bool(more)


def disconnect(user: int) -> None:
    """Nothing of the user's rings outside the page any more, and no calendar reads it."""
    Channel.delete().where(Channel.user == user).execute()
    CalendarFeed.delete().where(CalendarFeed.user == user).execute()
