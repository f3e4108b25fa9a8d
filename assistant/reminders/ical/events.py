"""One entry of a calendar file as what a reminder is made of."""

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from hashlib import sha256

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.ical import rules
from assistant.reminders.ical.lines import Entry, unescaped
from assistant.reminders.ical.values import EventTime, Times, alarms, parsed
from assistant.reminders.recurrence import timezones
from assistant.storage.text import clean

UID_LIMIT = 255
OWN_LEADS = re.compile(r"\d{1,6}(?:,\d{1,6}){0,9}", re.ASCII)
NAMED_LIMIT = 80  # characters
UNTITLED = "Without a title"
NOTES = ("DESCRIPTION", "LOCATION", "URL", "CONFERENCE", "X-GOOGLE-CONFERENCE", "COMMENT")
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


def drafted(
    entry: Entry, times: Times, now: datetime, remarks: list[str], title: str = ""
) -> tuple[Draft, EventTime | None]:
    """What the entry says, of a repetition with its first rule, and when it is.

    Adds to ``remarks`` what comes otherwise. ``title`` is that of its series. Raises Invalid for what cannot come.
    """
    if entry.value("STATUS").upper() == "CANCELLED":
        raise Invalid("It was cancelled.")
    own = bool(entry.raw.get("X-ASSISTANT-STATE"))
    moment = times.of(entry, own=own)
    if moment is None and entry.kind == "VEVENT":
        raise Invalid("It has no time.")
    text = _cut(titled(entry) or title or _named(entry, remarks), validation.TEXT_LIMIT, "title", remarks)
    if moment is not None:
        remarks += moment.remarks
        if moment.ends is not None and entry.kind == "VTODO" and moment.ends != moment.local:
            remarks.append("It is due later than it begins; it rings when it begins.")
    if entry.raw.get("EXRULE"):
        remarks.append("It has exceptions by a rule, which are left out.")
    if entry.unread:
        remarks.append(f"It is too long: {entry.unread:,} of its lines are left out.")
    created, updated = times.instant(entry.value("CREATED")), times.instant(entry.value("LAST-MODIFIED"))
    draft = Draft(
        uid=uid_of(entry, moment), text=text, local=moment.local if moment else None,
        zone=moment.zone if moment else _own_zone(entry) or times.own,
        rule=next(iter(rules_of(entry, moment, times)), ""),
        after_done=entry.text("X-ASSISTANT-AFTER-DONE")[:20], leads=_leads(entry, moment, times, remarks),
        note=_note(entry, remarks), priority=_priority(entry), tags=_tags(entry, remarks),
        follows=entry.value("X-ASSISTANT-FOLLOWS").upper() == "TRUE", created=created, updated=updated or created,
        done=_done(entry, times, updated or now), foreign=not own,
        all_day=moment is not None and moment.all_day,
    )  # fmt: skip
    return draft, moment


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
        return f"{_digest(chr(10).join(parts))}@file"
    return short(uid)


def short(uid: str) -> str:
    """The name as the row keeps it."""
    return uid if len(uid) <= UID_LIMIT else f"{uid[:190]}#{_digest(uid)}"


def rules_of(entry: Entry, moment: EventTime | None, times: Times) -> list[str]:
    """The rules by which the entry repeats, each once."""
    if moment is None:
        return []
    if own := entry.value("X-ASSISTANT-RULE"):
        return [own.strip().upper()]
    found = rules.distinct([rule for line in entry.lines("RRULE") if (rule := rules.cleaned(line.value))])
    if moment.all_day and not entry.raw.get("X-ASSISTANT-STATE"):
        return [rules.of_days(rule, _last_day(rule, times)) for rule in found]
    return found


def _last_day(rule: str, times: Times) -> date | None:
    """The last day of a repetition of whole days; makers that say it as an instant mean its midnight where they are."""
    until = parsed(rules.parts_of(rule).get("UNTIL", ""))
    if not isinstance(until, datetime):
        return until
    if until.tzinfo is not None and until.time() != time():
        here = until.astimezone(timezones.check_zone(times.own))
        return here.date() if here.time() == time() else until.astimezone(UTC).date()
    return until.date()


def _named(entry: Entry, remarks: list[str]) -> str:
    """What one without a title is called: the first words that it has."""
    words = (
        unescaped(entry.value(name)).strip().partition("\n")[0] for name in ("DESCRIPTION", "LOCATION", "CATEGORIES")
    )
    found = next((" ".join(clean(each).split())[:NAMED_LIMIT] for each in words if each.strip()), "")
    remarks.append("It has no title; it is called by the first words of its note." if found else "It has no title.")
    return found or UNTITLED


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "replace")).hexdigest()[:40]


def _leads(entry: Entry, moment: EventTime | None, times: Times, remarks: list[str]) -> tuple[int, ...]:
    own = entry.value("X-ASSISTANT-LEADS")
    if OWN_LEADS.fullmatch(own):
        return tuple(int(lead) for lead in own.split(","))
    return (entry.parts and moment and alarms(entry, moment, times, remarks)) or (0,)


def _note(entry: Entry, remarks: list[str]) -> str:
    parts = [clean(entry.text(name)).strip() for name in NOTES if name in entry.raw]
    unlike = [part for number, part in enumerate(parts) if part and (number == 0 or part not in parts[0])]
    return _cut("\n\n".join(unlike), validation.NOTE_LIMIT, "note", remarks)


def _priority(entry: Entry) -> int:
    given = entry.value("PRIORITY")
    return PRIORITIES.get(int(given), 0) if given.isdecimal() and len(given) < 4 else 0  # noqa: PLR2004 - digits


def _tags(entry: Entry, remarks: list[str]) -> tuple[str, ...]:
    if "CATEGORIES" not in entry.raw:
        return ()
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


def _cut(text: str, limit: int, what: str, remarks: list[str]) -> str:
    if len(text) > limit:
        remarks.append(f"Its {what} is longer than {limit:,} characters and was cut.")
    return text[:limit].rstrip()
