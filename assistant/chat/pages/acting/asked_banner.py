"""Says above every page that a program asks for something, as soon as it does."""

from nicegui import ui

from assistant.chat.acting import records
from assistant.chat.acting.outcomes import in_words
from assistant.chat.models import Act
from assistant.chat.pages.services import Services
from assistant.components.controls import button, link_to
from assistant.users.pages.page import Page

SHOWN = 120  # characters of what is asked for
PLACE = "/settings/assistant?at=asked#asked"


class AskedBanner:
    """The line of one tab, for as long as the tab lasts."""

    def __init__(self, services: Services, page: Page) -> None:
        """Draws its place in the slot that is open; what it says comes when it is known."""
        self._services, self._page = services, page
        self._hidden = 0  # up to which act it was put off
        self._place = ui.element("div").classes("banner asked-notice").props('role="status"')
        self._place.set_visibility(False)
        page.follow({"acts"}, lambda _topics: self._show())
        page.begin(self._show(), name="what programs ask")

    async def _show(self) -> None:
        now = self._services.clock()
        waiting = await self._services.database.read(records.from_outside, self._page.user, now)
        with self._page.client:
            self._place.clear()
            self._place.set_visibility(bool(waiting) and waiting[-1].id > self._hidden)
            if not waiting:
                return
            last = int(waiting[-1].id)
            with self._place:
                ui.label(_words(waiting)).classes("grow")
                link_to("Look at it" if len(waiting) == 1 else "Look at them", PLACE).classes("quiet-button")
                button("Later", lambda: self._later(last), kind="plain")

    def _later(self, last: int) -> None:
        self._hidden = last
        self._place.set_visibility(False)


def _words(waiting: list[Act]) -> str:
    if len(waiting) > 1:
        return f"{len(waiting)} things that programs ask for wait for your yes."
    words = in_words(waiting[0])
    return f"{waiting[0].program} asks: {words if len(words) <= SHOWN else words[:SHOWN] + '…'}"
