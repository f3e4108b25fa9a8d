"""Says to owners, above every page, that the last backup failed and what to do."""

from nicegui import ui

from assistant.archive.nightly import TOPIC
from assistant.archive.pages.services import Services
from assistant.components.controls import button, link_to
from assistant.users.pages.page import Page


class Banner:
    """The line of one tab, for as long as the tab lasts."""

    def __init__(self, services: Services, page: Page) -> None:
        """Draws its place in the slot that is open; what it says comes when it is known."""
        self._services, self._page = services, page
        self._hidden = ""
        if not page.asking.owner:
            return
        self._place = ui.element("div").classes("banner owner-notice").props('role="status"')
        self._place.set_visibility(False)
        page.follow({TOPIC}, self._refresh, shared=True)
        page.begin(self._show(), name="banner")

    async def _refresh(self, _topics: set[str]) -> None:
        await self._show()

    async def _show(self) -> None:
        problem = (await self._services.backups.standing()).outcome.problem
        with self._page.client:
            self._place.clear()
            self._place.set_visibility(bool(problem) and problem != self._hidden)
            if not problem:
                return
            with self._place:
                ui.label(f"The last backup failed. {problem}").classes("grow")
                link_to("Backups", "/settings/household?at=backups#backups", "quiet")
                button("Later", lambda: self._hide(problem), kind="plain")

    def _hide(self, problem: str) -> None:
        self._hidden = problem
        self._place.set_visibility(False)
