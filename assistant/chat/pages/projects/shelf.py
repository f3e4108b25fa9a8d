"""The documents of a project on its page: dropped or chosen, read, shown, removed with a way back."""

from functools import partial
from typing import Any

from markupsafe import Markup
from nicegui import ui

from assistant.chat.acting.given import in_pages
from assistant.chat.documents import library, shelf
from assistant.chat.models import Document
from assistant.chat.pages.documents.files_field import DOCUMENTS, TOO_LARGE, WAITING
from assistant.chat.pages.services import Services
from assistant.components.controls import button, text_element
from assistant.components.dropzone import Dropzone
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.text import row_number

ABOUT = "Passages that fit a question are looked up in them, and answers name the page. PDF, Word, text and others."
PICTURE = "This is a picture. Add a document with text."
ROW = Markup(
    '{}<span class="chip-words"><a href="/documents/{id}" class="chip-name" title="{name}" dir="auto">{name}</a>'
    '<span class="chip-about">{about}</span></span>'
    '<button type="button" class="icon-button" data-do="remove" data-of="{id}" aria-label="Remove {name}" '
    'title="Remove">{}</button>'
)
COMING = Markup(
    '<span class="pulse" aria-hidden="true"></span><span class="chip-words" role="status">'
    '<span class="chip-name">{}</span><span class="chip-about">{}</span></span>'
)


class Shelf:
    """The documents; ``zone`` around them takes files."""

    def __init__(self, services: Services, user: int, project: int) -> None:
        """Draws them, still empty."""
        self._services, self._user, self._project = services, user, project
        self._stored: list[Document] = []
        self._coming: dict[str, str] = {}  # names, and how far they are
        zone = Dropzone("/api/v1/files?name={name}", accept=DOCUMENTS, largest=library.SIZE_LIMIT)
        zone.on_picked(self._picked).on_sent(self._sent).on_answered(self._answered).on_failed(self._failed)
        with zone.classes("project-files"), ui.element("section").classes("card-box").props('aria-label="Documents"'):
            text_element("h2", "Documents")
            ui.label(ABOUT).classes("hint")
            self._rows = Rows().classes("project-documents").on_act(self._act)
            self._problem = ui.label().classes("form-error").props('role="alert"')
            self._problem.set_visibility(False)
            button("Add documents", zone.choose, icon="plus")

    async def refresh(self) -> None:
        """Shows them as they are now."""
        self._stored = await self._services.database.read(shelf.listing, self._user, self._project)
        self.show_reading()

    def show_reading(self) -> None:
        """Shows how far the files are that are being read."""
        for one in self._services.readings.of(self._user):
            name = next((name for name in self._coming if library.plain_name(name) == one.name), "")
            if name:
                self._coming[name] = f"Reading page {one.at:,} of {one.of:,}" if one.of else "Reading"
        rows: dict[Any, Markup] = {one.id: _row(one) for one in self._stored}
        rows |= {f"coming {name}": COMING.format(name, how) for name, how in self._coming.items()}
        self._rows.show(rows, classes=dict.fromkeys(rows, "doc-chip"))
        self._rows.set_visibility(bool(rows))

    def _picked(self, files: list[dict[str, Any]]) -> None:
        self._coming |= {str(file["name"]): WAITING for file in files}
        self._say("")
        self.show_reading()

    def _sent(self, told: dict[str, Any]) -> None:
        name, loaded, total = told["name"], told["loaded"], told["total"]
        if name in self._coming and total:
            self._coming[name] = f"Sending, {min(loaded / total, 1):.0%}" if loaded < total else "Reading"
            self.show_reading()

    async def _answered(self, told: dict[str, Any]) -> None:
        about = told["answer"].get("document")
        document = row_number(about.get("id")) if isinstance(about, dict) else 0
        try:
            if document:
                await self._services.database.run(shelf.put, self._user, self._project, [document])
            else:
                self._say(f"{told['name']}: {PICTURE}")
        except AssistantError as error:
            self._say(f"{told['name']}: {error.sentence}")
        self._coming.pop(told["name"], None)
        await self.refresh()

    def _failed(self, told: dict[str, Any]) -> None:
        self._coming.pop(told["name"], None)
        why = str(told["answer"].get("detail") or "It could not be sent. Try again.")
        self._say(f"{told['name']}: {'It is larger than 25 MB.' if told['status'] == TOO_LARGE else why}")
        self.show_reading()

    async def _act(self, _what: str, of: str, _more: str) -> None:
        row = next((one for one in self._stored if str(one.id) == of), None)
        if row is None:
            return
        run, which = self._services.database.run, (self._user, self._project, row.id)
        await run(shelf.take, *which, self._services.clock())
        toast(f"{row.name} was removed.", partial(run, shelf.put_back, *which))

    def _say(self, sentence: str) -> None:
        self._problem.set_text(sentence)
        self._problem.set_visibility(bool(sentence))


def _row(one: Document) -> Markup:
    about = "a scan, without text to read" if one.scanned else in_pages(one) if one.words else "empty"
    return ROW.format(svg("notes"), svg("trash"), id=one.id, name=one.name, about=about)
