"""When the entries of a calendar file are: dates, times, zones and alarms of all makers."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.ical.lines import Entry, Home, Line
from assistant.reminders.ical.zones.names import fixed, guessed, recognised
from assistant.reminders.ical.zones.stated import StatedZone
from assistant.reminders.recurrence import timezones

MORNING = time(9)
FIRST_YEAR = 2  # of a repetition that goes on until today; some write 1604 for no year
DATE = re.compile(
    r"(\d{4})-?(\d\d)-?(\d\d)(?:Z|[T ](\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?", re.ASCII
)
ALARMS = 20  # of an entry
SHORT = 4  # letters of a zone's name that says nothing of summer time
LONGEST = timedelta(days=3660)


@dataclass(slots=True)
class EventTime:
    """A time on the wall; ``all_day`` when the file names only the day, ``ends`` is the end where it says one.

    ``exact`` is the instant where the file has clocks of its own, that ``zone`` need not have.
    """

    local: datetime
    zone: str
    all_day: bool = False
    ends: datetime | None = None
    exact: datetime | None = None
    remarks: list[str] = field(default_factory=list)

    @property
    def instant(self) -> datetime:
        """The instant in UTC."""
        return self.exact or timezones.utc(self.local, self.zone)


class Times:
    """Reads the times of one file; knows its zones."""

    def __init__(self, zones: Sequence[Entry], own: str) -> None:
        """``own`` is the zone of times that name none."""
        self.own = own
        # Each calendar of a file speaks of its own zones, or else of those of the others.
        self._stated = {(0, zone.text("TZID")): zone for zone in reversed(zones)}
        self._stated |= {(zone.home.number, zone.text("TZID")): zone for zone in reversed(zones)}
        self._known: dict[tuple[int, str], tuple[str, StatedZone | None]] = {}

    def of(self, entry: Entry, *, own: bool) -> EventTime | None:
        """When the entry is; None when it says nothing. Raises Invalid for what is no time.

        A single instant is told in the person's own zone, unless the file is ``own``, of ours.
        """
        start, due = entry.line("DTSTART"), entry.line("DUE")
        repeats = entry.repeats
        line = start or due if repeats else due or start
        if line is None:
            return None
        moment = self.at(line, entry.home, early=repeats)
        if (
            repeats
            and moment.zone == "UTC"
            and entry.home.zone
            and (named := self.zone(entry.home.zone, entry.home)[0])
        ):
            # Makers that name the calendar's zone write UTC and mean its clocks.
            moment.local, moment.zone = timezones.on_the_wall(moment.instant, named), named
        if not own and not repeats and (moment.zone == "UTC" or moment.exact):
            moment.local, moment.zone = timezones.on_the_wall(moment.instant, self.own), self.own
        ending = entry.line("DTEND") or due
        if ending is not None and line is start:
            moment.ends = self.at(ending, entry.home, early=repeats).local
        elif duration := _duration(entry.value("DURATION")):
            moment.ends = moment.local + duration
        return moment

    def at(self, line: Line, home: Home, *, early: bool = False) -> EventTime:
        """The time that a line says; Invalid when it is none.

        ``home`` is the calendar in which it stands; ``early`` allows what began long ago.
        """
        value, tzid = line.value.strip(), line.params.get("TZID", "")
        found = parsed(value.upper())
        if found is None and tzid and ":" in value:
            # A name with a colon in it, which stands there without quotes.
            rest, _, value = value.rpartition(":")
            found, tzid = parsed(value), f"{tzid}:{rest}"
        if found is None:
            raise Invalid(f"“{value[:30]}” is not a date that exists.")
        if found.year not in validation.YEARS and not (early and FIRST_YEAR <= found.year < validation.YEARS.start):
            raise Invalid(f"It is in the year {found.year}, which cannot be meant.")
        if not isinstance(found, datetime):
            return EventTime(datetime.combine(found, MORNING), self.own, all_day=True)
        if found.tzinfo is not None:
            both = tzid and recognised(tzid) != "UTC" and value.upper().endswith("Z")
            strange = [f"It says UTC and the zone “{tzid[:60]}”; UTC is taken."] if both else []
            return EventTime(found.astimezone(UTC).replace(tzinfo=None), "UTC", remarks=strange)
        return self._zoned(found, tzid, home) if tzid else EventTime(found, self.floating(home))

    def floating(self, home: Home) -> str:
        """The zone of a calendar's times that name none; the person's own where it says nothing."""
        return (home.zone and self.zone(home.zone, home)[0]) or self.own

    def instant(self, value: str) -> datetime | None:
        """An instant in UTC; None when it is none, or cannot be meant."""
        found = parsed(value.strip().upper()) if value else None
        if not isinstance(found, datetime) or found.year not in validation.YEARS:
            return None
        return found.astimezone(UTC) if found.tzinfo else timezones.utc(found, self.own)

    def zone(self, tzid: str, home: Home) -> tuple[str, StatedZone | None]:
        """The zone of that name, and as the file states it where it is known by that alone; empty if unknown."""
        key = (home.number, tzid)
        if key not in self._known:
            self._known[key] = self._look_up(tzid, self._stated.get(key) or self._stated.get((0, tzid)))
        return self._known[key]

    def _look_up(self, tzid: str, entry: Entry | None) -> tuple[str, StatedZone | None]:
        named = recognised(tzid)
        if named and not (entry and len(tzid) <= SHORT):
            return named, None
        stated = StatedZone(entry, self.own) if entry else None
        if stated is None or not stated.name:
            return named or guessed(tzid), None
        return stated.name, stated

    def _zoned(self, local: datetime, tzid: str, home: Home) -> EventTime:
        name, stated = self.zone(tzid, home)
        if not name:
            strange = f"Its time zone “{tzid[:60]}” is not known; it is taken for yours."
            return EventTime(local, self.own, remarks=[strange])
        if stated is None:
            return EventTime(local, name)
        exact = stated.utc(local)
        if timezones.utc(local, name) == exact:
            return EventTime(local, name, exact=None if stated.exact else exact)
        if not stated.exact:
            # Clocks that follow no rule that we can keep: what they show now.
            name = fixed(local.replace(tzinfo=UTC) - exact) or name
        return EventTime(local, name, exact=exact)


def alarms(entry: Entry, moment: EventTime, times: Times, remarks: list[str]) -> tuple[int, ...]:
    """The minutes ahead at which the entry's alarms ring, those that a reminder can have; says which it cannot."""
    given = [part for part in entry.parts if part.kind == "VALARM"]
    found = [_ahead(alarm.line("TRIGGER"), moment, times) for alarm in given[:ALARMS]]
    fitting = sorted({lead for lead in found if lead is not None and 0 <= lead <= validation.LEAD_LIMIT})
    kept = tuple(fitting[: validation.LEADS_LIMIT])
    missing = len(given) - sum(lead in kept for lead in found)
    if missing:
        which = "1 of its alarms is" if missing == 1 else f"{missing:,} of its alarms are"
        remarks.append(f"{which} left out: too many, after its time, or too long before it.")
    return kept


def parsed(value: str) -> date | None:
    """The day or time that a value says, as most makers write it or as the ISO has it; None when it is none."""
    found = DATE.fullmatch(value)
    if found is None:
        return None
    year, month, day, hour, minute, second, shift = found.groups()
    try:
        if hour is None:
            return date(int(year), int(month), int(day))
        clock = datetime(int(year), int(month), int(day), int(hour), int(minute), min(int(second or 0), 59))  # noqa: DTZ001
        return clock if shift is None else _shifted(clock, shift)
    except (ValueError, OverflowError):
        return None


def _shifted(clock: datetime, shift: str) -> datetime:
    if shift == "Z":
        return clock.replace(tzinfo=UTC)
    size = timedelta(hours=int(shift[1:3]), minutes=int(shift[-2:]))
    return clock.replace(tzinfo=UTC) - (size if shift[0] == "+" else -size)


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
        instant = times.instant(line.value)
        if instant is None:
            return None
        rings = timezones.on_the_wall(instant, moment.zone)
    return round((moment.local - rings) / timedelta(minutes=1))


def _duration(value: str) -> timedelta | None:
    from icalendar.prop import vDuration  # noqa: PLC0415 - takes a tenth of a second

    if not value:
        return None
    try:
        found: Any = vDuration.from_ical(value[:40])  # type: ignore[no-untyped-call]
    except (ValueError, OverflowError):
        return None
    return found if abs(found) < LONGEST else None
