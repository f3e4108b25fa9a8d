"""What chat is given of reminders."""

from datetime import datetime

from assistant.chat.pages.today import Coming
from assistant.reminders import queries


def today(user: int, zone: str, now: datetime, limit: int) -> list[Coming]:
    """The first of the user's reminders of this day, in order."""
    found = queries.listing(user, "today", zone=zone, now=now, limit=limit).rows
    return [
        Coming(one.text, one.at, f"/reminders?open={one.id}", one.at <= now and one.snoozed is None)
        for one in found
        if one.at is not None
    ]
