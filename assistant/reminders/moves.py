"""Reminders put on another day or put off for a while, and back."""

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, time

from assistant.errors import Invalid, NotFound
from assistant.reminders import exceptions, reminders, trash, validation
from assistant.reminders.models import DISMISSED, DONE, MOVED, SNOOZED, WAITING, Reminder, Ring
from assistant.reminders.queries import tag_names
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.rings import SNOOZE_LIMIT
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


@dataclass(frozen=True, slots=True)
class PutOff:
    """A ring that was put off, and what it was before."""

    ring: int
    state: str
    until: datetime | None


def put_off(user: int, reminder: int, until: datetime, now: datetime) -> list[PutOff]:
    """Lets what rang of the reminder's present occurrence ring again then; returns what ``put_back`` needs.

    Raises Invalid (field until) for a time that is past or more than a year away and for a reminder that
    has not rung, NotFound when it is someone else's.
    """
    row = get_own(user, reminder)
    if not now < until <= now + SNOOZE_LIMIT:
        raise Invalid("Choose a time within the next year.", field="until")
    rung = (Ring.reminder == row.id) & (Ring.occurrence == row.at) & Ring.rang.is_null(is_null=False)
    last = Ring.select().where(rung & Ring.state.in_((*WAITING, DISMISSED))).order_by(Ring.lead).first()
    if row.state == DONE or last is None:
        raise Invalid("This reminder has not rung yet. Move it instead.", field="until")
    waiting = (Ring.reminder == row.id) & Ring.state.in_(WAITING)
    rings = {ring.id: ring for ring in [last, *Ring.select().where(waiting)]}
    Ring.update(state=SNOOZED, answered=None, snoozed_until=until).where(Ring.id.in_(list(rings))).execute()
    changed(user, "reminders", row.id)
    return [PutOff(ring.id, ring.state, ring.snoozed_until) for ring in rings.values()]


def put_back(user: int, rings: Sequence[PutOff], now: datetime) -> None:
    """Undoes ``put_off`` for those of the user's rings that are still put off."""
    for one in rings:
        answered = now if one.state == DISMISSED else None
        asleep = (Ring.id == one.ring) & (Ring.user == user) & (Ring.state == SNOOZED)
        Ring.update(state=one.state, answered=answered, snoozed_until=one.until).where(asleep).execute()
    changed(user, "reminders")


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
