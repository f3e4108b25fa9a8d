"""Places, list and note side by side; on a phone one at a time."""

from markupsafe import Markup
from nicegui import ui

from assistant.components.frame import aside, main
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.toast import toast
from assistant.notes import queries, trash
from assistant.notes.pages import day_note
from assistant.notes.pages.editor.editor import NoteEditor
from assistant.notes.pages.lists.filters import Filter
from assistant.notes.pages.lists.list import NoteList
from assistant.notes.pages.lists.places import Places
from assistant.notes.pages.services import Services
from assistant.notes.queries import Listed
from assistant.users import preferences
from assistant.users.pages.page import Page, Place
from assistant.users.preferences import Preferences

NEW = ("New note", "/notes/new")
TODAY = "/notes/today"
NONE = Markup("{}<p>Select a note, or press Alt + N for a new one.</p>")
LONGEST_TITLE = 300
LONGEST_TEXT = 100_000
# A link back to the list leads to the list as it is beside the note.
BACK = "(e) => { if (e.target.closest('a[href=\"/notes\"]')) { e.preventDefault(); emit(); } }"


class NotesView:
    """The three columns; they stay while one moves between the list and notes."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page
        self._note: int | None = None  # that is open; 0 is a new one
        self._address = ""  # of the list, as the browser shows it

    async def draw(self) -> None:
        """Draws the columns, empty."""
        with aside():
            self._places = Places(self._page, self._services)
        with main(), ui.element("div").classes("notes-room") as self._room:
            self._list = NoteList(self._page, self._services, self._listed)
            with ui.element("section").classes("note-column").props('aria-label="Note"') as self._column:
                Html(NONE.format(svg("notes"))).classes("note-none")
                self._editor = NoteEditor(
                    self._page, self._services, on_created=self._created, on_gone=self._gone
                )  # fmt: skip
        self._column.on("click", self._back, js_handler=BACK)
        await self._places.load()

    async def show(self, place: Place) -> None:
        """Shows the list at /notes, else the note beside the list as it is."""
        if place.path == "/notes":
            await self._show_list(place)
        elif place.path == TODAY:
            await self._show_today()
        elif "note" in place.parts:
            part, passage = (place.query.get(name, "")[:LONGEST_TITLE] for name in ("part", "passage"))
            await self._show_note(place.id("note"), part, passage)
        else:
            await self._show_new(place)
        self._places.mark(self._list.filter)
        self._dress()

    async def _show_list(self, place: Place) -> None:
        self._note = None
        await self._list.show(Filter.of(place.query))
        await self._list.close()
        self._address = self._list.filter.address
        self._page.title(self._list.filter.heading, "notes", NEW)
        deleted = place.number("deleted")
        if deleted:
            self._page.address(self._list.filter.address)
            self._tell_deleted(deleted)

    async def _show_note(self, note: int, part: str = "", passage: str = "") -> None:
        found: Listed = await self._services.database.read(queries.get_listed, self._page.user, note)
        if note != self._note:
            self._note = note
            await self._editor.open(note, part=part, passage=passage)
        elif part or passage:
            await self._editor.go(part, passage)
        await self._list.open(found)
        self._page.title(found.title or "Untitled", "notes", NEW)

    async def _show_new(self, place: Place) -> None:
        self._note = 0
        await self._list.close()
        query = place.query
        title, text = query.get("title", "")[:LONGEST_TITLE], query.get("text", "")[:LONGEST_TEXT]
        await self._editor.open(0, title=title, text=text)
        self._page.title("New note", "notes", NEW)

    async def _show_today(self) -> None:
        """The note of this day, or a new one that becomes it once something is written."""
        chosen: Preferences = await self._services.database.read(preferences.load, self._page.user)
        today = self._services.clock().astimezone(chosen.zone_info)
        title = day_note.title(today)
        found = await self._services.database.read(queries.by_title, self._page.user, title)
        if found:
            self._page.address(f"/notes/{found}")
            await self._show_note(found)
            return
        self._note = 0
        await self._list.close()
        await self._editor.open(0, title=title, text=day_note.text(chosen.notes_day, today, chosen.formats))
        self._page.title("Today’s note", "notes", NEW)

    def _listed(self) -> None:
        """The list shows something else: where no note is open, the address follows."""
        self._dress()
        self._places.mark(self._list.filter)
        if self._note is None and not self._page.arriving and self._list.filter.address != self._address:
            self._address = self._list.filter.address
            self._page.address(self._address)

    def _dress(self) -> None:
        reading = self._note is not None
        classes = {"reading": reading, "as-cards": self._list.cards, "bare": self._list.bare and not reading}
        self._room.classes(replace=" ".join(["notes-room", *(name for name, on in classes.items() if on)]))
        self._list.head.level(2 if reading else 1)

    def _created(self, note: int) -> None:
        self._note = note
        self._page.begin(self._show_created(note), name="note created")

    async def _show_created(self, note: int) -> None:
        found = await self._services.database.read(queries.get_listed, self._page.user, note)
        with self._page.client:
            await self._list.open(found)

    def _gone(self, note: int) -> None:
        if note != self._note:
            return
        self._page.go(self._list.filter.address)
        self._tell_deleted(note)

    def _back(self) -> None:
        self._page.go(self._list.filter.address)

    def _tell_deleted(self, note: int) -> None:
        async def undo() -> None:
            await self._services.database.run(trash.restore_all, self._page.user, [note])

        toast("1 note moved to the trash.", undo)
