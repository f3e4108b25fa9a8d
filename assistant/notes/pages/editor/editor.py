"""One note being written, with everything that stands around its text."""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from nicegui import ui

from assistant.components.controls import Problem, button
from assistant.components.dropzone import Dropzone
from assistant.errors import NotFound
from assistant.notes import notebook, queries, trash
from assistant.notes.pages.editor.conflict import Conflict
from assistant.notes.pages.editor.note_details import LeadingHere, TagLine
from assistant.notes.pages.editor.note_menu import NoteMenu
from assistant.notes.pages.editor.opened import Leading, Opened, leading, opened
from assistant.notes.pages.editor.preview import Preview
from assistant.notes.pages.editor.proposal_bar import ProposalBar
from assistant.notes.pages.editor.proposal_sheet import ProposalSheet
from assistant.notes.pages.editor.toolbar import Bar, tools
from assistant.notes.pages.editor.writing import NoteText
from assistant.notes.pages.services import Services
from assistant.notes.reading import sections
from assistant.text import row_number
from assistant.users.pages.page import Page

LARGEST = 10 * 1024 * 1024  # bytes of a picture or file
TOO_LARGE = 413
FOLLOWING = "Links to this note follow its new name: {:,} more note{} to go."
LONGEST = 300  # characters of a title


class NoteEditor:
    """Writes one note after another; what was typed in the former is stored while the next is open."""

    def __init__(
        self, page: Page, services: Services, *, on_created: Callable[[int], None], on_gone: Callable[[int], None]
    ) -> None:  # fmt: skip
        """Draws it in the slot that is open.

        ``on_created`` hears of a new note once it has an id, and the address bar says it by then; ``on_gone`` of one
        that was moved to the trash here, which it tells the person.
        """
        self._page, self._services = page, services
        self._on_created, self._on_gone = on_created, on_gone
        self._found = Opened()
        self._named: dict[int, str] = {}  # by which titles links know the notes that were open
        self._draw()
        page.follow({"note", "reminders"}, self._refresh)

    async def open(self, note: int, *, title: str = "", text: str = "", part: str = "", passage: str = "") -> None:
        """Opens the note at that part of its text, or the passage that begins so, or with 0 a new one.

        A new one begins with title and text.

        Raises NotFound when it is gone or someone else's; what was open before then stays.
        """
        found = await self._services.database.read(opened, self._page.user, note) if note else Opened()
        self._named = dict(list(self._named.items())[-9:]) | {found.id: found.title}
        at = await asyncio.to_thread(sections.begins, found.text, part, passage)
        self._preview.open(found.id, part)
        self._text.open(found, title=title, text=text, at=at)
        self._problem.say("")
        self._sheet.close()
        self._show(found)
        await self._show_leading(found.id)

    async def go(self, part: str, passage: str = "") -> None:
        """Shows that part of the note that is open, or the passage that begins so."""
        found = await self._services.database.read(opened, self._page.user, self._found.id)
        at = await asyncio.to_thread(sections.begins, found.text, part, passage)
        self._preview.go(part)
        if at is not None:
            self._text.go(at)

    def _draw(self) -> None:
        with ui.element("div").classes("editor").props('data-state="clean" data-view="write"'):
            with ui.element("h1").classes("visually-hidden"):
                self._heading = ui.label("Note")
            self._bar = Bar(self._pin, self._open_menu)
            tools(self._show_asking)
            self._banner = ui.element("div").classes("banner editor-banner")
            self._problem = Problem()
            self._conflict = Conflict()
            with ui.element("div").classes("panes"):
                self._draw_text()
                self._preview = Preview(self._services.database, self._page.user, self._text)
                self._sheet = ProposalSheet(self._page, self._services, self._text)
                self._asking = ProposalBar(self._sheet.ask)
            self._leading = LeadingHere()
        self._menu = NoteMenu(self._page, self._services, self._text, self._on_gone)

    def _draw_text(self) -> None:
        url = "/api/v1/attachments?name={name}"
        with Dropzone(url, pictures=True, largest=LARGEST).classes("pane-source") as files:
            self._text = NoteText(self._page.user)
            with self._text:
                title = ui.element("input").classes("editor-title")
                title.props('data-title placeholder="Title" aria-label="Title" readonly enterkeyhint="done"')
                self._tags = TagLine(self._page, self._services)
                ui.element("p").classes("editor-problem").props('data-problem role="alert"')
                ui.element("div").classes("source")
        files.on_picked(lambda _files: self._problem.say(""))
        files.on_failed(self._refuse_file)
        self._text.hear("created", self._created)
        self._text.hear("behind", self._renew)
        self._text.hear("left", self._left)
        self._text.hear("preview", lambda text: self._preview.show(str(text)))
        self._text.hear("completing", self._complete)
        self._text.hear("conflict", self._collide)

    def _show(self, found: Opened) -> None:
        """Shows what is around the text."""
        self._found = self._menu.found = found
        self._sheet.note, self._sheet.locked = found.id, found.trashed
        title = found.title or ("Untitled" if found.id else "New note")
        self._page.title(title, "notes", ("New note", "/notes/new"))
        self._heading.set_text(title)
        self._bar.show(found)
        self._tags.show(found)
        self._show_banner(found)

    def _show_banner(self, found: Opened) -> None:
        self._banner.clear()
        self._banner.set_visibility(found.trashed or found.archived or bool(found.following))
        with self._banner:
            if not (found.trashed or found.archived):
                ui.label(FOLLOWING.format(found.following, "" if found.following == 1 else "s")).classes("grow")
                return
            ui.label(f"This note is in the {'trash' if found.trashed else 'archive'}.").classes("grow")
            button(*(("Restore", self._restore) if found.trashed else ("Unarchive", self._unarchive)))

    async def _show_leading(self, note: int) -> None:
        chosen = self._page.asking.preferences
        read = self._services.database.read
        found = await read(leading, self._page.user, note, self._services, chosen) if note else Leading()
        if note == self._found.id:
            self._leading.show(found)

    async def _refresh(self, _topics: set[str]) -> None:
        note = self._found.id
        if not note:
            return
        try:
            found = await self._services.database.read(opened, self._page.user, note)
        except NotFound:  # deleted for good, elsewhere; what is written here stays to be copied
            return
        if note != self._found.id:
            return
        if found.title_set:
            self._named[note] = found.title
        self._text.changed(found)
        self._show(found)
        await self._show_leading(note)

    async def _renew(self, note: object) -> None:
        self._text.renew(await self._services.database.read(opened, self._page.user, row_number(note)))

    async def _created(self, note: object) -> None:
        if self._found.id or not row_number(note):
            return  # another one is open by now
        self._found = Opened(id=row_number(note))
        self._sheet.note = self._found.id
        self._preview.open(self._found.id)
        await self._refresh(set())
        self._named[self._found.id] = self._found.title
        self._on_created(self._found.id)

    async def _left(self, left: object) -> None:
        """Lets links to a title that is the first line follow, once one has finished writing it."""
        run, user, now, note = self._services.database.run, self._page.user, self._services.clock(), row_number(left)
        before = self._named.get(note, "")
        self._named[note] = await run(notebook.follow_first_line, user, note, before, now)

    def _collide(self, pieces: object) -> None:
        told = [one for one in pieces if isinstance(one, list)] if isinstance(pieces, list) else []
        self._conflict.show([(str(one[0]), str(one[-1])) for one in told if one])

    async def _complete(self, begun: str) -> None:
        titles = await self._services.database.read(queries.titles, self._page.user, str(begun)[:LONGEST])
        self._text.offer(titles)

    def _refuse_file(self, sent: dict[str, Any]) -> None:
        answer, name = sent["answer"], sent["name"]
        large = f"{name} is larger than 10 MB." if sent["status"] == TOO_LARGE else ""
        self._problem.say(large or str(answer.get("detail") or f"{name} was not stored."))

    async def _pin(self) -> None:
        run, found = self._services.database.run, self._found
        await run(partial(notebook.pin, self._page.user, found.id, on=not found.pinned))

    def _show_asking(self) -> None:
        self._asking.toggle()

    async def _open_menu(self) -> None:
        self._menu.open(f"#{self._bar.more.html_id}")

    async def _restore(self) -> None:
        await self._services.database.run(trash.restore, self._page.user, self._found.id)

    async def _unarchive(self) -> None:
        await self._services.database.run(partial(notebook.archive, self._page.user, self._found.id, on=False))
