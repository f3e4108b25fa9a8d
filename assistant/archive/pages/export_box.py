"""The box that takes everything out."""

import asyncio

from nicegui import ui

from assistant.archive.exports import Export
from assistant.archive.pages import boxes
from assistant.archive.pages.services import Services
from assistant.components.controls import button
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.users.pages.page import Page
from assistant.users.pages.password_dialog import proven

LOOK = 0.25  # seconds between two looks at how far it is
ABOUT = (
    "One file with your chats, notes, reminders and settings, which reads back to the same here or in another "
    "Assistant, and which other programs can read. It is offered for seven days, to you alone."
)


class ExportBox:
    """Finds the export again that a person has under way, in whatever tab they look."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it."""
        with boxes.box("Export"):
            boxes.say(ABOUT)
            self._place = ui.element("div").classes("archive-place").props('aria-live="polite"')
        self._show()

    def _show(self) -> None:
        one = self._services.exports.current(self._page.user)
        self._place.clear()
        with self._place:
            if one is None:
                button("Make an export", self._begin, kind="main")
            elif one.state == "running":
                bar = boxes.Bar("Making the export", self._cancel)
                self._page.begin(self._watch(one, bar), name="export shown")
            elif one.state == "failed":
                boxes.problem(one.problem)
                button("Try again", self._begin, kind="main")
            else:
                self._offer(one)

    def _offer(self, one: Export) -> None:
        made, until = boxes.moment(self._page, one.begun), boxes.day(self._page, one.until)
        boxes.say(f"Made {made}, {boxes.size(one.size)}. It is here until {until}.", "")
        with ui.element("div").classes("row"):
            with ui.element("a").classes("main-button") as link:
                Html(svg("download"))
                ui.label("Download")
            link.props.update({"href": f"/archive/{one.id}", "download": ""})
            button("Make a new one", self._begin)
            button("Delete", self._forget, kind="plain")

    async def _begin(self) -> None:
        if await proven(self._services.identity, self._page):
            asking = self._page.asking
            self._services.exports.begin(asking.user, asking.name, asking.preferences.zone_info)
            with self._page.client:
                self._show()

    def _cancel(self) -> None:
        self._services.exports.cancel(self._page.user)

    def _forget(self) -> None:
        self._services.exports.forget(self._page.user)
        self._show()

    async def _watch(self, one: Export, bar: boxes.Bar) -> None:
        while one.state == "running" and not (one.stopped and self._services.exports.current(one.user) is not one):
            with self._page.client:
                bar.show(one.done, one.total)
            await asyncio.sleep(LOOK)
        with self._page.client:
            self._show()
