"""The private address at which a user's calendars read the reminders.

Only a digest of the address is kept: whoever reads the database, or a backup of it, cannot use it.
"""

import re
import secrets
from datetime import datetime, timedelta

from assistant.reminders.models import CalendarFeed
from assistant.storage.database import changed
from assistant.users.models import User
from assistant.users.passwords import digest_of

TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
NOTED_EVERY = timedelta(minutes=5)


def make(user: int, now: datetime) -> str:
    """The token of the user's new address; an earlier one stops working."""
    token = secrets.token_urlsafe(32)
    CalendarFeed.delete().where(CalendarFeed.user == user).execute()
    CalendarFeed.create(user=user, token=digest_of(token), created=now)
    changed(user, "calendar")
    return token


def get(user: int) -> CalendarFeed | None:
    """The user's address, without its secret; None when there is none."""
    return CalendarFeed.get_or_none(CalendarFeed.user == user)


def revoke(user: int) -> bool:
    """Makes the user's address stop working; returns whether there was one."""
    changed(user, "calendar")
    return bool(CalendarFeed.delete().where(CalendarFeed.user == user).execute())


def find(token: str) -> CalendarFeed | None:
    """The address with that token; None when it never was, was revoked, or its user is locked out."""
    if not TOKEN.fullmatch(token):
        return None
    in_use = User.select(User.id).where(User.disabled.is_null())
    return CalendarFeed.get_or_none((CalendarFeed.token == digest_of(token)) & CalendarFeed.user.in_(in_use))


def note_read(feed: int, now: datetime) -> None:
    """Keeps that the address was read now."""
    CalendarFeed.update(read=now).where(CalendarFeed.id == feed).execute()


def worth_noting(feed: CalendarFeed, now: datetime) -> bool:
    """Whether what is known of the last reading is some minutes old."""
    return feed.read is None or now - feed.read >= NOTED_EVERY
