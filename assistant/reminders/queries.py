"""What a user sees of the reminders: lists a page at a time, the calendar day by day, tags."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any, NamedTuple

from peewee import Expression, Tuple, fn

from assistant.errors import Invalid, NotFound
from assistant.reminders.exceptions import left_out
from assistant.reminders.models import ACTIVE, DONE, SNOOZED, Reminder, ReminderTag, Ring
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.schedule import leads
from assistant.reminders.validation import tag_key
from assistant.storage.database import UTCField
from assistant.storage.text import fold

PAGE_LIMIT = 200
WORDS_LIMIT = 10
VIEWS = ("today", "coming", "overdue", "due", "someday", "done")
WORDS = re.compile(r'"([^"]+)"|([^\s"]+)')  # in quotes they stand together
CURSOR = re.compile(r"(\d{1,18})\.([\d :.-]{0,40})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Listed:
    """A reminder as lists show it; ``at`` is the occurrence that waits for an answer, else the next."""

    id: int
    text: str
    note: str
    priority: int
    at: datetime | None
    due: datetime | None
    local: datetime | None
    zone: str
    follows: bool
    rule: str
    after_done: str
    leads: tuple[int, ...]
    state: str
    done: datetime | None
    snoozed: datetime | None  # until when it is silent
    link_kind: str
    link_id: int | None
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a list; ``next`` leads to the piece after it, where there is one."""

    rows: list[Listed]
    next: str | None


def listing(
    user: int,
    view: str,
    *,
    zone: str,
    now: datetime,
    tag: str | None = None,
    priority: int | None = None,
    words: str = "",
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """The reminders of a view after the cursor, the earliest first; someday and done the latest first.

    Today and coming are by the days of ``zone``; overdue is what has passed without being done,
    today's as well; due is both together. Raises Invalid for a view or a zone that does not exist, NotFound
    for such a cursor.
    """
    limit = max(1, min(limit, PAGE_LIMIT))
    chosen = _in_view(user, view, zone, now) & _filtered(user, tag, priority, words)
    field, newest_first = {"done": (Reminder.done, True), "someday": (Reminder.id, True)}.get(
        view, (Reminder.at, False)
    )
    if after:
        place, edge = Tuple(field, Reminder.id), Tuple(*_parsed(after, view))
        chosen &= place < edge if newest_first else place > edge
    order = (field.desc(), Reminder.id.desc()) if newest_first else (field, Reminder.id)
    rows = list(Reminder.select().where(chosen).order_by(*order).limit(limit + 1))
    more = len(rows) > limit
    return Page(listed(rows[:limit]), cursor(rows[limit - 1], view) if more else None)


def found(user: int, words: str, limit: int) -> list[Listed]:
    """The first of the user's reminders that have the words: what waits, by its time, and then what is over."""
    has = _filtered(user, None, None, words) & Reminder.deleted.is_null()
    waits = Reminder.select().where(has & (Reminder.state == ACTIVE))
    rows = list(waits.order_by(Reminder.at.is_null(), Reminder.at, Reminder.id).limit(limit))
    if len(rows) < limit:
        over = Reminder.select().where(has & (Reminder.state != ACTIVE) & Reminder.done.is_null(is_null=False))
        rows.extend(over.order_by(Reminder.done.desc(), Reminder.id.desc()).limit(limit - len(rows)))
    return listed(rows)


def cursor(row: Reminder | Listed, view: str) -> str:
    """Where the list goes on after this row."""
    return cursor_at({"done": row.done, "someday": None}.get(view, row.at), row.id)


def cursor_at(instant: datetime | None, after: int = 0) -> str:
    """Where a list goes on at that instant, ``after`` the row of that id."""
    return f"{after}.{UTCField().db_value(instant) or ''}"


def count(user: int, view: str, zone: str, now: datetime) -> int:
    """How many reminders a view has. Raises as ``listing``."""
    return int(Reminder.select().where(_in_view(user, view, zone, now)).count())


def overdue_count(user: int, now: datetime) -> int:
    """How many of the user's reminders have passed without being done, without the snoozed ones."""
    asleep = Ring.select(Ring.reminder).where((Ring.user == user) & (Ring.state == SNOOZED))
    return int(Reminder.select().where(_in_view(user, "overdue", "UTC", now) & Reminder.id.not_in(asleep)).count())


def tags(user: int) -> list[tuple[str, int]]:
    """The user's tags in alphabetical order, each with the number of reminders that have it."""
    here = (ReminderTag.user == user) & Reminder.deleted.is_null()
    counted = ReminderTag.select(fn.MIN(ReminderTag.name), fn.COUNT(ReminderTag.id)).join(Reminder).where(here)
    rows: Any = counted.group_by(ReminderTag.key).order_by(ReminderTag.key)
    return list(rows.tuples())


def tag_names(reminder: int) -> list[str]:
    """The reminder's tags in the order in which they were given."""
    return [tag.name for tag in ReminderTag.select().where(ReminderTag.reminder == reminder).order_by(ReminderTag.id)]


def listed(reminders: Iterable[Reminder]) -> list[Listed]:
    """Reminders as lists show them, with their tags."""
    rows = list(reminders)
    named: dict[int, list[str]] = {row.id: [] for row in rows}
    found: Any = ReminderTag.select(ReminderTag.reminder, ReminderTag.name).where(ReminderTag.reminder.in_(list(named)))
    for reminder, name in found.order_by(ReminderTag.id).tuples():
        named[reminder].append(name)
    asleep = Ring.select(Ring.reminder, Ring.snoozed_until).where(
        Ring.reminder.in_(list(named)) & (Ring.state == SNOOZED)
    )
    until = {ring.reminder_id: ring.snoozed_until for ring in asleep.order_by(Ring.snoozed_until)}
    return [
        Listed(
            id=row.id, text=row.text, note=row.note, priority=row.priority, at=row.at, due=row.due, local=row.local,
            zone=row.zone, follows=row.follows, rule=row.rule, after_done=row.after_done, leads=tuple(leads(row)),
            state=row.state, done=row.done, snoozed=until.get(row.id),
            link_kind=row.link_kind, link_id=row.link_id, tags=tuple(named[row.id]),
        )
        for row in rows
    ]  # fmt: skip


def _in_view(user: int, view: str, zone: str, now: datetime) -> Expression:
    active = (Reminder.user == user) & (Reminder.state == ACTIVE) & Reminder.deleted.is_null()
    if view == "someday":
        return active & Reminder.at.is_null()
    if view == "overdue":
        return active & (Reminder.at <= now)
    if view == "done":
        return (Reminder.user == user) & Reminder.done.is_null(is_null=False) & Reminder.deleted.is_null()
    if view not in VIEWS:
        raise Invalid("This list does not exist.")
    midnight = datetime.combine(timezones.on_the_wall(now, zone), time())
    tomorrow = timezones.utc(midnight + timedelta(days=1), zone)
    if view == "coming":
        return active & (Reminder.at >= tomorrow)
    if view == "due":
        return active & (Reminder.at < tomorrow)
    return active & (Reminder.at >= timezones.utc(midnight, zone)) & (Reminder.at < tomorrow)


def _filtered(user: int, tag: str | None, priority: int | None, words: str) -> Expression:
    chosen = Reminder.user == user
    if tag is not None:
        tagged = (ReminderTag.user == user) & (ReminderTag.key == tag_key(tag))
        chosen &= Reminder.id.in_(ReminderTag.select(ReminderTag.reminder).where(tagged))
    if priority is not None:
        chosen &= Reminder.priority == priority
    for quoted, word in WORDS.findall(fold(words))[:WORDS_LIMIT]:
        said = " ".join(quoted.split()) or word
        tagged = (ReminderTag.user == user) & ReminderTag.key.in_(_keys_with(user, said.removeprefix("#")))
        chosen &= Reminder.words.contains(said) | Reminder.id.in_(
            ReminderTag.select(ReminderTag.reminder).where(tagged)
        )
    return chosen


def _keys_with(user: int, said: str) -> list[str]:
    """The keys of the user's tags that have the folded words in them."""
    keys: Any = ReminderTag.select(ReminderTag.key).distinct().where(ReminderTag.user == user)
    return [key for (key,) in keys.tuples() if said and said in fold(key)]


def _parsed(cursor: str, view: str) -> list[Any]:
    found = CURSOR.fullmatch(cursor)
    try:
        row, moment = (int(found[1]), found[2]) if found else (0, "-")
        instant = row if view == "someday" else datetime.fromisoformat(moment)  # as it is stored: naive, in UTC
    except ValueError as error:
        raise NotFound("This place in the list does not exist. Begin anew.", field="after") from error
    return [instant, row]


LIMIT = 1000
TICK = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Occurring:
    """One occurrence of a reminder; ``wall`` is its time in the zone that was asked for."""

    reminder: int
    text: str
    priority: int
    at: datetime
    wall: datetime
    repeats: bool
    done: bool


class _Found(NamedTuple):
    at: datetime
    id: int
    text: str
    priority: int
    rule: str
    state: str


def between(
    user: int, start: datetime, end: datetime, zone: str, limit: int = LIMIT, *, tag: str | None = None,
    priority: int | None = None, words: str = "", repeating: bool = False,
) -> list[Occurring]:  # fmt: skip
    """The occurrences from ``start`` on and before ``end``, repetitions told one by one, in order.

    At most ``limit``, never more than 1,000: the earliest. ``repeating`` leaves out what comes once; the rest
    chooses as in ``listing``. Raises Invalid (field zone) for an unknown zone.
    """
    timezones.check_zone(zone)
    limit = max(1, min(limit, LIMIT))
    chosen = Reminder.deleted.is_null() & _filtered(user, tag, priority, words)
    found = _repeated(user, chosen, start, end, limit)
    if not repeating:
        # What comes after the last that has a place needs not be read.
        until = found[-1].at + TICK if len(found) == limit else end
        found = sorted([*found, *_once(chosen, start, until, limit)])[:limit]
    answered = _answered(user, start, end)
    return [
        Occurring(
            one.id, one.text, one.priority, one.at, timezones.on_the_wall(one.at, zone), bool(one.rule),
            one.state == DONE or (one.id, one.at) in answered,
        )
        for one in found
    ]  # fmt: skip


def _repeated(user: int, chosen: Expression, start: datetime, end: datetime, limit: int) -> list[_Found]:
    """The earliest occurrences of what repeats, in order."""
    # A wall is never more than a day away from UTC.
    begun = chosen & (Reminder.rule != "") & (Reminder.local < UTCField().db_value(end + timedelta(days=1)))
    without = left_out((Ring.user == user) & (Ring.occurrence >= start) & (Ring.occurrence < end))
    found: list[_Found] = []
    for number, local, zone, rule, text, priority, state in _raw(begun):
        gone = without.get(number, ())
        times = next_times.occurrences(datetime.fromisoformat(local), zone, rule, start, end, limit)
        found += [_Found(at, number, text, priority, rule, state) for at in times if at not in gone]
        if len(found) > 2 * limit:
            found = sorted(found)[:limit]
            end = found[-1].at + TICK  # what comes later has no place any more
    return sorted(found)[:limit]


def _raw(chosen: Expression) -> Iterable[tuple[Any, ...]]:
    """Columns as they are stored: whole rows of thousands that repeat cost more to build than their occurrences."""
    query = Reminder.select(
        Reminder.id, Reminder.local, Reminder.zone, Reminder.rule, Reminder.text, Reminder.priority, Reminder.state
    ).where(chosen)
    rows: Iterable[tuple[Any, ...]] = Reminder._meta.database.execute(query)  # noqa: SLF001 - as peewee documents it
    return rows


def _once(chosen: Expression, start: datetime, end: datetime, limit: int) -> list[_Found]:
    once = chosen & (Reminder.rule == "") & (Reminder.at >= start) & (Reminder.at < end)
    shown = Reminder.select(Reminder.at, Reminder.id, Reminder.text, Reminder.priority, Reminder.rule, Reminder.state)
    rows: Any = shown.where(once).order_by(Reminder.at, Reminder.id).limit(limit).tuples()
    return [_Found._make(row) for row in rows]


def _answered(user: int, start: datetime, end: datetime) -> set[tuple[int, datetime]]:
    done = (Ring.user == user) & (Ring.state == DONE) & (Ring.occurrence >= start) & (Ring.occurrence < end)
    return {(ring.reminder_id, ring.occurrence) for ring in Ring.select(Ring.reminder, Ring.occurrence).where(done)}
