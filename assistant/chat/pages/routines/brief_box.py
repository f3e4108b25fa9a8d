"""When the next daily brief comes, where the last one is, and one at once; what it is like stands among the fields."""

from markupsafe import Markup
from nicegui import ui

from assistant.chat.pages.services import Services
from assistant.chat.routines import briefs
from assistant.components.controls import button, text_element
from assistant.components.html import Html
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.users.pages.page import Page

OFF = "Switched off: none comes by itself."
NEXT = "The next one comes {}, {}."


class BriefBox:
    """The box of the daily brief."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it, and follows what changes."""
        with ui.element("section").classes("card-box setting").props('aria-label="Your brief"'):
            text_element("h2", "Your brief")
            self._said = Html("").classes("hint").props('role="status"')
            button("Make one now", self._make)
        await self._show(set())
        self._page.follow({"brief", "preferences"}, self._show)

    async def _show(self, _topics: set[str]) -> None:
        chosen, now = self._page.asking.preferences, self._services.clock()
        row = await self._services.database.read(briefs.get, self._page.user)
        said = Markup("{}").format(OFF)
        if row is not None and row.due is not None:
            at = row.due.astimezone(chosen.zone_info)
            today = now.astimezone(chosen.zone_info).date()
            said = Markup("{}").format(NEXT.format(chosen.formats.named(at.date(), today), chosen.formats.time(at)))
        if row is not None and row.conversation_id:
            said += Markup(' <a href="/chat/{}">Open the last one</a>').format(row.conversation_id)
        self._said.set_content(said)

    async def _make(self) -> None:
        try:
            made = await self._services.routines.brief_now(self._page.user)
        except AssistantError as error:
            toast(error.sentence)
            return
        self._page.go(f"/chat/{made.conversation}")
