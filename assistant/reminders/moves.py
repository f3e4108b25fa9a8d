"""Reminders put on another day, and back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from assistant.errors import Invalid, NotFound
from assistant.reminders import exceptions, reminders, trash, validation
from assistant.reminders.models import DONE, MOVED, Reminder, Ring
from assistant.reminders.queries import tag_names
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.schedule import catch_up, leads
from assistant.reminders.trash import get_own, get_own_ids
from assistant.storage.database import changed

OVER = (DONE, MOVED)
MORNING = time(9)  # of a day to which a reminder without a time is moved


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved, as far as moving it back needs it.

    ``was`` is the former time on the wall; ``copy`` the reminder that took the place of one
    ``occurrence`` of a repetition.
    """

    reminder: int
    was: datetime | None = None
    done: datetime | None = None  # when it had been
    occurrence: datetime | None = None
    copy: int | None = None


def move(user: int, reminder: int, day: date, now: datetime, *, occurrence: datetime | None = None) -> Moved:
    """Puts the reminder on another day at the same time of day; one without a time comes at nine.

    Of a repetition only one ``occurrence`` moves, the one that lists show unless another is named:
    it becomes a reminder of its own. Raises Invalid (field day) for a past time or an occurrence
    that does not exist, NotFound when it is someone else's.
    """
    row = get_own(user, reminder)
    if row.rule:
        return _move_one(row, occurrence or row.at, day, now)
    local = datetime.combine(day, row.local.time() if row.local else MORNING)
    moved = Moved(reminder, was=row.local, done=row.done)
    _check(row, local, now)
    reminders.edit(user, reminder, now, local=local)
    return moved


def move_back(user: int, moved: Moved, now: datetime) -> None:
    """Undoes ``move``; NotFound when it is someone else's."""
    row = get_own(user, moved.reminder)
    if moved.copy is None or moved.occurrence is None:
        row = reminders.edit(user, row.id, now, local=moved.was, allow_past=True)
        if moved.done is not None:
            row.state, row.done, row.due = DONE, min(moved.done, now), None
        else:
            catch_up(row, now)
        row.save()
        return
    if exceptions.take_back(row, moved.occurrence, now):
        with suppress(NotFound):  # it may have been deleted meanwhile
            trash.delete(user, moved.copy, now)
        row.updated = now
        row.save()
        changed(user, "reminders")


def move_all(user: int, reminders: Sequence[int], day: date, now: datetime) -> list[Moved]:
    """Moves these reminders, all or none. Raises as ``move``, NotFound when none is the user's."""
    return [move(user, reminder, day, now) for reminder in get_own_ids(user, reminders)]


def _move_one(row: Reminder, occurrence: datetime, day: date, now: datetime) -> Moved:
    if not exceptions.occurs(row, occurrence):
        raise Invalid(f"“{row.text}” does not come at that time.", field="day")
    answered = Ring.get_or_none((Ring.reminder == row.id) & (Ring.occurrence == occurrence) & Ring.state.in_(OVER))
    if answered:
        raise Invalid(f"“{row.text}” was {answered.state} that day already.", field="day")
    local = datetime.combine(day, next_times.wall_at(row.local, row.zone, row.rule, occurrence).time())
    _check(row, local, now)
    exceptions.leave_out(row, [occurrence], now)
    row.updated = now
    row.save()
    copy = reminders.add(
        row.user, text=row.text, local=local, zone=row.zone, now=now, leads=leads(row), note=row.note,
        priority=row.priority, tags=tag_names(row.id), follows=row.follows, link_kind=row.link_kind,
        link_id=row.link_id,
    )  # fmt: skip
    return Moved(row.id, occurrence=occurrence, copy=copy.id)


def _check(row: Reminder, local: datetime, now: datetime) -> None:
    if local.year not in validation.YEARS:
        raise Invalid(f"Choose a year from {validation.YEARS[0]} to {validation.YEARS[-1]}.", field="day")
    if timezones.utc(local, row.zone) <= now:
        raise Invalid(f"“{row.text}” would be in the past then.", field="day")
