"""The box of what is stored: how much of each kind, and all of one kind deleted."""

from functools import partial

from nicegui import ui

from assistant.archive.pages import boxes
from assistant.archive.pages.services import Services
from assistant.archive.rooms import Stored
from assistant.components.controls import button
from assistant.components.dialogs import confirm
from assistant.components.toast import toast
from assistant.users.pages.page import Page
from assistant.users.pages.password_dialog import proven

GONE = "They are gone for good, those in the trash and the archive too; only backups hold them. Make an export first."


class StoredBox:
    """What the person has."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it."""
        with boxes.box("What is stored"):
            self._list = ui.element("ul").classes("lines")
        await self._show()

    async def _show(self) -> None:
        found = await self._services.database.read(self._services.rooms.sizes, self._page.user)
        self._list.clear()
        with self._list:
            for one in found:
                with ui.element("li"):
                    with ui.element("div").classes("line-words"):
                        ui.label(one.title)
                        boxes.say(f"{one.count:,}, {boxes.size(one.size)}")
                    if one.count or one.size:
                        button(
                            "Delete all", partial(self._empty, one), kind="plain", aria_label=f"Delete all: {one.title}"
                        )

    async def _empty(self, one: Stored) -> None:
        if not await proven(self._services.identity, self._page):
            return
        if await confirm(f"Delete all {one.title.lower()}?", GONE, yes="Delete all"):
            await self._services.removals.empty(self._page.user, one.kind)
            await self._show()
            toast(f"All {one.title.lower()} are deleted.")
