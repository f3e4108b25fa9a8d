"""Calendar files of any kind, read into what reminders are made of, with a word on what is left out.

Nothing here is trusted: what cannot be read is told, and reading gives up after a while.
"""

import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.ical.events import Draft, drafted, titled, uid_of
from assistant.reminders.ical.lines import Entry, entries
from assistant.reminders.ical.values import EXCEPTIONS, Times
from assistant.reminders.recurrence import next_times, timezones

BUDGET = 45.0  # seconds of reading
SHOWN = 80  # characters of a title

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
    until, found = clock() + BUDGET, Found()
    all_entries = entries(data)
    times = Times([entry for entry in all_entries if entry.kind == "VTIMEZONE"], zone)
    wanted = [entry for entry in all_entries if entry.kind != "VTIMEZONE"]
    masters = {uid_of(entry) for entry in wanted if not entry.raw.get("RECURRENCE-ID")}
    common: Counter[str] = Counter()
    seen: set[str] = set()
    moved: dict[str, list[datetime]] = {}
    for entry in wanted:
        if clock() > until:
            raise Invalid("This file takes too long to read. Import it in parts.", field="file")
        if entry.raw.get("RECURRENCE-ID") and (series := uid_of(entry)) in masters:
            # One date of a repetition that was changed there: it comes by itself, the repetition without it.
            moved.setdefault(series, []).extend(_dates(entry, times))
            if entry.value("STATUS").upper() == "CANCELLED":
                continue
        _take(entry, times, now, found, common, seen)
    found.remarks[:0] = _said_once(common)
    for draft in found.drafts:
        draft.without += tuple(moved.get(draft.uid, ())[:EXCEPTIONS])
    return found


def _take(entry: Entry, times: Times, now: datetime, found: Found, common: Counter[str], seen: set[str]) -> None:
    name = titled(entry)[:SHOWN] or entry.value("DTSTART")[:SHOWN] or "Without a title"
    remarks: list[str] = []
    try:
        draft = drafted(entry, times, now, remarks)
        if draft.uid in seen:
            found.twice += 1
            return
        _check(draft)
    except Invalid as error:
        found.skipped.append((name, error.sentence))
        return
    seen.add(draft.uid)
    if draft.foreign and entry.kind == "VEVENT" and draft.done is None and (over := _over(draft, now)):
        draft.done = over
        common["over"] += 1
    common["days"] += draft.all_day
    found.drafts.append(draft)
    found.remarks += [(name, remark) for remark in remarks]


def _check(draft: Draft) -> None:
    """Raises Invalid for what no reminder can be."""
    validation.valid_leads(draft.leads)
    if validation.valid_interval(draft.after_done) and draft.rule:
        raise Invalid("It repeats at fixed times and after it was done, which does not go together.")
    if draft.local is None and (draft.rule or draft.after_done):
        raise Invalid("It repeats, but has no first time.")
    if draft.local is not None:
        next_times.check_rule(draft.rule, draft.local)


def _over(draft: Draft, now: datetime) -> datetime | None:
    """When the last of it was, if nothing of it is still to come."""
    if draft.local is None or timezones.utc(draft.local, draft.zone) > now:
        return None
    if not draft.rule:
        return timezones.utc(draft.local, draft.zone)
    if next_times.next_after(draft.local, draft.zone, draft.rule, now) is not None:
        return None
    return next_times.last_before(draft.local, draft.zone, draft.rule, now)


def _dates(entry: Entry, times: Times) -> list[datetime]:
    found = (times.exception(line) for line in entry.lines("RECURRENCE-ID"))
    return [instant for instant in found if instant is not None]


def _said_once(common: Counter[str]) -> Remarks:
    remarks: Remarks = []
    if days := common["days"]:
        remarks.append(("In all", f"{days:,} {'entry' if days == 1 else 'entries'} without a time of day: 9:00 here."))
    if over := common["over"]:
        remarks.append(("In all", f"{over:,} from the past: kept as done, so that nothing of them rings."))
    return remarks
