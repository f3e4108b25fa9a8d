"""What lists show, read at once; each function runs on a thread of the database."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from assistant.formats import PLAIN, Formats
from assistant.reminders import queries
from assistant.reminders.links import Find, Link, found
from assistant.reminders.models import DONE
from assistant.reminders.pages.lists.where import DONE as DONE_VIEW
from assistant.reminders.pages.lists.where import LISTS, MONTH, SOMEDAY, TODAY, UPCOMING, Where
from assistant.reminders.queries import Listed, Occurring
from assistant.reminders.recurrence import timezones, wording
from assistant.reminders.validation import interval

OVERDUE = "overdue"
PIECE, LARGEST = 50, 300  # lines that come at a time, and that are kept
AHEAD, FURTHEST = 31, 366  # days of repetitions
FURTHER = 200  # occurrences of what repeats beside its next


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a list: a reminder, or a further occurrence of one that repeats.

    ``group`` is the day under which it stands, ``when`` and ``repeats`` are in words.
    """

    id: int
    at: datetime | None
    text: str
    priority: int
    group: str = ""
    when: str = ""
    repeats: str = ""
    snoozed: str = ""
    tags: tuple[str, ...] = ()
    link: Link | None = None
    overdue: bool = False
    done: bool = False
    further: bool = False

    @property
    def key(self) -> str:
        """What the line is known by in its page."""
        return f"{self.id} {self.at.isoformat()}" if self.further and self.at else str(self.id)


@dataclass(frozen=True, slots=True)
class Window:
    """The part of a list that is shown: after the cursor ``start``, so many lines, so many days of repetitions."""

    start: str | None = None
    size: int = PIECE
    days: int = AHEAD


@dataclass(frozen=True, slots=True)
class Listing:
    """The lines of a window in order, and what there is beside them.

    ``cursors`` are those after each reminder, ``more`` says that others follow, ``due`` and ``overdue`` are numbers
    of reminders.
    """

    entries: list[Entry]
    cursors: list[str]
    more: bool
    due: int
    overdue: int


def further_window(where: Where, window: Window, listing: Listing) -> Window | None:
    """The window that shows more of the list; None at its end."""
    if where.view == MONTH:
        return None
    if listing.more:
        start = listing.cursors[PIECE - 1] if window.size >= LARGEST else window.start
        return replace(window, start=start, size=min(LARGEST, window.size + PIECE))
    if where.view == UPCOMING and window.days < FURTHEST and any(entry.further for entry in listing.entries):
        return replace(window, days=min(FURTHEST, window.days + AHEAD))
    return None


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads for one person, as they see times now."""

    user: int
    zone: str
    now: datetime
    find: Find
    formats: Formats = PLAIN

    @property
    def today(self) -> date:
        """The day it is where the person is."""
        return timezones.on_the_wall(self.now, self.zone).date()

    def listing(self, where: Where, window: Window) -> Listing:
        """The window of the view."""
        rows, more = self._rows(where, window)
        entries = [self._entry(row, where.view) for row in rows]
        if where.view == UPCOMING:
            further = self._further(where, rows, window, more=more)
            entries = sorted([*entries, *further], key=lambda entry: (entry.at or self.now, entry.id))
        view = LISTS[where.view]
        return Listing(
            entries, [queries.cursor(row, view) for row in rows], more,
            queries.count(self.user, "due", self.zone, self.now),
            queries.overdue_count(self.user, self.now),
        )  # fmt: skip

    def tags(self) -> list[str]:
        """The tags in use."""
        return [name for name, _ in queries.tags(self.user)]

    def before(self, at: datetime) -> str:
        """The cursor from which on a list by time shows the day of that instant."""
        midnight = datetime.combine(timezones.on_the_wall(at, self.zone), time())
        return queries.cursor_at(timezones.utc(midnight, self.zone))

    def _rows(self, where: Where, window: Window) -> tuple[list[Listed], bool]:
        rows: list[Listed] = []
        after: str | None = window.start
        while len(rows) < window.size:
            page = queries.listing(
                self.user, LISTS[where.view], zone=self.zone, now=self.now, after=after,
                limit=window.size - len(rows), **where.filters,
            )  # fmt: skip
            rows += page.rows
            after = page.next
            if after is None:
                return rows, False
        return rows, True

    def _further(self, where: Where, rows: Sequence[Listed], window: Window, *, more: bool) -> Iterable[Entry]:
        """The occurrences of these days that are not what a list of reminders shows anyway."""
        first = datetime.combine(self.today + timedelta(days=1), time())
        begin = timezones.utc(first, self.zone)
        end = begin + timedelta(days=window.days)
        if window.start and rows and rows[0].at:
            begin = rows[0].at
        if more and rows[-1].at:
            end = min(end, rows[-1].at)
        if begin >= end:
            return
        shown = {(row.id, row.at) for row in rows}
        found = queries.between(self.user, begin, end, self.zone, FURTHER, repeating=True, **where.filters)
        for one in found:
            if (one.reminder, one.at) not in shown and not one.done:
                yield self._occurrence(one)

    def _occurrence(self, one: Occurring) -> Entry:
        group = one.wall.date().isoformat()
        return Entry(
            one.reminder, one.at, one.text, one.priority, group, self.formats.time(one.wall), "repeats", further=True
        )

    def _entry(self, row: Listed, view: str) -> Entry:
        done = row.state == DONE
        overdue = row.at is not None and row.at <= self.now and not done
        return Entry(
            row.id, row.at, row.text, row.priority,
            group=self._group(row, view, overdue=overdue),
            when=self._when(row, view, overdue=overdue),
            repeats=_repeats(row),
            snoozed=f"snoozed until {self._moment(row.snoozed)}" if row.snoozed else "",
            tags=row.tags,
            link=found(self.find, self.user, row.link_kind, row.link_id),
            overdue=overdue and not row.snoozed,
            done=done,
        )  # fmt: skip

    def _group(self, row: Listed, view: str, *, overdue: bool) -> str:
        if view == TODAY and overdue:
            return OVERDUE
        at = row.done if view == DONE_VIEW else row.at
        return "" if view == SOMEDAY or at is None else timezones.on_the_wall(at, self.zone).date().isoformat()

    def _when(self, row: Listed, view: str, *, overdue: bool) -> str:
        if row.at is None:
            return ""
        wall = timezones.on_the_wall(row.at, self.zone)
        if (view == TODAY and wall.date() == self.today) or (view == UPCOMING and not overdue):
            return self.formats.time(wall)
        return wording.moment_in_words(wall, self.today, self.formats)

    def _moment(self, at: datetime) -> str:
        words = wording.moment_in_words(at.astimezone(ZoneInfo(self.zone)), self.today, self.formats)
        return words.replace("Today, ", "").replace("Tomorrow", "tomorrow")


def heading(group: str, today: date, formats: Formats = PLAIN) -> str:
    """What stands above the lines of a group."""
    if group == OVERDUE:
        return "Overdue"
    return wording.day_in_words(date.fromisoformat(group), today, formats) if group else ""


def _repeats(row: Listed) -> str:
    if row.after_done:
        return f"{wording.length(interval(row.after_done))} after it is done"
    return wording.in_words(row.rule) if row.rule else ""
