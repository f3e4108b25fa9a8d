"""Calendar files of any kind, read into what reminders are made of, with a word on what is left out.

Nothing here is trusted: what cannot be read is told, and reading gives up after a while.
"""

import gc
import pickle
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from operator import attrgetter

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.ical.events import UNTITLED, Draft, drafted, short, titled, uid_of
from assistant.reminders.ical.lines import Entry, contents
from assistant.reminders.ical.series import Series, later_as_well
from assistant.reminders.ical.values import Times
from assistant.reminders.recurrence import next_times, timezones

BUDGET = 45.0  # seconds of reading
SHOWN = 80  # characters of a title
SEQUENCE = re.compile(r"-?\d{1,9}", re.ASCII)
# Names of lines, and what we count ourselves.
SAID_ONCE = {
    "days": "{0} without a time of day: 9:00 here.",
    "over": "{1:,} from the past: kept as done, so that nothing of them rings.",
    "early": "{0} from before 1970: here they begin in 1970.",
    "DTEND": "{0} with an end, which reminders do not have.",
    "DURATION": "{0} with a length, which reminders do not have.",
    "begins": "{0} that begin before they are due: they ring when they are due.",
    "ATTENDEE": "{0} with guests, who are left out.",
    "ATTACH": "{0} with attachments, which are left out.",
}
OTHERS = {
    "VJOURNAL": "{0} of a journal: no reminders, left out.",
    "VFREEBUSY": "{0} about free and busy times: no reminders, left out.",
    "VAVAILABILITY": "{0} about availability: no reminders, left out.",
    "VPOLL": "{0} that are polls: no reminders, left out.",
}

Remarks = list[tuple[str, str]]


@dataclass(slots=True)
class Found:
    """What a file holds; ``skipped`` is about what does not come, ``remarks`` about what comes otherwise."""

    drafts: list[Draft] = field(default_factory=list)
    skipped: Remarks = field(default_factory=list)
    remarks: Remarks = field(default_factory=list)
    twice: int = 0


def read(data: bytes, *, zone: str, now: datetime, clock: Callable[[], float] = time.monotonic) -> Found:
    """The reminders in a calendar file; ``zone`` is that of times without one.

    Raises Invalid (field file) for what is no calendar, is too large or takes too long.
    """
    until, held = clock() + BUDGET, contents(data)
    times = Times([entry for entry in held.entries if entry.kind == "VTIMEZONE"], zone)
    reading = _Reading(times, now)
    for entries in _named_alike(held.entries):
        if clock() > until:
            raise Invalid("This file takes too long to read. Import it in parts.", field="file")
        reading.take(entries)
    return reading.found(held.entries, held.others)


def answer() -> None:
    """Reads the file at the standard input and says pickled what it holds, or why it cannot be read.

    For a process of its own, whose arguments are the zone and the time.
    """
    gc.disable()  # it ends before that would free anything
    try:
        found = read(sys.stdin.buffer.read(), zone=sys.argv[1], now=datetime.fromisoformat(sys.argv[2]))
    except Invalid as error:
        sys.stdout.buffer.write(pickle.dumps(error))
        return
    # Rows of plain values are packed in a tenth of the time.
    rows = list(map(attrgetter(*Draft.__slots__), found.drafts))
    sys.stdout.buffer.write(pickle.dumps((rows, found.skipped, found.remarks, found.twice)))


def answered(told: bytes) -> Found:
    """What ``answer`` said. Raises Invalid (field file) as ``read``."""
    said = pickle.loads(told)  # noqa: S301 - what our own process wrote
    if isinstance(said, Invalid):
        raise said
    rows, skipped, remarks, twice = said
    return Found([Draft(*row) for row in rows], skipped, remarks, twice)


def _named_alike(entries: Sequence[Entry]) -> list[list[Entry]]:
    """The events and tasks by their names, in the order of the file."""
    found: dict[tuple[str, str], list[Entry]] = {}
    for entry in entries:
        if entry.kind != "VTIMEZONE":
            found.setdefault((entry.kind, uid_of(entry)), []).append(entry)
    return list(found.values())


class _Reading:
    """Takes the entries of one name after the other; remembers what is to be said."""

    def __init__(self, times: Times, now: datetime) -> None:
        self._times, self._now = times, now
        self._drafts: list[tuple[Entry, Draft]] = []
        self._found = Found()
        self._common: Counter[str] = Counter()
        self._seen: set[str] = set()

    def take(self, entries: Sequence[Entry]) -> None:
        """Takes the entries of one name: a single one, or a repetition with what was changed of it."""
        masters = [entry for entry in entries if not entry.raw.get("RECURRENCE-ID")]
        changes = self._changes(entries) if len(masters) < len(entries) else []
        master = self._newest(masters) if masters else None
        if master is None or not master.repeats:
            for entry in [*([master] if master else []), *changes]:
                self._take_single(entry)
        else:
            self._take_series(master, changes)

    def found(self, entries: Sequence[Entry], others: Counter[str]) -> Found:
        """All that was taken, in the order of the file, and what is said once about many."""
        place = {id(entry): number for number, entry in enumerate(entries)}
        self._found.drafts = [draft for _, draft in sorted(self._drafts, key=lambda made: place[id(made[0])])]
        self._found.remarks[:0] = said_once(self._common, others)
        return self._found

    def _changes(self, entries: Sequence[Entry]) -> list[Entry]:
        """The newest change of each date."""
        dated: dict[str, list[Entry]] = {}
        for entry in entries:
            if entry.raw.get("RECURRENCE-ID"):
                dated.setdefault(f"{entry.value('RECURRENCE-ID')} {_zone_of_date(entry)}", []).append(entry)
        return [self._newest(some) for some in dated.values()]

    def _newest(self, versions: Sequence[Entry]) -> Entry:
        newest = versions[0] if len(versions) == 1 else max(versions, key=_version)
        for entry in versions:
            if entry is not newest and entry.raw == newest.raw:
                self._found.twice += 1
            elif entry is not newest:
                self._found.remarks.append((_named(entry), "An older version of it in the file is left out."))
        return newest

    def _take_single(self, entry: Entry) -> None:
        remarks: list[str] = []
        try:
            draft, _ = drafted(entry, self._times, self._now, remarks)
            if draft.rule and entry.raw.get("RECURRENCE-ID"):
                draft.rule = ""
                remarks.append("It is one date of a repetition: that it repeats itself is left out.")
            if later_as_well(entry):
                remarks.append("It changes all later dates of a repetition as well, which is not in this file.")
            self._add(entry, draft)
        except Invalid as error:
            self._found.skipped.append((_named(entry), error.sentence))
            return
        self._found.remarks += [(_named(entry), remark) for remark in remarks]

    def _take_series(self, master: Entry, changes: Sequence[Entry]) -> None:
        series = None
        try:
            series = Series(master, changes, self._times, self._now)
            made = series.made()
            for entry, draft in made.drafts:
                self._add(entry, draft)
        except Invalid as error:
            self._found.skipped.append((_named(master), error.sentence))
            for entry in changes:
                self._take_change(entry, series)
            return
        self._common["early"] += made.early
        self._found.remarks += [(_named(master), remark) for remark in dict.fromkeys(made.remarks)]
        for entry in changes:
            if not later_as_well(entry):
                self._take_change(entry, series)

    def _take_change(self, entry: Entry, series: Series | None) -> None:
        """Takes one date that was changed, unless it was cancelled, or left out of the repetition later on."""
        line = entry.line("RECURRENCE-ID")
        if series and line and (meant := series.dates.meant(line)) and series.gone.issuperset(meant):
            self._found.skipped.append((_named(entry), "This date was changed, and then left out of its repetition."))
        elif entry.value("STATUS").upper() != "CANCELLED":
            self._take_single(entry)

    def _add(self, entry: Entry, draft: Draft) -> None:
        if draft.uid in self._seen and (zone := _zone_of_date(entry)):
            draft.uid = short(f"{draft.uid}/{zone}")  # two dates that differ by their zones alone
        if draft.uid in self._seen:
            raise Invalid("Another entry of the file has the same name.")
        _check(draft)
        self._seen.add(draft.uid)
        if draft.foreign and entry.kind == "VEVENT" and draft.done is None and (over := _over(draft, self._now)):
            draft.done = over
            self._common["over"] += 1
        self._common["days"] += draft.all_day
        if draft.foreign:
            for name in SAID_ONCE:
                self._common[name] += name in entry.raw
            self._common["begins"] += "DTSTART" in entry.raw and "DUE" in entry.raw and not draft.rule
        self._drafts.append((entry, draft))


def _named(entry: Entry) -> str:
    """What an entry is called in the report."""
    return titled(entry)[:SHOWN] or entry.value("DTSTART")[:SHOWN] or UNTITLED


def _zone_of_date(entry: Entry) -> str:
    """The zone that a changed date is named in."""
    line = entry.line("RECURRENCE-ID")
    return line.params.get("TZID", "") if line else ""


def _version(entry: Entry) -> tuple[int, str]:
    number = entry.value("SEQUENCE")
    return int(number) if SEQUENCE.fullmatch(number) else 0, entry.value("LAST-MODIFIED")


def _check(draft: Draft) -> None:
    """Raises Invalid for what no reminder can be."""
    validation.valid_leads(draft.leads)
    if validation.valid_interval(draft.after_done) and draft.rule:
        raise Invalid("It repeats at fixed times and after it was done, which does not go together.")
    if draft.local is None and (draft.rule or draft.after_done):
        raise Invalid("It repeats, but has no first time.")
    if draft.local is not None and draft.rule:
        next_times.check_rule(draft.rule, draft.local, draft.zone)


def _over(draft: Draft, now: datetime) -> datetime | None:
    """When the last of it was, if nothing of it is still to come."""
    if draft.local is None:
        return None
    first = timezones.utc(draft.local, draft.zone)
    if first > now or not draft.rule:
        return None if first > now else first
    if next_times.next_after(draft.local, draft.zone, draft.rule, now) is not None:
        return None
    return next_times.last_before(draft.local, draft.zone, draft.rule, now)


def said_once(common: Counter[str], others: Counter[str]) -> Remarks:
    """What is true of many entries, each with their number."""
    told = [(common[what], sentence) for what, sentence in SAID_ONCE.items()]
    told += [(others[what], sentence) for what, sentence in OTHERS.items()]
    return [("In all", sentence.format(_count(number), number)) for number, sentence in told if number]


def _count(number: int) -> str:
    return f"{number:,} {'entry' if number == 1 else 'entries'}"
