"""The list of notes: below its head the rows around what is seen of it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from nicegui import ui

from assistant.components.controls import button
from assistant.components.dialogs import confirm
from assistant.components.form import Values
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.notes import queries, trash
from assistant.notes.pages.lists import row
from assistant.notes.pages.lists.bulk import Selection, count
from assistant.notes.pages.lists.empty import Empty, stay
from assistant.notes.pages.lists.filters import Filter
from assistant.notes.pages.lists.head import ListHead
from assistant.notes.pages.lists.row import Shown
from assistant.notes.pages.lists.window import Span
from assistant.notes.pages.services import Services
from assistant.notes.queries import ARCHIVE, NOTES, TEMPLATE, TRASH, Listed, Window
from assistant.notes.search import index
from assistant.text import row_number
from assistant.users import preferences
from assistant.users.pages.page import Page

HITS = 50


@dataclass(frozen=True)
class _Read:
    window: Window
    templates: bool


class NoteList:
    """The notes that a filter leaves, one of which may be open, and several of which may be chosen."""

    def __init__(self, page: Page, services: Services, on_change: Callable[[], None]) -> None:
        """Draws it, empty; ``on_change`` is called when it lists something else, or has become empty or not."""
        self._page, self._services, self._on_change = page, services, on_change
        self._filter: Filter | None = None
        self._listed: Filter | None = None  # what the rows that are drawn were read for
        self._span, self._total = Span(), 0
        self._notes: dict[int, Shown] = {}
        self._chosen: dict[int, None] = {}
        self._choosing = False  # also before one is chosen
        self._last_chosen = self._current = self._asked = 0
        self._order: str = page.asking.preferences.notes_order
        self.cards = page.asking.preferences.notes_cards
        with ui.element("section").classes("notes-column").props('aria-label="Notes"'):
            self.head = ListHead(page, services, on_words=self._search, on_enter=self._open_first)
            self.head.draw(self._set_options, self._begin_choosing)
            self._selection = Selection(page, services, choose_all=self._choose_all, choose_none=self._choose_none)
            self._trash_line()
            with ui.element("div").classes("notes-scroll").props('data-scroll="notes"'):
                self._rows = Rows().classes("notes").on_act(self._act).on_rest(self._move)
                self._empty = Empty(page.asking.preferences.trash_days)
                self._best = ui.label(f"These are the best {HITS}. Another word finds fewer.").classes("notes-end")
        page.follow({"notes"}, self._refresh)

    @property
    def filter(self) -> Filter:
        """What is listed."""
        return self._filter or Filter()

    @property
    def bare(self) -> bool:
        """Whether nothing is written yet."""
        return self._total == 0 and self.filter == Filter()

    async def show(self, shown: Filter) -> None:
        """Lists what the filter leaves; the same again changes nothing."""
        if shown == self._filter:
            return
        first, self._filter, self._span = self._filter is None, shown, Span()
        self._chosen.clear()
        self._choosing = False
        if not first:  # at first it stands there by itself, and one may have scrolled before this arrived
            self._to_top()
        await self._load()

    async def open(self, note: Listed) -> None:
        """Marks the note that is open, where it is in the list; the browser brings it into sight."""
        self._current = note.id
        if self._filter is None:
            self._filter = Filter(TRASH if note.trashed else ARCHIVE if note.archived else NOTES)
        if note.id in self._notes or not await self._load_around(note.id):
            self._draw()

    async def close(self) -> None:
        """Marks none."""
        self._current = 0
        if self._filter is None:
            await self.show(Filter())
        self._draw()

    @staticmethod
    def _to_top() -> None:
        """Scrolls there before other rows come, so that it is not the middle of them that is asked for."""
        ui.run_javascript("document.querySelector('[data-scroll=notes]').scrollTop = 0")

    async def _load(self) -> None:
        """Reads what is listed; of several readings that overlap the last one counts."""
        self._asked += 1
        mine, shown = self._asked, self.filter
        if shown.asked:
            zone = self._page.asking.preferences.zone_info
            hits = await self._services.database.read(index.find, self._page.user, shown.asked, zone=zone, limit=HITS)
            found, span, total, templates = [row.found(hit) for hit in hits], Span(0, len(hits)), len(hits), False
        else:
            read = await self._read(self._span)
            if read.window.total and not read.window.rows:
                read = await self._read(Span.around(read.window.total - 1, cards=self.cards))
            found, total, templates = [row.listed(one) for one in read.window.rows], read.window.total, read.templates
            span = Span(read.window.start, read.window.start + len(found))
        if mine == self._asked:
            self._listed = shown
            self._take(found, span, total)
            self.head.show(shown, total, templates=templates)
            self._on_change()

    async def _load_around(self, note: int) -> bool:
        """Reads the rows around the note; says whether it is in the list."""
        shown = self.filter
        if shown.asked:
            return False
        at = await self._services.database.read(
            queries.position, self._page.user, note, where=shown.where, tag=shown.tag, sort=self._order
        )
        if at is None and self._notes:
            return False
        self._span = Span() if at is None else Span.around(at, cards=self.cards)
        await self._load()
        return True

    async def _read(self, span: Span) -> _Read:
        return await self._services.database.read(_read, self._page.user, self.filter, span, self._order)

    def _take(self, found: list[Shown], span: Span, total: int) -> None:
        self._notes = {note.id: note for note in found}
        self._span, self._total = span, total
        if self.filter.asked:
            self._chosen = {note: None for note in self._chosen if note in self._notes}
        self._draw()

    def _draw(self) -> None:
        seen_by = self._page.asking.preferences
        today = self._services.clock().astimezone(seen_by.zone_info).date()
        inside, classes = {}, {}
        for note in self._notes.values():
            state = {"current": note.id == self._current, "chosen": note.id in self._chosen}
            inside[note.id] = row.row(note, seen_by=seen_by, today=today, **state)
            classes[note.id] = row.classes(note, **state)
        self._rows.rest(self._span.start, max(0, self._total - self._span.start - len(self._notes)))
        self._rows.show(inside, classes=classes)
        self._rows.classes(**{"add" if self._choosing or self._chosen else "remove": "choosing"})
        self._empty.show(None if self._notes else self.filter)
        self._best.set_visibility(bool(self.filter.asked) and len(self._notes) >= HITS)
        self._trash_bar.set_visibility(self.filter.where == TRASH and bool(self._notes))
        self._selection.show(self._chosen, total=self._total, where=self.filter.where, on=self._choosing)

    async def _move(self, first: float, last: float) -> None:
        """Reads the rows that are missing around what is seen now, which reaches from one share to the other."""
        if self.filter.asked or not self._total:
            return
        old, mine = self._span, self._asked
        new = old.moved(int(first * self._total), int(last * self._total) + 1, self._total, cards=self.cards)
        if new == old:
            return
        if new.start >= old.end or new.end <= old.start:
            self._span = new
            await self._load()
            return
        above = (await self._read(Span(new.start, old.start))).window.rows if new.start < old.start else []
        below = (await self._read(Span(old.end, new.end))).window.rows if new.end > old.end else []
        if mine != self._asked or old != self._span:  # something else was listed meanwhile
            await self._move(first, last)
            return
        kept = list(self._notes.values())[max(0, new.start - old.start) : new.end - old.start]
        notes = [*map(row.listed, above), *kept, *map(row.listed, below)]
        self._take(notes, Span(new.start, new.start + len(notes)), self._total)

    async def _refresh(self, _topics: set[str]) -> None:
        if self._filter is not None:
            await self._load()

    async def _search(self, words: str) -> None:
        self._filter, self._span = replace(self.filter, words=words), Span()
        self._chosen.clear()
        self._to_top()
        await self._load()

    async def _open_first(self, words: str) -> None:
        if words != self.filter.words:
            await self._search(words)
        while self._listed != self.filter:  # a reading for these words may be under way since the last key
            await self._load()
        if self._notes:
            self._page.go(f"/notes/{next(iter(self._notes))}")

    async def _set_options(self, values: Values) -> None:
        order = str(values.get("order", self._order))
        cards = bool(values.get("cards"))
        if (order, cards) != (self._order, self.cards) and order in queries.SORTS:
            self._order, self.cards, self._span = order, cards, Span()
            self._to_top()
            user = self._page.user
            await self._services.database.run(preferences.save, user, notes_order=order, notes_cards=cards)
        wanted = self.filter.with_pinned(on=bool(values.get("pinned")))
        for name in ("after", "before"):
            wanted = wanted.with_day(name, str(values.get(name, "")))
        self._filter = wanted
        await self._load()

    def _act(self, what: str, of: str, more: str) -> None:
        if what != "choose" or not of.isdecimal():
            return
        note = row_number(of)
        order = list(self._notes)
        if more == "shift" and self._last_chosen in self._notes and note in self._notes:
            first, last = sorted((order.index(self._last_chosen), order.index(note)))
            self._chosen |= dict.fromkeys(order[first : last + 1])
        elif more == "off":
            self._chosen.pop(note, None)
        else:
            self._chosen[note] = None
        self._last_chosen = note
        self._draw()

    async def _choose_all(self) -> None:
        shown, user = self.filter, self._page.user
        if shown.asked:
            self._chosen = dict.fromkeys(self._notes)
        else:
            every = await self._services.database.read(queries.ids, user, where=shown.where, tag=shown.tag)
            self._chosen = dict.fromkeys(every)
        self._draw()

    def _choose_none(self) -> None:
        self._chosen.clear()
        self._choosing = False
        self._draw()

    def _begin_choosing(self) -> None:
        self._choosing = True
        self._draw()

    def _trash_line(self) -> None:
        with ui.element("div").classes("trash-bar") as self._trash_bar:
            ui.label(stay(self._page.asking.preferences.trash_days)).classes("muted grow")
            button("Empty trash", self._empty_trash).classes("danger")
        self._trash_bar.set_visibility(False)

    async def _empty_trash(self) -> None:
        question = f"Delete {count(self._total)} for good?"
        if await confirm(question, "This cannot be undone.", yes="Delete for good"):
            gone = await self._services.database.run(trash.empty_trash, self._page.user)
            toast(f"{count(gone)} deleted for good.")


def _read(user: int, shown: Filter, span: Span, order: str) -> _Read:
    rows = queries.window(
        user, span.start, span.end - span.start, where=shown.where, tag=shown.tag, sort=order
    )  # fmt: skip
    return _Read(rows, bool(queries.ids(user, tag=TEMPLATE, limit=1)))
