"""All that a user has in reminders gone for good, in pieces."""

from typing import Any

from assistant.reminders.models import CalendarFeed, Channel, Reminder
from assistant.storage.database import changed

AT_ONCE = 100  # reminders of one unit of work; each may have a history


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
