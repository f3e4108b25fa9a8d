"""The name and the picture by which a person is shown."""

from typing import Any

from nicegui import ui

from assistant.components.controls import Problem, button
from assistant.components.dropzone import Dropzone
from assistant.components.html import Html
from assistant.components.toast import toast
from assistant.errors import NotFound
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.users.pages.page import Page
from assistant.users.profile import face, picture

TAKES = "image/jpeg,image/png,image/webp,image/gif"
TOO_LARGE = 413


class Picture:
    """The box of the picture."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it, and follows what changes."""
        with section("Picture") as self._saved:
            self._zone = Dropzone("/api/v1/me/picture", accept=TAKES, multiple=False, largest=picture.SIZE_LIMIT)
            with self._zone.classes("profile"):
                self._avatar = Html("")
                with ui.element("div").classes("line-words"):
                    self._name = ui.label().classes("person-name")
                    hint("Shown to you. Without a picture, your initials are.")
                button("Choose a picture", self._zone.choose)
                self._remove = button("Remove", self._take_away, kind="plain")
            self._problem = Problem()
        self._zone.on_picked(lambda _files: self._problem.say("")).on_answered(self._stored).on_failed(self._failed)
        await self._show()
        self._page.follow({"preferences"}, lambda _topics: self._show())

    async def _show(self) -> None:
        shown = await self._services.database.read(face.load, self._page.user)
        self._avatar.set_content(shown.avatar())
        self._name.set_text(shown.name)
        self._remove.set_visibility(bool(shown.picture))

    async def _stored(self, _told: Any) -> None:
        self._saved.show()
        await self._show()

    def _failed(self, told: Any) -> None:
        known = {TOO_LARGE: "The picture is larger than 10 MB.", 0: "The server does not answer."}
        said = str(told["answer"].get("detail") or "That did not work.")
        self._problem.say(known.get(told["status"], said))

    async def _take_away(self) -> None:
        try:
            gone = await self._services.database.run(picture.remove, self._page.user)
        except NotFound:
            return

        async def undo() -> None:
            await self._services.database.run(picture.put_back, self._page.user, gone)

        toast("The picture was removed.", undo)
