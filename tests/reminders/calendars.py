"""Calendar files made up at random, and what two readers find in them: ours, and the library that others build on."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import icalendar
import recurring_ical_events
from hypothesis import strategies as st

from assistant.reminders.ical.reader import Found, read
from assistant.reminders.recurrence import next_times, timezones

OWN = "Europe/Berlin"  # the zone of the person who imports
ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "America/Sao_Paulo", "UTC", "")
NOW = datetime(2026, 11, 1, 7, 30, tzinfo=UTC)
START, END = datetime(2025, 6, 1, tzinfo=UTC), datetime(2027, 12, 1, tzinfo=UTC)
DAY = timedelta(days=1)
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


def ours(data: bytes) -> tuple[list[str], Found]:
    """What comes by our reader between START and END, and what it says."""
    found = read(data, zone=OWN, now=NOW)
    times: list[str] = []
    for draft in found.drafts:
        if draft.local is None:
            continue
        for instant in next_times.occurrences(draft.local, draft.zone, draft.rule, START - DAY, END + DAY, 5000):
            if instant not in draft.without:
                wall = next_times.wall_at(draft.local, draft.zone, draft.rule, instant)
                times.append(wall.date().isoformat() if draft.all_day else _told(instant))
    return within(times), found


def theirs(data: bytes) -> list[str]:
    """What comes by the library."""
    times: list[str] = []
    for calendar in icalendar.Calendar.from_ical(data, multiple=True):
        query: Any = recurring_ical_events.of(calendar, components=["VEVENT", "VTODO"])
        starts = [(event["UID"], event["DTSTART"].dt) for event in query.between(START - 3 * DAY, END + 3 * DAY)]
        times += [_their_time(start) for _, start in starts if not _left_out(start)]
        # Those of one series in an hour that does not exist are all at its end, where one comes.
        times += [told for _, told in {(uid, _their_time(start)) for uid, start in starts if _left_out(start)}]
    return within(times)


def explained(found: list[str], expected: list[str], result: Found) -> bool:
    """Whether a difference is one that the report says."""
    said = " ".join(sentence for _, sentence in result.remarks)
    if "come singly. Only the next" in said:
        return not Counter(found) - Counter(expected)
    return "it comes twice then" in said and set(found) == set(expected)


def within(times: list[str]) -> list[str]:
    """Those between START and END, in order."""
    return sorted(one for one in times if START.isoformat()[:10] <= one < END.isoformat()[:10])


def _their_time(start: date) -> str:
    if not isinstance(start, datetime):
        return start.isoformat()
    # An hour that does not exist is theirs to lengthen and ours to pass over: both are asked by the wall.
    zone = OWN if start.tzinfo is None else getattr(start.tzinfo, "key", None)
    return _told(timezones.utc(start.replace(tzinfo=None, fold=0), zone) if zone else start.astimezone(UTC))


def _left_out(start: date) -> bool:
    """Whether the clocks leave that time out."""
    return (
        isinstance(start, datetime)
        and getattr(start.tzinfo, "key", None) is not None
        and start.astimezone(UTC).astimezone(start.tzinfo).replace(tzinfo=None) != start.replace(tzinfo=None)
    )


def _told(instant: datetime) -> str:
    return f"{instant:%Y-%m-%dT%H:%M}"


@st.composite
def rules(draw: Any, *, days: bool) -> str:
    """A rule without an end."""
    freq = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    parts = {"FREQ": freq}
    if (interval := draw(st.sampled_from([1, 1, 2, 3]))) > 1:
        parts["INTERVAL"] = f"{interval}"
    weekdays = draw(st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True))
    kind = draw(st.integers(0, 4))
    if freq == "WEEKLY" and kind:
        parts["BYDAY"] = ",".join(weekdays)
        if kind == 1:
            parts["WKST"] = draw(st.sampled_from(["SU", "MO"]))
    elif freq == "DAILY" and kind == 1:
        parts["BYDAY"] = ",".join(weekdays)
    elif freq in {"MONTHLY", "YEARLY"} and kind == 1:
        parts["BYMONTHDAY"] = draw(st.sampled_from(["1", "15", "31", "-1", "1,15", "28,-3"]))
    elif freq in {"MONTHLY", "YEARLY"} and kind == 2:
        parts["BYDAY"] = draw(st.sampled_from(["1MO", "2FR", "-1SU", "3WE,1TH"]))
    elif freq == "MONTHLY" and kind == 3:
        parts |= {"BYDAY": "MO,TU,WE,TH,FR", "BYSETPOS": draw(st.sampled_from(["-1", "1", "1,-1"]))}
    if freq == "YEARLY" and kind in {1, 2, 4}:
        parts["BYMONTH"] = draw(st.sampled_from(["3", "10,11", "12"]))
    if not days and freq == "DAILY" and kind == 2:
        # Times that no zone shifts onto each other: the library compares walls of all zones.
        parts |= {"BYHOUR": "7", "BYMINUTE": "31,38"}
    return ";".join(f"{name}={value}" for name, value in parts.items())


class Drawing:
    """One series as it is drawn; ``at`` writes a time as its calendar does."""

    def __init__(self, draw: Callable[[Any], Any], number: int) -> None:
        """``number`` is that of the series in its file."""
        self.draw, self.uid = draw, f"series-{number}"
        self.days: bool = draw(st.booleans()) and draw(st.booleans())
        self.zone: str = draw(st.sampled_from(ZONES))
        day = draw(st.dates(date(2026, 8, 1), date(2027, 2, 28)))
        if draw(st.integers(0, 9)) == 0:
            day = draw(st.dates(date(1930, 1, 1), date(1969, 12, 31)))
        clock = draw(st.sampled_from([time(9), time(2, 30), time(0), time(23, 45), time(18, 15)]))
        self.start = datetime.combine(day, time() if self.days else clock)

    @property
    def place(self) -> str:
        """The zone in which it repeats."""
        return self.zone or OWN

    def at(self, name: str, *walls: datetime, more: str = "") -> str:
        """A line with these times."""
        if self.days:
            return f"{name};VALUE=DATE{more}:{','.join(f'{wall:%Y%m%d}' for wall in walls)}"
        mark = "Z" if self.zone == "UTC" else ""
        zone = f";TZID={self.zone}" if self.zone and not mark else ""
        return f"{name}{zone}{more}:{','.join(f'{wall:%Y%m%dT%H%M%S}{mark}' for wall in walls)}"

    def otherwise(self, name: str, wall: datetime, more: str = "") -> str:
        """A line with one time, as it should be written or as others write it."""
        instant = timezones.utc(wall, self.place)
        plain = self.at(name, wall, more=more)
        if self.days:
            midnight = f"{name};TZID=Europe/Berlin{more}:{wall:%Y%m%d}T000000"
            return str(self.draw(st.sampled_from([plain, f"{name}{more}:{wall:%Y%m%d}T000000Z", midnight])))
        ways = [plain]
        if self.zone:  # where there is none, the library takes that of the exception for the whole
            ways.append(f"{name}{more}:{instant:%Y%m%dT%H%M%SZ}")
        if self.zone and self.zone != "UTC":
            there = timezones.on_the_wall(instant, "Asia/Tokyo")
            ways += [f"{name};TZID=Asia/Tokyo{more}:{there:%Y%m%dT%H%M%S}", f"{name}{more}:{wall:%Y%m%dT%H%M%S}"]
            ways += [f"{name};VALUE=DATE{more}:{wall:%Y%m%d}"] if name == "EXDATE" else []
        return str(self.draw(st.sampled_from(ways)))

    def end(self, earliest: int = -2) -> str:
        """The end of a rule, so many days after the first date at the earliest."""
        kind = self.draw(st.integers(0, 2))
        if kind == 0:
            return f";COUNT={self.draw(st.integers(1, 12))}"
        if kind == 1:
            since = max(self.start, self.start.replace(year=2026, day=min(self.start.day, 28)))
            last = since + timedelta(days=self.draw(st.integers(earliest, 200)))
            instant = timezones.utc(last, self.place)
            shown = f"{last:%Y%m%d}" if self.days else f"{instant:%Y%m%dT%H%M%SZ}"
            return f";UNTIL={shown}" if self.zone or self.days else f";UNTIL={last:%Y%m%dT%H%M%S}"
        return ""


@st.composite
def calendars(draw: Any) -> bytes:
    """A calendar of one to three series with exceptions, changes, further dates and older versions."""
    entries: list[list[str]] = []
    for number in range(draw(st.integers(1, 3))):
        entries += series(Drawing(draw, number))
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Made//EN"]
    kind = draw(st.sampled_from(["VEVENT", "VEVENT", "VTODO"]))
    for entry in draw(st.permutations(entries)) if len(entries) < 7 else entries:
        lines += [f"BEGIN:{kind}", "DTSTAMP:20260101T000000Z", "SUMMARY:Choir", *entry, f"END:{kind}"]
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()


def series(one: Drawing) -> list[list[str]]:
    """The entries of a series."""
    draw = one.draw
    rule = draw(rules(days=one.days))
    several = draw(st.integers(0, 5)) == 0
    # Where one of several rules is over before the first date, the library leaves that date out for all.
    whole = rule + one.end(0 if several else -2)
    master = [f"UID:{one.uid}", one.at("DTSTART", one.start), f"RRULE:{whole}"]
    if several:
        master.append(f"RRULE:{draw(rules(days=one.days))}{one.end(0)}")
    if draw(st.integers(0, 4)) == 0:
        further = [one.start + timedelta(days=draw(st.integers(1, 90)), minutes=0 if one.days else 11) for _ in "12"]
        master.append(one.at("RDATE", *further))
    walls = dates(one, whole)
    gone = draw(st.lists(st.sampled_from(walls), max_size=3, unique=True)) if walls else []
    master += [one.otherwise("EXDATE", wall) for wall in gone]
    if draw(st.integers(0, 5)) == 0:
        beside = one.start + timedelta(days=draw(st.integers(0, 50)), minutes=0 if one.days else 7)
        master.append(one.at("EXDATE", beside))
    sequence = draw(st.integers(1, 3))
    master.append(f"SEQUENCE:{sequence}")
    found = [master]
    if draw(st.integers(0, 5)) == 0:
        older = [f"UID:{one.uid}", one.at("DTSTART", one.start - 3 * DAY), f"SEQUENCE:{sequence - 1}"]
        found.append(older)
    changed = [wall for wall in walls if wall not in gone]
    changed = draw(st.lists(st.sampled_from(changed), max_size=3, unique=True)) if changed else []
    later = draw(st.sampled_from(["", "", ";RANGE=THISANDFUTURE"]))
    for wall in changed:
        by = timedelta(days=draw(st.integers(-1, 3)), hours=0 if one.days else draw(st.integers(0, 3)))
        # Of all later dates in the zone of the series: the library counts the hours between two zones.
        all_later = later and wall == changed[0]
        named = one.at("RECURRENCE-ID", wall, more=later) if all_later else one.otherwise("RECURRENCE-ID", wall)
        found.append([f"UID:{one.uid}", named, one.at("DTSTART", wall + by), f"SEQUENCE:{sequence}"])
    return found


def dates(one: Drawing, rule: str) -> list[datetime]:
    """Some times on the wall that the rule names near its beginning, or near now."""
    start = one.start
    try:
        since = max(timezones.utc(start, one.place), START)
        found = next_times.occurrences(start, one.place, rule, since, END, 8)
    except Exception:  # noqa: BLE001 - a rule that is none has no dates
        return []
    walls = ((instant, next_times.wall_at(start, one.place, rule, instant)) for instant in found)
    # An hour that the clocks leave out has another instant there than here.
    return [wall for instant, wall in walls if timezones.on_the_wall(instant, one.place) == wall]
