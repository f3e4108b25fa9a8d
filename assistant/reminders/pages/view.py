"""The page of reminders: a sentence, lists or a month, and what is done in them."""

import asyncio
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta

from nicegui import ui

from assistant.components.frame import main
from assistant.errors import AssistantError
from assistant.reminders.models import Reminder
from assistant.reminders.pages.form import ReminderForm
from assistant.reminders.pages.lists import where as addresses
from assistant.reminders.pages.lists.actions import Actions
from assistant.reminders.pages.lists.bulk import Bulk
from assistant.reminders.pages.lists.entries import Entry, Listing, Reader, Window, further_window
from assistant.reminders.pages.lists.filters import Filters
from assistant.reminders.pages.lists.head import Title, Views
from assistant.reminders.pages.lists.lines import Lines
from assistant.reminders.pages.lists.list import ReminderList
from assistant.reminders.pages.lists.menus import Menus
from assistant.reminders.pages.lists.month import Month, Sheet, read_month
from assistant.reminders.pages.lists.where import DONE, MONTH, SOMEDAY, TODAY, UPCOMING, Where
from assistant.reminders.pages.sentence import Sentence
from assistant.reminders.pages.services import Services
from assistant.reminders.parsing.model import Parsed
from assistant.reminders.queries import Listed
from assistant.reminders.recurrence import timezones
from assistant.storage.events import Change
from assistant.users import preferences
from assistant.users.pages.page import Page, Place

NEW_FOR = 4.0  # seconds for which a new reminder is marked
MORNING = time(9)


@dataclass(frozen=True, slots=True)
class Read:
    """What is to be shown: lines of a list and their window, or the sheet of a month; the tags there are."""

    listing: Listing
    window: Window
    tags: list[str]
    sheet: Sheet | None = None


class RemindersView:
    """The page; it stays while one goes from view to view."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page
        self._where, self._window = Where(), Window()
        self._listing: Listing | None = None
        self._fresh: Reminder | Listed | None = None
        self._said = ""
        self._changes = self._seen = 0
        self._wake: asyncio.Task[None] | None = None
        self._turn = 0

    async def draw(self) -> None:
        """Draws what stays."""
        self._actions = Actions(self._page, self._services, self._refresh)
        with main(), ui.element("div").classes("reminders").props("data-scroll=reminders") as self._box:
            self._title = Title(self._search, self._select)
            self._sentence = Sentence(self._page, self._services, on_added=self._added, on_details=self._open_sentence)
            self._views = Views(self._page, self._search, self._select)
            self._filters = Filters(lambda: self._where, self._narrow, self._title.filtering)
            self._list = ReminderList(
                on_act=self._act,
                on_end=self._go_on,
                on_start=self._to_start,
                on_clear=self._clear,
                on_retry=self._refresh,
            )
            self._month = Month(on_act=self._act, on_turn=self._turn_month, on_add=self._open_day)
            menus = Menus(self._actions, self._open)
            self._bulk = Bulk(self._actions, menus, self._draw_list, self._select)
            self._lines = Lines(self._actions, menus, self._bulk, entries=self._entries, on_open=self._open)
            self._form = ReminderForm(
                self._page, self._services, on_added=self._form_added, on_closed=self._form_closed
            )
        self._page.listen(self._hear)
        self._page.follow({"reminders", "preferences"}, self._follow)

    async def show(self, place: Place) -> None:
        """Shows the view that the address asks for, and opens what it names."""
        where = addresses.read(place.query)
        if where.view != self._where.view:
            self._bulk.turn(on=False)
            self._title.selecting(on=False)
        if where != self._where:
            self._window, self._listing = Window(), None
        self._where = where
        self._name()
        await self._refresh()
        if "new" in place.query:
            self._page.address(where.address)
            self._sentence.focus()
        if opened := place.number("open"):
            await self._actions.later(self._form.open, opened)()

    def _name(self) -> None:
        address = self._where.address
        self._page.title("Reminders", "reminders", ("New reminder", f"{address}{'&' if '?' in address else '?'}new=1"))

    async def _refresh(self) -> None:
        """Reads what is shown and draws what is different."""
        self._turn += 1
        turn, where, self._seen = self._turn, self._where, self._changes
        reader = self._reader()
        self._box.classes(add="wide" if where.view == MONTH else "", remove="" if where.view == MONTH else "wide")
        self._list.box.set_visibility(where.view != MONTH)
        self._month.box.set_visibility(where.view == MONTH)
        try:
            read = await self._services.database.read(self._read, reader, where, self._window)
        except AssistantError as error:
            self._views.show(where, 0, 0)
            self._list.box.set_visibility(True)
            self._list.unread(error.sentence)
            return
        if turn == self._turn and not self._page.closed:  # nobody moved on meanwhile
            self._draw_read(read, reader)

    def _read(self, reader: Reader, where: Where, window: Window) -> Read:
        tags = reader.tags() if self._filters.open or where.filtered else []
        if where.view == MONTH:
            return Read(reader.listing(where.at(TODAY), Window(size=0)), window, tags, read_month(reader, where))
        listing, fresh = reader.listing(where, window), self._fresh
        if fresh and fresh.at and not _holds(listing, fresh.id):
            # It is further down than what is shown: the list begins with its day.
            further = replace(window, start=reader.before(fresh.at))
            around = reader.listing(where, further)
            if _holds(around, fresh.id):
                return Read(around, further, tags)
        return Read(listing, window, tags)

    def _draw_read(self, read: Read, reader: Reader) -> None:
        self._listing, self._window = read.listing, read.window
        self._views.show(self._where, read.listing.due, read.listing.overdue)
        self._filters.show(self._where, read.tags)
        if read.sheet:
            self._month.show(read.sheet, reader.today, reader.formats, self._fresh.id if self._fresh else 0)
        else:
            self._bulk.show(read.listing.entries, done=self._where.view == DONE)
            self._draw_list()
        self._wake_up(reader)

    def _draw_list(self) -> None:
        if self._listing and self._where.view != MONTH:
            self._list.show(
                self._where, self._listing, self._actions.today, formats=self._actions.formats,
                fresh=self._fresh.id if self._fresh else 0,
                chosen=self._bulk.chosen if self._bulk.on else None, moved=self._window.start is not None,
                more=further_window(self._where, self._window, self._listing) is not None,
            )  # fmt: skip

    def _reader(self) -> Reader:
        chosen = self._page.asking.preferences
        return Reader(self._page.user, chosen.zone, self._services.clock(), self._services.find, chosen.formats)

    # What is heard of others, and of time passing

    def _hear(self, change: Change) -> None:
        self._changes += change.is_about({"reminders"})

    async def _follow(self, topics: set[str]) -> None:
        if "preferences" in topics:
            chosen = await self._services.database.read(preferences.load, self._page.user)
            self._page.asking = replace(self._page.asking, preferences=chosen)
        elif self._seen == self._changes:
            return  # it was our own act, after which this page has looked already
        await self._refresh()

    def _wake_up(self, reader: Reader) -> None:
        """Looks again when the next reminder falls due or the next day begins."""
        tomorrow = datetime.combine(reader.today + timedelta(days=1), time())
        moments = [timezones.utc(tomorrow, reader.zone)]
        if self._listing:
            moments += [entry.at for entry in self._listing.entries if entry.at and entry.at > reader.now]
        if self._wake:
            self._wake.cancel()
        self._wake = self._page.begin(self._sleep((min(moments) - reader.now).total_seconds()), name="reminders")

    async def _sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds + 0.5)
        self._wake = None  # what follows must not end itself
        with self._page.client:
            await self._refresh()

    # Adding

    async def _added(self, row: Reminder | Listed) -> None:
        await self._show_new(row)
        await self._actions.added(row)

    def _form_added(self, row: Listed) -> None:
        if self._sentence.says(self._said, row.text):
            self._sentence.clear()
        self._page.begin(self._show_new(row), name="new reminder")

    async def _show_new(self, row: Reminder | Listed) -> None:
        """Shows a new reminder where it went, if need be in the view that holds it."""
        self._fresh = row
        day = timezones.on_the_wall(row.at, self._page.asking.preferences.zone).date() if row.at else None
        self._page.begin(self._grow_old(row), name="new reminder")
        view = SOMEDAY if day is None else TODAY if day <= self._actions.today else UPCOMING
        if self._where.view == MONTH and day:
            self._month.picked = day
            if not self._month.holds(day):
                await self._turn_month(day.replace(day=1))
        elif self._where != Where(view):
            with self._page.client:
                self._page.go(Where(view).address)

    async def _grow_old(self, row: Reminder | Listed) -> None:
        await asyncio.sleep(NEW_FOR)
        if self._fresh is row:
            self._fresh = None

    # The form

    async def _open(self, reminder: int) -> None:
        self._said = ""
        await self._form.open(reminder)

    async def _open_sentence(self, text: str, parsed: Parsed | None) -> None:
        self._said = text
        await self._form.open(draft=parsed, text=text)

    async def _open_day(self, day: date) -> None:
        self._said, local = "", datetime.combine(day, MORNING)
        await self._form.open(draft=Parsed("", local, self._page.asking.preferences.zone))

    def _form_closed(self) -> None:
        self._page.address(self._where.address)

    # Moving about

    async def _search(self) -> None:
        self._filters.toggle()
        await self._refresh()

    async def _select(self) -> None:
        if self._where.view == MONTH:
            await self._narrow(self._where.at(UPCOMING))
        on = not self._bulk.on
        self._bulk.turn(on=on)
        self._title.selecting(on=on)
        if self._listing:
            self._bulk.show(self._listing.entries, done=self._where.view == DONE)
        self._draw_list()

    async def _narrow(self, where: Where) -> None:
        self._where, self._window = where, Window()
        self._page.address(where.address)
        self._name()
        await self._refresh()

    async def _clear(self) -> None:
        await self._narrow(self._where.clear())

    async def _turn_month(self, month: date | None) -> None:
        await self._narrow(replace(self._where, month=month))

    async def _to_start(self) -> None:
        self._window, self._fresh = Window(), None
        await self._refresh()

    async def _go_on(self, _first: float, _last: float) -> None:
        """Shows more, as the end of the list is in sight."""
        further = self._listing and further_window(self._where, self._window, self._listing)
        if further:
            self._window = further
            await self._refresh()

    async def _act(self, what: str, of: str, more: str) -> None:
        await self._lines.act(what, of, more)

    def _entries(self) -> list[Entry]:
        if self._where.view == MONTH:
            return self._month.entries
        return self._listing.entries if self._listing else []


def _holds(listing: Listing, reminder: int) -> bool:
    return any(entry.id == reminder for entry in listing.entries)
