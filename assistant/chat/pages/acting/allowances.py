"""What the open conversation may do without asking, as chips that end it."""

from functools import partial

from nicegui import ui

from assistant.chat.acting import journal
from assistant.chat.models import Conversation
from assistant.chat.pages.services import Services
from assistant.components.controls import icon_button

WORDS = {
    "create": "Writes notes and sets reminders here without asking",
    "change": "Changes notes and reminders here without asking",
    "remember": "Remembers things about you here without asking",
}  # fmt: skip


class Allowances:
    """The chips above the place where one writes."""

    def __init__(self, services: Services, user: int) -> None:
        """Draws the place, in the slot that is open."""
        self._services, self._user, self._shown = services, user, ("", 0)
        self._box = ui.element("div").classes("allowances")

    def show(self, home: Conversation | None) -> None:
        """Shows those of this conversation."""
        wanted = (home.allows, int(home.id)) if home else ("", 0)
        if wanted == self._shown:
            return
        self._shown = wanted
        self._box.clear()
        with self._box:
            for kind in wanted[0].split():
                with ui.element("div").classes("note-chip"):
                    ui.label(WORDS[kind]).classes("title")
                    icon_button("close", f"Ask again: {WORDS[kind].lower()}", partial(self._end, wanted[1], kind))

    async def _end(self, conversation: int, kind: str) -> None:
        await self._services.database.run(journal.disallow, self._user, conversation, kind)
