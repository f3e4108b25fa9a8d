"""What one does with a note as a whole."""

from collections.abc import Callable
from functools import partial

from assistant.components.menu import Choice, open_menu
from assistant.components.toast import toast
from assistant.notes import notebook, queries, trash
from assistant.notes.pages.editor.history_dialog import HistoryDialog
from assistant.notes.pages.editor.opened import Opened
from assistant.notes.pages.editor.writing import NoteText
from assistant.notes.pages.services import Services
from assistant.users.pages.page import Page


class NoteMenu:
    """The menu of the note that is open."""

    def __init__(self, page: Page, services: Services, text: NoteText, on_gone: Callable[[int], None]) -> None:
        """``text`` is saved before anything is done; ``on_gone`` hears of a note that was deleted and says so."""
        self._page, self._services, self._text, self._on_gone = page, services, text, on_gone
        self._run = services.database.run
        self.found = Opened()

    def open(self, at: str) -> None:
        """Opens it at the element that the selector finds."""
        open_menu(self._choices(self.found), at=at)

    def _choices(self, found: Opened) -> list[Choice]:
        note = f"/notes/{found.id}"
        chosen = [
            Choice("Ask about this", icon="chat", props=f'href="/?note={found.id}"'),
            Choice("Remind me", self._remind, icon="reminders"),
            Choice("History", self._history, icon="again"),
            Choice("Duplicate", self._duplicate, icon="copy"),
            Choice("No longer a template" if found.template else "Use as a template", self._template, icon="notes"),
            Choice("Print", icon="print", props=f'href="{note}/print" target="_blank"'),
            Choice("Export as Markdown", icon="download", props=f'href="{note}/export" download'),
            Choice("Unarchive" if found.archived else "Archive", self._archive, icon="archive"),
            Choice("Delete", self._delete, icon="trash", danger=True),
        ]
        hidden = {"Remind me", "Delete"} if found.trashed else set()
        hidden |= set() if self._services.remind else {"Remind me"}
        return [choice for choice in chosen if choice.words not in hidden]

    async def _remind(self) -> None:
        if self._services.remind:
            await self._text.stored()
            words = self.found.title or "this note"
            await self._services.remind(self._page, "note", self.found.id, words)

    async def _history(self) -> None:
        await self._text.stored()
        await HistoryDialog(self._page, self._services, self.found.id).open()

    async def _duplicate(self) -> None:
        await self._text.stored()
        copy = await self._run(notebook.duplicate, self._page.user, self.found.id, self._services.clock())
        self._page.go(f"/notes/{copy.id}")

    async def _template(self) -> None:
        change = {"remove" if self.found.template else "add": [queries.TEMPLATE]}
        now = self._services.clock()
        await self._run(partial(notebook.tag_all, self._page.user, [self.found.id], now=now, **change))

    async def _archive(self) -> None:
        user, note, on = self._page.user, self.found.id, not self.found.archived
        await self._run(partial(notebook.archive, user, note, on=on))

        async def undo() -> None:
            await self._run(partial(notebook.archive, user, note, on=not on))

        toast("1 note archived." if on else "1 note taken out of the archive.", undo)

    async def _delete(self) -> None:
        await self._text.stored()
        await self._run(trash.trash, self._page.user, self.found.id, self._services.clock())
        self._on_gone(self.found.id)
