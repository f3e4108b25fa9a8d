"""The box that deletes the account."""

from nicegui import ui

from assistant.archive.pages import boxes
from assistant.archive.pages.services import Services
from assistant.components.controls import button, text_element
from assistant.components.dialogs import answered
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.users.pages.page import Page
from assistant.users.pages.password_dialog import proven

ABOUT = (
    "You are logged out everywhere at once, and all that you have here is removed within a minute. Nothing of you "
    "stays but in the backups of this installation, until those are replaced by newer ones."
)
FIRST = "This cannot be undone. Take an export with you first: it brings everything back, here or elsewhere."


class LeavingBox:
    """The end of the account."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it."""
        with boxes.box("Delete my account"):
            boxes.say(ABOUT)
            with ui.element("div").classes("row"):
                button("Delete my account", self._ask, kind="danger")

    async def _ask(self) -> None:
        if not await proven(self._services.identity, self._page):
            return
        with self._page.client, ui.dialog(value=True) as dialog, ui.element("div").classes("card-box leaving"):
            text_element("h2", f"Delete the account {self._page.asking.name}?")
            text_element("p", FIRST)
            with ui.element("div").classes("row-end"):
                button("Cancel", dialog.close)
                button("Make an export", lambda: dialog.submit("export"))
                button("Delete for good", lambda: dialog.submit("delete"), kind="danger")
        answer: object = await answered(dialog)
        if answer == "export":
            self._page.go("/settings/data?at=export#export")
        elif answer == "delete":
            await self._leave()

    async def _leave(self) -> None:
        user = self._page.user
        try:
            await self._services.removals.leave(user)
        except AssistantError as error:
            toast(error.sentence)
            return
        # The session has ended with the account: what is shown is gone as soon as the page looks.
        ui.navigate.to("/login")
        await self._services.stop_answers(user)
        self._services.exports.forget(user)
        self._services.imports.cancel(user)
