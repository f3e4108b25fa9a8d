"""When the entries of a calendar file are: dates, times, zones and alarms of all makers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.ical.lines import Entry, Line
from assistant.reminders.ical.timezones import matching, recognised
from assistant.reminders.recurrence import timezones

MORNING = time(9)
DATE = re.compile(r"\d{8}(?:T\d{6}Z?)?", re.ASCII)
ALARMS = 20  # of an entry
EXCEPTIONS = 500


@dataclass(slots=True)
class EventTime:
    """A time on the wall; ``all_day`` when the file names only the day, ``ends`` is the end where it says one."""

    local: datetime
    zone: str
    all_day: bool = False
    ends: datetime | None = None
    remarks: list[str] = field(default_factory=list)


class Times:
    """Reads the times of one file; knows its zones."""

    def __init__(self, zones: Sequence[Entry], own: str) -> None:
        """``own`` is the zone of times that name none."""
        self.own = own
        self._stated = {zone.text("TZID"): zone for zone in reversed(zones)}
        self._known: dict[str, str] = {}

    def of(self, entry: Entry, *, own: bool) -> EventTime | None:
        """When the entry is; None when it says nothing. Raises Invalid for what is no time.

        A single instant is told in the person's own zone, unless the file is ``own``, of ours.
        """
        start, due = entry.line("DTSTART"), entry.line("DUE")
        line = start or due if entry.raw.get("RRULE") else due or start
        if line is None:
            return None
        moment = self.at(line)
        if moment.zone == "UTC" and not own and not entry.raw.get("RRULE"):
            moment.local, moment.zone = timezones.on_the_wall(timezones.utc(moment.local, "UTC"), self.own), self.own
        ending = entry.line("DTEND") or due
        if ending is not None and line is start:
            moment.ends = self.at(ending).local
        elif entry.value("DURATION"):
            moment.ends = moment.local + (_duration(entry.value("DURATION")) or timedelta())
        return moment

    def at(self, line: Line) -> EventTime:
        """The time that a line says; Invalid when it is none."""
        value = line.value.strip()
        found = _parsed(value.upper())
        if found is None:
            raise Invalid(f"“{value[:30]}” is not a date that exists.")
        if found.year not in validation.YEARS:
            raise Invalid(f"It is in the year {found.year}, which cannot be meant.")
        if not isinstance(found, datetime):
            return EventTime(datetime.combine(found, MORNING), self.own, all_day=True)
        if found.tzinfo is not None:
            return EventTime(found.replace(tzinfo=None), "UTC")
        tzid = line.params.get("TZID", "")
        zone = self._zone(tzid) if tzid else self.own
        strange = [] if zone else [f"Its time zone “{tzid[:60]}” is not known; it is taken for yours."]
        return EventTime(found, zone or self.own, remarks=strange)

    def exceptions(self, entry: Entry, remarks: list[str]) -> tuple[datetime, ...]:
        """The instants at which the entry's repetition leaves its times out; says so when they are too many."""
        given = [Line(line.params, value) for line in entry.lines("EXDATE") for value in line.value.split(",")]
        if len(given) > EXCEPTIONS:
            remarks.append(f"Only {EXCEPTIONS} of the {len(given):,} dates on which it does not come are kept.")
        found = [moment for line in given[:EXCEPTIONS] if (moment := self.exception(line)) is not None]
        return tuple(sorted(set(found)))

    def exception(self, line: Line) -> datetime | None:
        """The instant of one date of a repetition, in UTC; None when it is none."""
        try:
            moment = self.at(line)
        except Invalid:
            return None
        return timezones.utc(moment.local, moment.zone)

    def instant(self, value: str) -> datetime | None:
        """An instant in UTC; None when it is none, or cannot be meant."""
        found = _parsed(value)
        if not isinstance(found, datetime) or found.year not in validation.YEARS:
            return None
        return found if found.tzinfo else timezones.utc(found, self.own)

    def _zone(self, tzid: str) -> str:
        if tzid not in self._known:
            stated = self._stated.get(tzid)
            self._known[tzid] = recognised(tzid) or (matching(stated, self.own) if stated else "")
        return self._known[tzid]


def alarms(entry: Entry, moment: EventTime, times: Times) -> tuple[int, ...]:
    """The minutes ahead at which the entry's alarms ring, those that a reminder can have."""
    found = (_ahead(alarm.line("TRIGGER"), moment, times) for alarm in entry.parts[:ALARMS] if alarm.kind == "VALARM")
    fitting = sorted({lead for lead in found if lead is not None and 0 <= lead <= validation.LEAD_LIMIT})
    return tuple(fitting[: validation.LEADS_LIMIT])


def _ahead(line: Line | None, moment: EventTime, times: Times) -> int | None:
    if line is None:
        return None
    # An alarm of a whole day counts from its midnight.
    start = datetime.combine(moment.local, time()) if moment.all_day else moment.local
    shift = _duration(line.value.strip())
    if shift is not None:
        ending = line.params.get("RELATED", "").upper() == "END" and moment.ends
        rings = (ending or start) + shift
    else:
        instant = times.instant(line.value.strip())
        if instant is None:
            return None
        rings = timezones.on_the_wall(instant, moment.zone)
    return round((moment.local - rings) / timedelta(minutes=1))


def _parsed(value: str) -> date | None:
    from icalendar.prop import vDDDTypes  # noqa: PLC0415 - takes a tenth of a second

    if not DATE.fullmatch(value):
        return None
    try:
        found: Any = vDDDTypes.from_ical(value)  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None
    if isinstance(found, datetime) and found.tzinfo is not None:
        return found.astimezone(UTC)
    return found if isinstance(found, date) else None


def _duration(value: str) -> timedelta | None:
    from icalendar.prop import vDuration  # noqa: PLC0415 - takes a tenth of a second

    try:
        found: timedelta = vDuration.from_ical(value[:40])  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < timedelta(days=3660) else None
