"""The note that is open."""

from collections.abc import Callable
from typing import Any

from nicegui import events, ui
from nicegui.element import Element

from assistant.components.icons import svg
from assistant.errors import NotFound
from assistant.notes import queries
from assistant.notes.pages.services import Services
from assistant.storage.events import Change
from assistant.users.pages.page import Page

ICONS = (
    "back", "pin", "more", "close", "edit", "columns", "eye", "heading", "bold", "italic", "list", "task", "link",
    "code", "image",
)  # fmt: skip
Told = Callable[[int], None]


class NoteEditor:
    """Where one note at a time is written; ``on_created`` and ``on_gone`` hear of the note's id."""

    def __init__(self, page: Page, services: Services, *, on_created: Told, on_gone: Told) -> None:
        """Draws the place for it."""
        self._page, self._services, self._created, self.gone = page, services, on_created, on_gone
        self._note = 0
        self._box = ui.element("div").classes("editor-slot")
        self._editor: Editor | None = None
        page.listen(self._heard)

    async def open(self, note: int, *, title: str = "", text: str = "") -> None:  # noqa: ARG002 - by the contract
        """Shows the note; 0 is a new one, which begins with that title."""
        self._note = note
        self._box.clear()
        with self._box:
            zone = self._page.asking.preferences.zone
            self._editor = Editor(note=note, user=self._page.user, zone=zone, wanted=title)
        self._editor.on("created", self._was_created)

    def _was_created(self, event: events.GenericEventArguments) -> None:
        self._note = int(event.args)
        self._created(self._note)

    def _heard(self, change: Change) -> None:
        if change.topic == "note" and change.id == self._note and self._note:
            self._page.begin(self._look(), name="note changed")

    async def _look(self) -> None:
        try:
            found = await self._services.database.read(queries.get_listed, self._page.user, self._note)
        except NotFound:
            return
        meta = {"pinned": found.pinned, "archived": found.archived, "colour": found.colour}
        if self._editor:
            self._editor.run_method("changed", found.version, {**meta, "trashed": found.trashed is not None})


class Editor(Element, component="editor.js"):
    """One note being written; a note that does not exist yet has the id 0."""

    def __init__(self, *, note: int, user: int, zone: str, wanted: str = "") -> None:
        """``user`` names the browser's copy of what is typed; ``wanted`` is the title of a new note."""
        super().__init__()
        self.classes("editor-host")
        icons = {name: svg(name) for name in ICONS}
        given: dict[str, Any] = {"note": note, "user": user, "zone": zone, "wanted": wanted, "icons": icons}
        self._props.update(given)
