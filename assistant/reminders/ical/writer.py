"""A user's reminders as a calendar file: the feed that other calendars subscribe to, and the export."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

from peewee import Expression

from assistant.reminders.exceptions import left_out
from assistant.reminders.ical.lines import escaped, folded
from assistant.reminders.ical.zones.written import timezone
from assistant.reminders.models import ACTIVE, DONE, MOVED, Reminder, ReminderTag, Ring
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.recurrence.rule import read
from assistant.reminders.recurrence.standard import standard
from assistant.reminders.schedule import leads

FORMAT = "1"  # another one when the same rows are written differently
PRIORITIES = {1: 9, 2: 5, 3: 1}
AHEAD = 10  # years after the last time, or this year, for which zones are told
UNTIL = re.compile(r"UNTIL=[0-9TZ]+", re.IGNORECASE)
HEAD = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Assistant//Reminders//EN", "CALSCALE:GREGORIAN")
FEED = ("METHOD:PUBLISH", "X-WR-CALNAME:Reminders", "REFRESH-INTERVAL;VALUE=DURATION:PT1H", "X-PUBLISHED-TTL:PT1H")

Excluded = Mapping[int, Collection[datetime]]  # instants by reminder


def feed(user: int, now: datetime) -> bytes:
    """What calendars show of the user's reminders that are not done: an event each, a task where there is no time.

    Alarms are left out: it rings here, and once is enough.
    """
    rows, named, excluded = _rows(_shown(user)), _named(user), left_out(Ring.user == user)
    lines = [*HEAD, *FEED, *_zones(rows, now)]
    for row in rows:
        about = _about(row, named.get(row.id, ()))
        lines += _event(_when(row, excluded, now), about) if row.local else _task(row, about)
    return folded([*lines, "END:VCALENDAR"])


def export(user: int, now: datetime) -> bytes:
    """All of the user's reminders, so that importing them gives the same again.

    What they lead to is left out: that is not in the file.
    """
    rows, named = _rows((Reminder.user == user) & Reminder.deleted.is_null()), _named(user)
    excluded = left_out(Ring.user == user)
    lines = [*HEAD, *_zones(rows, now)]
    for row in rows:
        about = [*_about(row, named.get(row.id, ())), *_own(row)]
        if row.local and row.state != DONE:
            lines += _event(_when(row, excluded, now), about, _alarms(row))
        else:
            lines += _task(row, [*_when(row, excluded, now), *about], _alarms(row))
    return folded([*lines, "END:VCALENDAR"])


def fingerprint(user: int, now: datetime) -> str:
    """A text that changes when what ``feed`` writes does, and only then; far quicker than writing it."""
    columns = (
        "id", "uid", "text", "priority", "local", "zone", "rule", "created", "updated", "note",
    )  # fmt: skip
    digest = sha256(f"{FORMAT} {now.year}".encode())
    shown = Reminder.select(*(getattr(Reminder, name) for name in columns)).where(_shown(user)).order_by(Reminder.id)
    tags = ReminderTag.select(ReminderTag.reminder, ReminderTag.name).where(ReminderTag.user == user)
    moved = Ring.select(Ring.reminder, Ring.occurrence).where((Ring.user == user) & (Ring.state == MOVED))
    for query in (shown, tags.order_by(ReminderTag.id), moved.order_by(Ring.id)):
        # As the database gives them: making models and times of them takes most of the time.
        for row in Reminder._meta.database.execute(query):  # noqa: SLF001
            digest.update(repr(row).encode("utf-8", "replace"))
    return digest.hexdigest()[:32]


def _shown(user: int) -> Expression:
    return (Reminder.user == user) & (Reminder.state == ACTIVE) & Reminder.deleted.is_null()


def _rows(chosen: Expression) -> list[Reminder]:
    return list(Reminder.select().where(chosen).order_by(Reminder.id))


def _named(user: int) -> dict[int, list[str]]:
    named: dict[int, list[str]] = {}
    found: Any = ReminderTag.select(ReminderTag.reminder, ReminderTag.name).where(ReminderTag.user == user)
    for reminder, name in found.order_by(ReminderTag.id).tuples():
        named.setdefault(reminder, []).append(name)
    return named


def _zones(rows: list[Reminder], now: datetime) -> Iterator[str]:
    years: dict[str, list[int]] = {}
    for row in rows:
        if row.local is not None and row.zone != "UTC":
            years.setdefault(row.zone, []).append(row.local.year)
    for zone, used in sorted(years.items()):
        yield from timezone(zone, min(used) - 1, max(*used, now.year) + AHEAD)


def _event(when: list[str], about: list[str], alarms: Iterable[str] = ()) -> list[str]:
    # It has a length because some calendars hide what has none, and leaves the time free.
    lines = ["BEGIN:VEVENT", *when, "DURATION:PT15M", "TRANSP:TRANSPARENT", *about]
    return [*lines, *alarms, "END:VEVENT"]


def _task(row: Reminder, about: list[str], alarms: Iterable[str] = ()) -> list[str]:
    lines = ["BEGIN:VTODO", *about]
    if row.state == DONE:
        lines += ["STATUS:COMPLETED", "PERCENT-COMPLETE:100"]
        lines += [f"COMPLETED:{_instant(row.done)}"] if row.done else []
    else:
        lines.append("STATUS:NEEDS-ACTION")
    return [*lines, *alarms, "END:VTODO"]


def _when(row: Reminder, excluded: Excluded, now: datetime) -> list[str]:
    """The first time and how it goes on, by dates for some years where the standard has no such rule."""
    if row.local is None:
        return []
    lines = [f"DTSTART{_wall(row.local, row.zone)}"]
    if not row.rule:
        return lines
    said = standard(row.rule, row.local, row.zone, now.year)
    lines += [f"RRULE:{_ended(said.rule, row.zone)}"] if said.rule else []
    lines += [f"RDATE{_wall(wall, row.zone)}" for wall in said.further]
    args = (row.local, row.zone, row.rule)
    walls = {next_times.wall_at(*args, instant) for instant in excluded.get(row.id, ())} | set(said.without)
    return lines + [f"EXDATE{_wall(wall, row.zone)}" for wall in sorted(walls)]


def _about(row: Reminder, tags: Collection[str]) -> list[str]:
    lines = [
        f"UID:{escaped(row.uid)}", f"DTSTAMP:{_instant(row.updated)}", f"CREATED:{_instant(row.created)}",
        f"LAST-MODIFIED:{_instant(row.updated)}", f"SUMMARY:{escaped(row.text)}",
    ]  # fmt: skip
    lines += [f"DESCRIPTION:{escaped(row.note)}"] if row.note else []
    lines += [f"CATEGORIES:{','.join(map(escaped, tags))}"] if tags else []
    return lines + ([f"PRIORITY:{PRIORITIES[row.priority]}"] if row.priority else [])


def _own(row: Reminder) -> list[str]:
    """What only we read."""
    lines = [f"X-ASSISTANT-STATE:{row.state.upper()}", f"X-ASSISTANT-LEADS:{','.join(map(str, leads(row)))}"]
    lines += [f"X-ASSISTANT-AFTER-DONE:{row.after_done}"] if row.after_done else []
    lines += ["X-ASSISTANT-FOLLOWS:TRUE"] if row.follows else []
    lines += [f"X-ASSISTANT-ZONE:{row.zone}"] if row.local is None else []
    as_written = row.rule and read(row.rule).standard and _ended(row.rule, row.zone) == row.rule
    return lines + ([f"X-ASSISTANT-RULE:{row.rule}"] if row.rule and not as_written else [])


def _alarms(row: Reminder) -> Iterator[str]:
    for lead in leads(row) if row.local else ():
        yield from ("BEGIN:VALARM", "ACTION:DISPLAY", f"DESCRIPTION:{escaped(row.text)}")
        yield from (f"TRIGGER:{f'-PT{lead}M' if lead else 'PT0S'}", "END:VALARM")


def _ended(rule: str, zone: str) -> str:
    """The rule as the standard wants it: its end in UTC."""
    until = read(rule).until
    if until is None:
        return rule
    return UNTIL.sub(f"UNTIL={_instant(until if until.tzinfo else timezones.utc(until, zone))}", rule)


def _wall(local: datetime, zone: str) -> str:
    named = f'"{zone}"' if "," in zone or ":" in zone else zone  # one that a calendar made up
    return f":{local:%Y%m%dT%H%M%S}Z" if zone == "UTC" else f";TZID={named}:{local:%Y%m%dT%H%M%S}"


def _instant(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"
