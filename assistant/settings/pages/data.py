"""What is stored of a person, and everything of one kind deleted."""

from functools import partial

from nicegui import ui

from assistant.components.controls import button
from assistant.components.dialogs import confirm
from assistant.components.toast import toast
from assistant.settings.kinds import PIECE, Kind
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.text import in_bytes
from assistant.users.household import choices
from assistant.users.pages.page import Page
from assistant.users.pages.password_dialog import proven

ABOUT = "With everything that belongs to it, on this machine. What you delete stays in backups until those are gone."


class Stored:
    """The box of what there is, one kind a line."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page
        self._stopped = False

    async def draw(self) -> None:
        """Draws it."""
        with section("What is stored"):
            hint(ABOUT)
            self._list = ui.element("ul").classes("lines")
        await self._show()

    async def _show(self) -> None:
        read, user = self._services.database.read, self._page.user
        kept = [(kind, *(await read(kind.kept, user))) for kind in self._services.kinds]
        quota = await read(choices.quota, user)
        self._list.clear()
        with self._list:
            for kind, number, size in kept:
                with ui.element("li"):
                    with ui.element("div").classes("line-words"):
                        ui.label(kind.count(number))
                        hint(in_bytes(size))
                    if number:
                        button("Delete all…", partial(self._ask, kind, number), kind="plain").classes("danger")
            total = sum(size for _, _, size in kept)
            with ui.element("li"), ui.element("div").classes("line-words"):
                ui.label(f"{in_bytes(total)} in all")
                if quota is not None:
                    hint(f"There is room for {in_bytes(quota)}: the owner has decided so.")

    async def _ask(self, kind: Kind, number: int) -> None:
        consequence = "They are gone for good, and so is what hangs on them. This cannot be undone."
        if not await confirm(f"Delete {kind.count(number)}?", consequence, yes="Delete for good"):
            return
        if await proven(self._services.identity, self._page):
            self._page.begin(self._delete(kind, number), name=f"delete {kind.name}")

    async def _delete(self, kind: Kind, number: int) -> None:
        database, user, gone = self._services.database, self._page.user, 0
        self._stopped = False
        with self._list:
            self._list.clear()
            with ui.element("li"):
                far = ui.label(f"Deleting {kind.count(number)}…").classes("line-words").props("role=status")
                button("Stop", self._stop, kind="plain")
        if kind.prepare:
            await kind.prepare(user)
        while not self._stopped and (some := await database.run(kind.delete_some, user, PIECE)):
            gone += some
            far.set_text(f"{gone:,} of {kind.count(max(number, gone))} deleted…")
        with self._page.client:
            toast(f"{kind.count(gone)} deleted{'; the others stay' if self._stopped else ''}.")
            await self._show()

    def _stop(self) -> None:
        self._stopped = True
