"""The form of one reminder: a dialog whose sentence and fields say the same.

What is typed waits in the browser, for each reminder by itself, until it is stored.
"""

import json
from collections.abc import Callable
from contextlib import suppress
from zlib import crc32

from nicegui import ui

from assistant.components.toast import toast
from assistant.errors import NotFound
from assistant.reminders import trash
from assistant.reminders.pages import form_store
from assistant.reminders.pages.form_dialog import FormDialog
from assistant.reminders.pages.services import Services
from assistant.reminders.pages.times import moment
from assistant.reminders.parsing.habits import habits_of
from assistant.reminders.parsing.model import Parsed
from assistant.reminders.queries import Listed
from assistant.text import row_number
from assistant.users.pages.page import Page

KEPT = "return Object.keys(localStorage).filter((key) => key.startsWith({}))"
ANSWER = 5.0  # seconds that a browser may take to say what it keeps


class ReminderForm:
    """The place in a view where the form opens."""

    def __init__(
        self, page: Page, services: Services, *, on_added: Callable[[Listed], object] | None = None,
        on_closed: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        """Opens what was left in this browser; ``on_added`` is called with a new reminder when it is stored."""
        self._page, self._services = page, services
        self._on_added, self._on_closed = on_added, on_closed
        self._prefix = f"draft:{page.user}:reminder:"
        self._host = ui.element("div")
        self._dialog: FormDialog | None = None
        page.follow({"reminders"}, self._changed)
        page.begin(self._go_on(), name="reminder form")

    async def open(self, reminder: int | None = None, *, draft: Parsed | None = None, text: str = "") -> None:
        """Opens the form of a reminder, or of a new one that a sentence (``text``, read as ``draft``) says.

        What was typed there before and not stored is there again. Raises NotFound for someone else's reminder.
        """
        place = str(reminder or 0)
        if not reminder and (draft or text.strip()):
            said = text.strip() or f"{draft and (draft.text, draft.local)}"
            place = f"0-{crc32(said.encode()):x}"
        await self._open(place, reminder or 0, draft, text)

    async def _open(
        self, place: str, reminder: int, draft: Parsed | None = None, text: str = "", *, resumed: bool = False
    ) -> FormDialog:
        asking, now = self._page.asking, self._services.clock()
        opened = await self._services.database.read(
            form_store.opened, asking.user, reminder, self._services.find, zone=asking.preferences.zone, now=now,
            draft=draft, text=text, habits=habits_of(asking.preferences),
        )  # fmt: skip
        if self._dialog:
            self._dialog.close()
        with self._host:
            self._dialog = FormDialog(
                self._page, self._services, opened, draft=f"{self._prefix}{place}", resumed=resumed
            ).on_end(stored=self._stored, deleted=self._deleted, left=self._left, closed=self._closed)
        return self._dialog

    async def _go_on(self) -> None:
        """Opens what was typed and not stored, as after a page that was loaded again."""
        kept: object = None
        with suppress(TimeoutError), self._page.client:  # a browser that does not say keeps it for the next time
            await self._page.client.connected()
            kept = await ui.run_javascript(KEPT.format(json.dumps(self._prefix)), timeout=ANSWER)
        places = [str(key).removeprefix(self._prefix) for key in kept] if isinstance(kept, list) else []
        if places and self._dialog is None:
            await self._resume(places[0])

    async def _resume(self, place: str) -> None:
        reminder = row_number(place.partition("-")[0])
        try:
            await self._open(place, reminder, resumed=True)
        except NotFound:
            await self._open(place, 0, resumed=True)

    async def _changed(self, _topics: set[str]) -> None:
        if self._dialog:
            await self._dialog.changed_elsewhere()

    def _stored(self, row: Listed, *, fresh: bool) -> None:
        chosen = self._page.asking.preferences
        when = moment(row.at, chosen, self._services.clock()) if row.at else "someday"

        async def undo() -> None:
            await self._services.database.run(trash.delete, self._page.user, row.id, self._services.clock())

        toast(f"{'Set' if fresh else 'Saved'}: “{row.text}”, {when}.", undo if fresh else None)
        if fresh and self._on_added:
            self._on_added(row)

    def _deleted(self, reminder: int, text: str) -> None:
        async def undo() -> None:
            await self._services.database.run(trash.restore, self._page.user, reminder)

        toast(f"“{text}” was deleted.", undo)

    def _left(self, dialog: FormDialog, *, kept: bool) -> None:
        """Says that what was typed is not stored, and how to go on with it."""
        place, values, reminder = dialog.draft.removeprefix(self._prefix), dialog.values, dialog.id

        async def go_on() -> None:
            if kept:
                await self._resume(place)
            else:
                (await self._open(place, reminder)).take(values)

        name = f"“{values.get('text') or 'The new reminder'}”"
        if kept:
            toast(f"{name} is not saved yet. What you typed is kept here.", go_on, label="Go on")
        else:
            toast("What you typed was discarded.", go_on)

    def _closed(self, dialog: FormDialog) -> None:
        if self._dialog is dialog:
            self._dialog = None
        if self._on_closed:
            self._on_closed()
