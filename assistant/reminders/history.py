"""What rang when, what was answered, and what still waits for an answer."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from peewee import Expression

from assistant.reminders.models import RINGING, Reminder, Ring
from assistant.reminders.trash import own

RINGING_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Rung:
    """A ring that waits for an answer: what to show, and how late it is."""

    ring: int
    reminder: int
    user: int
    text: str
    priority: int
    occurrence: datetime
    lead: int  # minutes before the occurrence
    due: datetime
    rang: datetime
    late: int  # seconds; 0 when it rang within a minute
    missed: int  # further occurrences that this one rings for
    link_kind: str
    link_id: int | None


@dataclass(frozen=True, slots=True)
class Rang:
    """A ring of the past, as the history of a reminder tells it; one without ``rang`` made no sound."""

    ring: int
    occurrence: datetime
    lead: int
    due: datetime
    rang: datetime | None
    state: str
    answered: datetime | None
    snoozed_until: datetime | None
    late: int
    missed: int


def ringing(user: int, limit: int = RINGING_LIMIT) -> list[Rung]:
    """The user's rings that wait for an answer, newest first, without the snoozed ones."""
    return rung(Ring.select(Ring, Reminder).join(Reminder).where(waiting(user)).order_by(Ring.rang.desc()).limit(limit))


def ringing_count(user: int) -> int:
    """How many rings of the user wait for an answer."""
    return int(Ring.select().join(Reminder).where(waiting(user)).count())


def waiting(user: int) -> Expression:
    """Chooses the user's rings that wait for an answer, read together with their reminders."""
    return (Ring.user == user) & (Ring.state == RINGING) & Reminder.deleted.is_null()


def history(user: int, reminder: int, limit: int = 100) -> list[Rang]:
    """What rang of the reminder and what became of it, newest first; NotFound when it is someone else's."""
    own(user, reminder)
    rows = Ring.select().where(Ring.reminder == reminder).order_by(Ring.occurrence.desc(), Ring.lead).limit(limit)
    return [
        Rang(r.id, r.occurrence, r.lead, r.due, r.rang, r.state, r.answered, r.snoozed_until, r.late, r.missed)
        for r in rows
    ]


def rung(rings: Iterable[Ring]) -> list[Rung]:
    """Rings, read together with their reminders, as they are shown."""
    return [
        Rung(
            ring=r.id, reminder=r.reminder.id, user=r.user, text=r.reminder.text, priority=r.reminder.priority,
            occurrence=r.occurrence, lead=r.lead, due=r.due, rang=r.rang, late=r.late, missed=r.missed,
            link_kind=r.reminder.link_kind, link_id=r.reminder.link_id,
        )
        for r in rings
    ]  # fmt: skip
