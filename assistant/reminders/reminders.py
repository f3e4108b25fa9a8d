"""A user's reminders: set, changed, taken along; each function is one unit of work."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any, TypedDict, Unpack
from uuid import uuid4

from assistant.errors import Conflict, Invalid
from assistant.reminders import validation
from assistant.reminders.exceptions import carry_along, kept_after
from assistant.reminders.models import ACTIVE, Reminder, ReminderTag
from assistant.reminders.queries import Listed, listed, tag_names
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.rings import complete, put_away, uncomplete
from assistant.reminders.schedule import carry, catch_up, occurrence_after, set_times
from assistant.reminders.trash import get_own, get_own_ids
from assistant.storage.database import changed
from assistant.storage.text import clean, fold
from assistant.text import LARGEST


class Fields(TypedDict, total=False):
    """What a person can say about a reminder; with another ``link_kind`` its ``link_id`` is said as well."""

    text: str
    note: str
    priority: int
    local: datetime | None
    zone: str
    rule: str
    after_done: str
    leads: Sequence[int]
    tags: Sequence[str]
    follows: bool
    link_kind: str
    link_id: int | None


def add(
    user: int,
    *,
    text: str,
    local: datetime | None,
    zone: str,
    now: datetime,
    rule: str = "",
    after_done: str = "",
    leads: Sequence[int] = (0,),
    note: str = "",
    priority: int = 0,
    tags: Sequence[str] = (),
    follows: bool = False,
    link_kind: str = "",
    link_id: int | None = None,
    uid: str = "",
    allow_past: bool = False,
) -> Reminder:
    """The new reminder; without a ``local`` time it is for someday and never rings.

    With a rule, ``local`` moves on to the first time that fits it. A past time is taken, and does
    not ring, only when ``allow_past``. Raises Invalid with the field for what cannot be, Conflict
    when a reminder of the user has this ``uid`` already.
    """
    uid = clean(uid)[:255] or str(uuid4())
    if Reminder.select().where((Reminder.user == user) & (Reminder.uid == uid)).exists():
        raise Conflict("This reminder is there already.", field="uid")
    link_kind, link_id = validation.valid_link(link_kind, link_id)
    row = Reminder(user=user, uid=uid, created=now, follows=follows, link_kind=link_kind, link_id=link_id)
    fields = Fields(
        text=text, note=note, priority=priority, local=local, zone=zone, rule=rule, after_done=after_done,
        leads=leads, tags=tags,
    )  # fmt: skip
    _write(row, fields, now, allow_past=allow_past)
    return row


def tried(now: datetime, **fields: Unpack[Fields]) -> Reminder:
    """The reminder that ``add`` would keep, which is not kept. Raises as ``add``."""
    validation.valid_tags(fields.pop("tags", ()))
    row = Reminder(user=0, created=now)
    _fill(row, fields, now, allow_past=False)
    return row


def prepared(user: int, now: datetime, *, uid: str, **fields: Unpack[Fields]) -> Reminder:
    """The reminder that ``add`` would keep with a past time allowed, for those who store many. Raises as ``add``."""
    row = Reminder(user=user, uid=uid, created=now)
    _fill(row, fields, now, allow_past=True)
    row.words, row.updated = fold(f"{row.text}\n{row.note}"), now
    return row


def edit(user: int, reminder: int, now: datetime, *, allow_past: bool = False, **fields: Unpack[Fields]) -> Reminder:
    """The reminder with what is said changed: any of the arguments of ``add`` but link and uid.

    A changed time, zone, rule or lead is looked at from now on: what rang stays rung. A done
    reminder that gets a time to come is active again. Raises as ``add``, NotFound when it is
    someone else's.
    """
    row = get_own(user, reminder)
    _write(row, fields, now, allow_past=allow_past)
    return row


def get(user: int, reminder: int) -> Reminder:
    """The user's reminder; NotFound when it is deleted, gone or someone else's."""
    return get_own(user, reminder)


def linked(user: int, kind: str, id: int) -> list[Listed]:  # noqa: A002 - the row's own word
    """The user's reminders that lead to this note or message, the next first."""
    here = (Reminder.user == user) & (Reminder.link_kind == kind) & (Reminder.link_id == min(id, LARGEST))
    return listed(Reminder.select().where(here & Reminder.deleted.is_null()).order_by(Reminder.at).limit(50))


def complete_all(
    user: int, reminders: Sequence[int], now: datetime, *, occurrences: Mapping[int, datetime] | None = None
) -> int:
    """Completes these reminders, of those that are named their occurrence; returns how many there are.

    Raises NotFound when none is the user's.
    """
    mine, meant = get_own_ids(user, reminders), occurrences or {}
    for reminder in mine:
        complete(user, reminder, now, occurrence=meant.get(reminder))
    return len(mine)


def uncomplete_all(user: int, reminders: Sequence[int], now: datetime) -> int:
    """Takes back the last time that these were done; returns how many there are, NotFound when none is the user's."""
    mine = get_own_ids(user, reminders)
    for reminder in mine:
        uncomplete(user, reminder, now)
    return len(mine)


def prioritise_all(user: int, reminders: Sequence[int], priority: int, now: datetime) -> int:
    """Gives these reminders that priority; returns how many there are, NotFound when none is the user's."""
    mine = get_own_ids(user, reminders)
    for reminder in mine:
        edit(user, reminder, now, priority=priority)
    return len(mine)


def tag_all(user: int, reminders: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = ()) -> list[int]:
    """Adds and removes tags on these reminders; returns those that it changed.

    Raises Invalid (field tags) when one has too many then, NotFound when none is the user's.
    """
    unwanted, touched = {validation.tag_key(tag) for tag in remove}, []
    for reminder in get_own_ids(user, reminders):
        had = tag_names(reminder)
        names = [name for name in had if validation.tag_key(name) not in unwanted]
        wanted = validation.valid_tags([*names, *add])
        if list(wanted.values()) != had:
            _set_tags(user, reminder, wanted)
            changed(user, "reminders", reminder)
            touched.append(reminder)
    return touched


def travel(user: int, zone: str, now: datetime) -> int:
    """Makes the user's reminders that travel along ring by the clocks of that zone; returns how many there are.

    What was to come keeps its time on the wall, also when that has just passed there: then it rings
    at once. What rang does not ring again. Raises Invalid (field zone) for an unknown zone.
    """
    timezones.check_zone(zone)
    along = (Reminder.user == user) & Reminder.follows & (Reminder.state == ACTIVE) & (Reminder.zone != zone)
    rows = list(Reminder.select().where(along))
    for row in rows:
        carry_along(row, zone, now)
        carry(row, zone)
        catch_up(row, now)
        row.updated = now
        row.save(only=[Reminder.zone, Reminder.at, Reminder.due, Reminder.updated])
    if rows:
        changed(user, "reminders")
    return len(rows)


def _write(row: Reminder, fields: Fields, now: datetime, *, allow_past: bool) -> None:
    tags = validation.valid_tags(fields.pop("tags")) if "tags" in fields else None
    _fill(row, fields, now, allow_past=allow_past)
    row.words, row.updated = fold(f"{row.text}\n{row.note}"), now
    row.save()
    if tags is not None:
        _set_tags(row.user, row.id, tags)
    changed(row.user, "reminders", row.id)


def _fill(row: Reminder, fields: Fields, now: datetime, *, allow_past: bool) -> None:
    timed = _timing(row)
    for name, value in fields.items():
        setattr(row, name, CHECKS[name](value) if name in CHECKS else value)
    row.link_kind, row.link_id = validation.valid_link(row.link_kind, row.link_id)
    if row.id is None or _timing(row) != timed:
        _time(row, now, allow_past=allow_past)


def _time(row: Reminder, now: datetime, *, allow_past: bool) -> None:
    """Looks at a new time, zone, rule or lead from now on; what still waited for an answer is put away."""
    timezones.check_zone(row.zone)
    if row.rule and row.after_done:
        raise Invalid("It repeats at fixed times or after it was done, not both.", field="after_done")
    if row.local is None and (row.rule or row.after_done):
        raise Invalid("A repetition needs a first time.", field="local")
    if row.local is not None:
        row.rule = next_times.check_rule(row.rule, row.local, row.zone)
        row.local = next_times.first_wall(row.local, row.zone, row.rule) or row.local
    set_times(row, now)
    if row.rule and row.id is not None:
        row.at = kept_after(row, now) or row.at
    if row.local is not None and row.due is None and not allow_past:
        raise _too_late(row, now)
    if row.at is None or row.at > now:
        row.state, row.done = ACTIVE, None
    if row.id is not None:
        put_away(row, now)


def _too_late(row: Reminder, now: datetime) -> Invalid:
    if occurrence_after(row, now) is not None:
        return Invalid("So long before its time has passed already; let it ring later.", field="leads")
    if row.rule:
        return Invalid("This repetition has no time that is still to come.", field="rule")
    return Invalid("This time has passed already.", field="local")


def _timing(row: Reminder) -> tuple[object, ...]:
    return row.local, row.zone, row.rule, row.after_done, row.leads


def _set_tags(user: int, reminder: int, tags: dict[str, str]) -> None:
    ReminderTag.delete().where(ReminderTag.reminder == reminder).execute()
    rows = [{"reminder": reminder, "user": user, "name": name, "key": key} for key, name in tags.items()]
    if rows:
        ReminderTag.insert_many(rows).execute()


CHECKS: dict[str, Callable[[Any], Any]] = {
    "text": validation.valid_text,
    "note": validation.valid_note,
    "priority": validation.valid_priority,
    "local": validation.valid_local,
    "rule": str.strip,
    "after_done": validation.valid_interval,
    "leads": lambda leads: json.dumps(validation.valid_leads(leads)),
}
