"""The earlier versions of a note, and the way back to one."""

import asyncio

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import button, text_element
from assistant.components.html import Html
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.notes import notebook
from assistant.notes.pages.editor.diff import diff
from assistant.notes.pages.lists.moments import moment
from assistant.notes.pages.services import Services
from assistant.notes.versions import history
from assistant.notes.versions.history import Kept
from assistant.text import row_number
from assistant.users.pages.page import Page

REASONS = {"merge": "Before a merge", "restore": "Before a restore", "import": "Imported"}


class HistoryDialog:
    """Lists the versions of one note, shows what changed since, and restores one."""

    def __init__(self, page: Page, services: Services, note: int) -> None:
        """Nothing is drawn before ``open``."""
        self._page, self._services, self._note = page, services, note
        self._kept: dict[int, Kept] = {}
        self._seen = 0

    async def open(self) -> None:
        """Opens it; it is gone once it is closed."""
        kept = await self._services.database.read(history.versions, self._page.user, self._note)
        self._kept = {one.id: one for one in kept}
        with ui.dialog(value=True) as self._dialog, ui.element("div").classes("card-box history"):
            text_element("h2", "History")
            if kept:
                self._draw()
            else:
                ui.label("Earlier versions appear here as you write.").classes("muted")
            with ui.element("div").classes("row-end"):
                button("Close", self._dialog.close)
                self._restore = button("Restore this version", self._bring_back, kind="main")
                self._restore.set_visibility(False)
        self._dialog.on("hide", self._dialog.delete)
        if kept:
            await self._show("show", str(kept[0].id), "")

    def _draw(self) -> None:
        with ui.element("div").classes("history-sides"):
            self._list = Rows().classes("history-list").on_act(self._show)
            with ui.element("div").classes("history-text"):
                self._legend = Html(
                    '<span class="diff-removed">Only in this version</span> <span class="diff-added">Only now</span>',
                    tag="p",
                )  # fmt: skip
                self._text = Html("")
        self._mark()

    def _mark(self) -> None:
        self._list.show({id: self._row(one) for id, one in self._kept.items()})  # noqa: A001 - the row's own word

    def _row(self, one: Kept) -> Markup:
        current = Markup(' aria-current="true"') if one.id == self._seen else ""
        created = moment(one.created, self._page.asking.preferences)
        return Markup(
            '<button type="button" data-do="show" data-of="{}" data-row{}><span>{}</span>'
            '<span class="muted">{}</span></button>'
        ).format(one.id, current, created, REASONS.get(one.reason, ""))

    async def _show(self, _what: str, of: str, _more: str) -> None:
        if row_number(of) not in self._kept:
            return
        self._seen = row_number(of)
        self._mark()
        database, user = self._services.database, self._page.user
        old = await database.read(history.get_version, user, self._note, self._seen)
        now = await database.read(notebook.get, user, self._note)
        self._text.set_content(diff(await asyncio.to_thread(history.differences, old.text, now.text)))
        self._restore.set_visibility(True)

    async def _bring_back(self) -> None:
        now = self._services.clock()
        await self._services.database.run(history.restore, self._page.user, self._note, self._seen, now)
        self._dialog.close()
        toast("That version is back.")
