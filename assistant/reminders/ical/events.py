"""One entry of a calendar file as what a reminder is made of."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.ical.lines import Entry
from assistant.reminders.ical.values import EventTime, Times, alarms
from assistant.reminders.recurrence import timezones
from assistant.storage.text import clean

UID_LIMIT = 255
OWN_LEADS = re.compile(r"\d{1,6}(?:,\d{1,6}){0,9}", re.ASCII)
PRIORITIES = {0: 0, 1: 3, 2: 3, 3: 3, 4: 3, 5: 2, 6: 1, 7: 1, 8: 1, 9: 1}


@dataclass(slots=True)
class Draft:
    """What a reminder is made of; ``done`` is when it was, ``foreign`` that another calendar wrote it,
    ``all_day`` that its time of day is ours.
    """

    uid: str
    text: str
    local: datetime | None
    zone: str
    rule: str = ""
    after_done: str = ""
    leads: tuple[int, ...] = (0,)
    note: str = ""
    priority: int = 0
    tags: tuple[str, ...] = ()
    follows: bool = False
    without: tuple[datetime, ...] = ()  # occurrences of its repetition that it leaves out, in UTC
    created: datetime | None = None
    updated: datetime | None = None
    done: datetime | None = None
    foreign: bool = True
    all_day: bool = False


def drafted(entry: Entry, times: Times, now: datetime, remarks: list[str]) -> Draft:
    """The draft; adds to ``remarks`` what comes otherwise.

    Raises Invalid for what cannot come.
    """
    if entry.value("STATUS").upper() == "CANCELLED":
        raise Invalid("It was cancelled.")
    text = _cut(titled(entry), validation.TEXT_LIMIT, "title", remarks)
    if not text:
        raise Invalid("It has no title.")
    own = bool(entry.raw.get("X-ASSISTANT-STATE"))
    moment = times.of(entry, own=own)
    if moment is None and entry.kind == "VEVENT":
        raise Invalid("It has no time.")
    if moment is not None:
        remarks += moment.remarks
    remarks += _left_out(entry)
    without = times.exceptions(entry, remarks) if entry.raw.get("RRULE") else ()
    created, updated = times.instant(entry.value("CREATED")), times.instant(entry.value("LAST-MODIFIED"))
    return Draft(
        uid=uid_of(entry, moment), text=text, local=moment.local if moment else None,
        zone=moment.zone if moment else _own_zone(entry) or times.own, rule=_rule(entry, moment),
        after_done=entry.text("X-ASSISTANT-AFTER-DONE")[:20], leads=_leads(entry, moment, times),
        note=_note(entry, remarks), priority=_priority(entry), tags=_tags(entry, remarks),
        follows=entry.value("X-ASSISTANT-FOLLOWS").upper() == "TRUE", created=created, updated=updated or created,
        done=_done(entry, times, updated or now), foreign=not own,
        all_day=moment is not None and moment.all_day, without=without,
    )  # fmt: skip


def titled(entry: Entry) -> str:
    """The entry's title, on one line."""
    return " ".join(clean(entry.text("SUMMARY")).split())


def uid_of(entry: Entry, moment: EventTime | None = None) -> str:
    """The name by which it is known again; one of the contents where the file has none."""
    uid = clean(entry.text("UID"))
    if entry.raw.get("RECURRENCE-ID") and moment is not None:
        uid += f"/{clean(entry.value('RECURRENCE-ID'))}"
    if not uid:
        parts = [entry.value(name) for name in ("SUMMARY", "DTSTART", "DUE", "RRULE", "DESCRIPTION")]
        return f"{sha256(chr(10).join(parts).encode('utf-8', 'replace')).hexdigest()[:40]}@file"
    return uid if len(uid) <= UID_LIMIT else f"{uid[:190]}#{sha256(uid.encode('utf-8', 'replace')).hexdigest()[:40]}"


def _rule(entry: Entry, moment: EventTime | None) -> str:
    own, given = entry.value("X-ASSISTANT-RULE"), entry.lines("RRULE")
    if not given or moment is None:
        return ""
    if len(given) > 1:
        raise Invalid("It repeats by several rules at once, which is not known here.")
    return (own or given[0].value).strip().upper()


def _leads(entry: Entry, moment: EventTime | None, times: Times) -> tuple[int, ...]:
    own = entry.value("X-ASSISTANT-LEADS")
    if OWN_LEADS.fullmatch(own):
        return tuple(int(lead) for lead in own.split(","))
    return (moment and alarms(entry, moment, times)) or (0,)


def _note(entry: Entry, remarks: list[str]) -> str:
    parts = [clean(entry.text(name)).strip() for name in ("DESCRIPTION", "LOCATION", "URL")]
    unlike = [part for number, part in enumerate(parts) if part and (number == 0 or part not in parts[0])]
    return _cut("\n\n".join(unlike), validation.NOTE_LIMIT, "note", remarks)


def _priority(entry: Entry) -> int:
    given = entry.value("PRIORITY")
    return PRIORITIES.get(int(given), 0) if given.isdecimal() and len(given) < 4 else 0  # noqa: PLR2004 - digits


def _tags(entry: Entry, remarks: list[str]) -> tuple[str, ...]:
    given = [tag for line in entry.lines("CATEGORIES") for tag in line.texts]
    fitting = [tag for tag in given[: 10 * validation.TAGS_LIMIT] if len(tag) <= validation.TAG_LIMIT]
    named: dict[str, str] = {}
    for tag in fitting:
        named.setdefault(validation.tag_key(tag), tag)
    named.pop("", None)
    kept = tuple(named.values())[: validation.TAGS_LIMIT]
    if len(fitting) < len(given) or len(kept) < len(named):
        remarks.append("Some of its categories are too long or too many and are left out.")
    return kept


def _done(entry: Entry, times: Times, otherwise: datetime) -> datetime | None:
    if entry.value("STATUS").upper() != "COMPLETED" and not entry.raw.get("COMPLETED"):
        return None
    return times.instant(entry.value("COMPLETED")) or otherwise


def _own_zone(entry: Entry) -> str:
    named = entry.text("X-ASSISTANT-ZONE")
    return timezones.check_zone(named).key if named else ""


def _left_out(entry: Entry) -> Iterator[str]:
    if entry.raw.get("RDATE"):
        yield "It has further dates beside its repetition, which are left out."
    if entry.raw.get("EXRULE"):
        yield "It has exceptions by a rule, which are left out."


def _cut(text: str, limit: int, what: str, remarks: list[str]) -> str:
    if len(text) > limit:
        remarks.append(f"Its {what} is longer than {limit:,} characters and was cut.")
    return text[:limit].rstrip()
