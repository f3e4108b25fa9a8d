"""Deleted reminders: out of the lists and silent, whole, until they are restored or a day has passed."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from peewee import chunked

from assistant.errors import NotFound
from assistant.reminders.models import WAITING, Delivery, Reminder, Ring
from assistant.storage.database import changed

KEPT = timedelta(days=1)
HISTORY_KEPT = timedelta(days=400)
DELIVERIES_KEPT = timedelta(days=7)
AT_ONCE = 500  # rows of one statement


def get_own(user: int, reminder: int, *, deleted: bool = False) -> Reminder:
    """The user's reminder; NotFound when it is gone or someone else's, or deleted unless that is wanted."""
    row = Reminder.get_or_none((Reminder.id == reminder) & (Reminder.user == user))
    if row is None or (row.deleted is not None and not deleted):
        raise NotFound("There is no such reminder.")
    return row


def get_own_ids(user: int, reminders: Sequence[int], *, deleted: bool = False) -> list[int]:
    """Those of the ids that are reminders of the user, deleted ones or the others; NotFound when none is."""
    found: list[int] = []
    for some in chunked(reminders, AT_ONCE):
        mine = (Reminder.user == user) & Reminder.id.in_(list(some)) & Reminder.deleted.is_null(is_null=not deleted)
        rows: Any = Reminder.select(Reminder.id).where(mine)
        found += [id for (id,) in rows.tuples()]  # noqa: A001 - the row's own word
    if not found:
        raise NotFound("There is no such reminder.")
    return found


def delete(user: int, reminder: int, now: datetime) -> None:
    """Deletes the reminder, which can be restored for a day; NotFound when it is someone else's."""
    delete_all(user, [reminder], now)


def delete_all(user: int, reminders: Sequence[int], now: datetime) -> int:
    """Deletes these reminders, as ``delete``; returns how many there are, NotFound when none is the user's."""
    mine = get_own_ids(user, reminders)
    _mark(user, mine, now)
    return len(mine)


def restore(user: int, reminder: int) -> None:
    """Takes the deleted reminder back; what fell due meanwhile rings late. NotFound when it is someone else's."""
    restore_all(user, [reminder])


def restore_all(user: int, reminders: Sequence[int]) -> int:
    """Takes these reminders back, as ``restore``; returns how many there are, NotFound when none is the user's."""
    mine = get_own_ids(user, reminders, deleted=True)
    _mark(user, mine, None)
    return len(mine)


def purge(now: datetime) -> int:
    """Deletes for good, of all users, what was deleted a day ago; returns how many reminders that were.

    With it go answered rings of more than 400 days ago, and what was sent of rings a week ago.
    """
    Delivery.delete().where(Delivery.rang < now - DELIVERIES_KEPT).execute()
    Ring.delete().where((Ring.due < now - HISTORY_KEPT) & Ring.state.not_in(WAITING)).execute()
    return int(Reminder.delete().where(Reminder.deleted < now - KEPT).execute())


def _mark(user: int, reminders: Sequence[int], deleted: datetime | None) -> None:
    for some in chunked(reminders, AT_ONCE):
        Reminder.update(deleted=deleted).where(Reminder.id.in_(list(some))).execute()
    changed(user, "reminders", reminders[0] if len(reminders) == 1 else 0)
