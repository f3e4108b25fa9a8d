"""The entries of one name in a file as reminders: a repetition, its exceptions, and what comes beside it.

A reminder has one first time and one rule. What a file says beyond that comes as reminders of their
own: further dates, a first date that its rule does not name, a second rule, all that is later than a change.
"""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from assistant.errors import Invalid
from assistant.reminders import validation
from assistant.reminders.ical import rules
from assistant.reminders.ical.dates import DAY, END, Dates
from assistant.reminders.ical.events import Draft, drafted, rules_of, short
from assistant.reminders.ical.lines import Entry
from assistant.reminders.ical.values import Times
from assistant.reminders.recurrence import next_times, timezones
from assistant.reminders.recurrence.rule import read

DAY_ALONE = len("20261231")
EXCEPTIONS = 500  # dates of a repetition that are left out
FURTHER = 500  # dates beside a repetition
ONE_BY_ONE = 60  # dates that are moved in a way that no rule says
TEN_YEARS, LOOKED_BACK = 3660 * DAY, 1000 * DAY  # in which dates that two rules name are looked for
EARLIEST = datetime(validation.YEARS.start, 1, 1)  # noqa: DTZ001 - on the wall


@dataclass(slots=True)
class Made:
    """What comes of a repetition; ``remarks`` are told with its name."""

    drafts: list[tuple[Entry, Draft]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    early: bool = False  # its first years are left out


@dataclass(slots=True)
class _Change:
    """From the instant ``since`` on, the repetition is what ``draft`` says and comes ``by`` so much later."""

    since: datetime
    draft: Draft
    entry: Entry
    by: timedelta = timedelta()


class Series:
    """A repetition as a file states it: the entry of its rules, and those that change some of its dates."""

    def __init__(self, master: Entry, changes: Sequence[Entry], times: Times, now: datetime) -> None:
        """Raises Invalid when the repetition cannot come."""
        self._master, self._changes, self._times, self._now = master, changes, times, now
        self._made = Made()
        self.gone: set[datetime] = set()  # the dates that it leaves out itself, also where they were changed before
        self._draft, moment = drafted(master, times, now, self._made.remarks)
        if moment is None:
            raise Invalid("It repeats, but has no first time.")
        self.dates = Dates(moment, rules_of(master, moment, times), times, master.home)

    def made(self) -> Made:
        """The reminders. Raises Invalid when none of it can come."""
        self._see_completed()
        going = [rule for rule in self.dates.rules if not self._ended(rule)]
        ended = bool(self.dates.rules) and not going
        self.dates.rules = [rule for rule in going if self._names_any(rule)]
        self._see_beside(ended=ended)
        without = self._excluded()
        later = self._later()
        self._add_rules(without, later)
        self._add_beside(without, later)
        if not self._made.drafts and self._made.early:
            raise Invalid(f"It was over before {EARLIEST.year}.")
        if not self._made.drafts:
            raise Invalid("Nothing of it comes: its repetition ends before it begins, or leaves all of its dates out.")
        return self._made

    def _see_completed(self) -> None:
        """What was completed there is done once; a repetition of ours that is done is done for ever."""
        done = self._draft.done
        if done is None or not self._draft.foreign:
            return
        if any(self.dates.after(rule, max(done, self._now)) for rule in self.dates.rules):
            self._draft = replace(self._draft, done=None)
            self._made.remarks.append(f"It was completed on {done:%d %b %Y}; its repetition goes on.")

    def _ended(self, rule: str) -> bool:
        """Whether the rule ends before it begins. Raises Invalid for what is no rule."""
        first, until = self.dates.first, read(rule).until
        if until is not None and until.tzinfo is not None:
            until = timezones.on_the_wall(until, first.zone)
        return until is not None and until < first.local

    def _names_any(self, rule: str) -> bool:
        """Whether the rule names a date until its end. Raises Invalid for one without an end that never comes true."""
        first = self.dates.first
        if read(rule).until is None:
            next_times.check_rule(rule, first.local, first.zone)
        return next_times.first_wall(first.local, first.zone, rule) is not None

    def _see_beside(self, *, ended: bool) -> None:
        """Finds the dates that no rule names: the first, unless all has ended before it, and those that are listed."""
        dates, first = self.dates, self.dates.first.instant
        if not ended and not any(dates.names(rule, first) for rule in dates.rules):
            dates.beside[first] = (self._master.value("DTSTART") or self._master.value("DUE")).rpartition(":")[2]
            if dates.rules:
                self._say("Its first date is none of its repetition: it comes as a reminder of its own.")
        given = [each for line in self._master.lines("RDATE") for each in line.values]
        if len(given) > FURTHER:
            self._say(f"Only {FURTHER} of its {len(given):,} further dates are kept.")
        found = [(dates.further(line), line.value.strip().partition("/")[0]) for line in given[:FURTHER]]
        if unread := sum(instant is None for instant, _ in found):
            self._say(f"{unread:,} of its further dates cannot be read and are left out.")
        further = {instant: called for instant, called in found if instant is not None and not dates.comes(instant)}
        dates.beside |= further
        if further:
            self._say(f"It has further dates: {_own(len(further))}.")

    def _excluded(self) -> list[datetime]:
        """The dates that do not come, or come by themselves as they were changed."""
        given = [each for line in self._master.lines("EXDATE") for each in line.values]
        gone: set[datetime] = set()
        for each in given[-2 * EXCEPTIONS :]:
            meant = self.dates.meant(each)
            gone.update(meant)
            if len(each.value.strip()) > DAY_ALONE or self.dates.first.all_day:
                self.gone.update(meant)
        changed: set[datetime] = set()
        for entry in self._changes:
            line = entry.line("RECURRENCE-ID")
            if line is not None and not later_as_well(entry):
                changed |= set(self.dates.meant(line))
        found = [*sorted(gone), *sorted(changed - gone)]
        if len(found) <= EXCEPTIONS and len(given) <= 2 * EXCEPTIONS:
            return found
        many = max(len(found), len(given))
        self._say(f"Only {EXCEPTIONS} of the {many:,} dates on which it does not come, or was changed, are kept.")
        return sorted(found)[-EXCEPTIONS:]  # those to come matter

    def _later(self) -> list[_Change]:
        """The changes of all that is later, in order."""
        found = [self._change(entry) for entry in self._changes if self.dates.rules and later_as_well(entry)]
        return sorted((one for one in found if one is not None), key=lambda change: change.since)

    def _change(self, entry: Entry) -> _Change | None:
        dates, line = self.dates, entry.line("RECURRENCE-ID")
        since = next(iter(dates.meant(line)), None) if line else None
        try:
            draft, moment = drafted(entry, self._times, self._now, self._made.remarks, self._draft.text)
        except Invalid as error:
            self._say(f"From one date on it was changed, which is left out: {error.sentence}")
            return None
        if moment is None or since is None:
            self._made.drafts.append((entry, replace(draft, rule="")))
            self._say("A change from one date on fits none of its dates; only that date comes.")
            return None
        if entry.raw.get("RRULE"):
            self._say("From one date on it names another repetition, which is left out: it goes on as before.")
        there = moment.local if dates.first.all_day else timezones.on_the_wall(moment.instant, dates.first.zone)
        return _Change(since, draft, entry, there - dates.wall(dates.rules[0], since))

    def _add_rules(self, without: Sequence[datetime], later: Sequence[_Change]) -> None:
        whole = _Change(self.dates.first.instant, self._draft, self._master)
        ends = [*(change.since for change in later), None]
        for number, rule in enumerate(self.dates.rules, 1):
            for change, end in zip([whole, *later], ends, strict=True):
                self._add_part(change, end, rule, without, number)
        if len(self.dates.rules) > 1:
            self._say(f"It repeats by {len(self.dates.rules)} rules: each comes as a reminder of its own.")

    def _add_part(
        self, change: _Change, end: datetime | None, rule: str, without: Sequence[datetime], number: int
    ) -> None:
        """Adds what the rule names from the change on, until the next."""
        dates, zone = self.dates, self.dates.first.zone
        first = dates.after(rule, change.since)
        if first is None or (end is not None and first >= end):
            return
        wall = dates.wall(rule, first)
        of_it = [instant for instant in without if first <= instant and (end is None or instant < end)]
        of_it = [instant for instant in of_it if dates.names(rule, instant)]
        if change.entry is not self._master and change.since not in self.gone:
            of_it = [instant for instant in of_it if instant != change.since]  # it was changed, not left out by its day
        of_it += self._twice(number, max(first, self._now - LOOKED_BACK), end)
        if self._all_gone(rule, first, end, of_it):
            return
        kept = self._part(rule, wall, end, change.by)
        moved = rules.moved(kept, wall, change.by) if change.by else kept
        if moved is None:
            self._add_singly(change, rule, first, end, of_it)
            return
        uid = change.draft.uid if number == 1 else short(f"{change.draft.uid}/{number}")
        shifted = tuple(self._later_by(change.by, rule, instant) for instant in of_it)
        draft = replace(change.draft, uid=uid, local=wall + change.by, zone=zone, rule=moved, without=shifted)
        since = self._since_earliest(draft)
        self._made.drafts += [(change.entry, since)] if since else []

    def _all_gone(self, rule: str, first: datetime, end: datetime | None, without: Sequence[datetime]) -> bool:
        """Whether nothing is left of the rule's dates from the first until the end."""
        if first not in without:
            return False
        found = self.dates.between(rule, first, end or END, len(without) + 1)
        return set(found) <= set(without)

    def _part(self, rule: str, wall: datetime, end: datetime | None, by: timedelta) -> str:
        """The rule from that time on the wall until the end, as it ends when all is so much later."""
        parts = read(rule)
        last = self.dates.last(rule, end) if end is not None or (by and parts.until is not None) else None
        if last is not None:
            return rules.ending(rule, self.dates.wall(rule, last) + by)
        if parts.count is None or wall == self.dates.first.local:
            return rule
        return rules.counted(rule, max(1, parts.count - self.dates.before(rule, wall)))

    def _later_by(self, by: timedelta, rule: str, instant: datetime) -> datetime:
        return timezones.utc(self.dates.wall(rule, instant) + by, self.dates.first.zone) if by else instant

    def _twice(self, number: int, since: datetime, end: datetime | None) -> list[datetime]:
        """The dates of the rule of that number that an earlier one names as well."""
        if number == 1:
            return []
        until, most = min(end or END, since + TEN_YEARS), 10 * EXCEPTIONS
        *earlier, rule = (self.dates.between(rule, since, until, most) for rule in self.dates.rules[:number])
        found = sorted({instant for some in earlier for instant in some} & set(rule))
        if len(found) > EXCEPTIONS or (found and until < (end or END) and found[-1] > until - TEN_YEARS / 10):
            self._say("Its rules name the same dates at times: long ago, or years from now, it comes twice then.")
        to_come = bisect_left(found, self._now)
        return sorted([*found[to_come:], *reversed(found[:to_come])][:EXCEPTIONS])

    def _add_singly(
        self, change: _Change, rule: str, first: datetime, end: datetime | None, without: Sequence[datetime]
    ) -> None:
        """Adds the dates of a change that no rule says, as far as they are near."""
        found = self.dates.between(rule, first, end or END, ONE_BY_ONE + 1)
        if len(found) > ONE_BY_ONE:
            found = self.dates.between(rule, max(first, self._now - change.by), end or END, ONE_BY_ONE + 1)
        for instant in found[:ONE_BY_ONE]:
            if instant not in without:
                then = self.dates.wall(rule, instant) + change.by
                uid = short(f"{change.draft.uid}/{then:%Y%m%dT%H%M%S}")
                single = replace(change.draft, uid=uid, local=then, zone=self.dates.first.zone, rule="")
                self._made.drafts.append((change.entry, single))
        said = f" Only the next {ONE_BY_ONE} come." if len(found) > ONE_BY_ONE else ""
        self._say(f"Its later dates are moved in a way that no repetition says: they come singly.{said}")

    def _add_beside(self, without: Sequence[datetime], later: Sequence[_Change]) -> None:
        """Adds the dates that no rule names, each as a reminder of its own."""
        first, own = self.dates.first, self._times.own
        for instant, called in self.dates.beside.items():
            if instant in without:
                continue
            change = next((each for each in reversed(later) if each.since <= instant), None)
            draft, entry = (change.draft, change.entry) if change else (self._draft, self._master)
            wall = timezones.on_the_wall(instant, first.zone) + (change.by if change else timedelta())
            if wall.year not in validation.YEARS:
                self._made.early = True
                continue
            # The first date has the name of the whole where nothing else has it.
            plain = not self.dates.rules and instant == first.instant
            uid = draft.uid if plain else short(f"{self._draft.uid}/{called}")
            zone = first.zone
            if zone == "UTC" and draft.foreign:
                wall, zone = timezones.on_the_wall(timezones.utc(wall, zone), own), own
            self._made.drafts.append((entry, replace(draft, uid=uid, local=wall, zone=zone, rule="", without=())))

    def _since_earliest(self, draft: Draft) -> Draft | None:
        """The draft, its repetition begun in the years that a reminder can have; None when it was over before."""
        if draft.local is None or draft.local >= EARLIEST:
            return draft
        first = next_times.first_wall(draft.local, draft.zone, draft.rule, EARLIEST)
        self._made.early = True
        if first is None:
            return None
        count = read(draft.rule).count
        if count is not None:
            left = count - next_times.count_before(draft.local, draft.zone, draft.rule, first)
            draft = replace(draft, rule=rules.counted(draft.rule, left))
        return replace(draft, local=first)

    def _say(self, remark: str) -> None:
        self._made.remarks.append(remark)


def later_as_well(entry: Entry) -> bool:
    """Whether a change of one date of a repetition is one of all later dates."""
    line = entry.line("RECURRENCE-ID")
    return line is not None and line.params.get("RANGE", "").upper() == "THISANDFUTURE"


def _own(many: int) -> str:
    return "1 comes as a reminder of its own" if many == 1 else f"{many:,} come as reminders of their own"
