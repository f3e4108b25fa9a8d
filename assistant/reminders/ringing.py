"""What rings for a person right now, as one summary in words."""

from dataclasses import dataclass
from datetime import datetime

from assistant.reminders import queries, rings
from assistant.reminders.links import Find, found
from assistant.reminders.models import Reminder
from assistant.reminders.rings import RINGING_LIMIT, RingText, ring_text
from assistant.users import preferences
from assistant.users.preferences import Preferences


@dataclass(frozen=True, slots=True)
class Summary:
    """The newest of what rings and how many rings that are; how many reminders are overdue; what the person prefers.

    ``coming`` is whether anything is still to ring.
    """

    rings: list[RingText]
    total: int
    overdue: int
    chosen: Preferences
    coming: bool


def summarize(user: int, find: Find, now: datetime, limit: int = RINGING_LIMIT) -> Summary:
    """What rings for the user, told in their zone; at most ``limit`` rings are told one by one."""
    chosen = preferences.load(user)

    def told(ring: rings.Rung) -> RingText:
        link = found(find, user, ring.link_kind, ring.link_id)
        return ring_text(ring, chosen, now, address=link.address if link else "")

    return Summary(
        rings=[told(ring) for ring in rings.ringing(user, limit)], total=rings.ringing_count(user),
        overdue=queries.overdue_count(user, now), chosen=chosen, coming=_coming(user),
    )  # fmt: skip


def _coming(user: int) -> bool:
    due = (Reminder.user == user) & Reminder.due.is_null(is_null=False) & Reminder.deleted.is_null()
    return bool(Reminder.select().where(due).exists())
