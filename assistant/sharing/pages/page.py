"""The page that asks what becomes of something shared: a note, a question, or nothing."""

from collections.abc import Awaitable, Callable

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import Problem, button, text_area, text_element
from assistant.components.form import KeptForm, Values
from assistant.components.frame import main
from assistant.components.html import Html
from assistant.errors import AssistantError
from assistant.sharing import shares
from assistant.sharing.pages.services import Services
from assistant.sharing.shares import LONGEST
from assistant.users.pages.page import Page, Place

PICTURE = Markup('<img src="/shared/{}/pictures/{}" alt="Shared picture">')


class SharedPage:
    """One thing that was shared, with what it says to be changed."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page
        self._token, self._text, self._busy = "", "", False

    async def draw(self) -> None:
        """Draws nothing yet: it is not known what was shared."""

    async def show(self, place: Place) -> None:
        """Asks; raises NotFound where it is gone or someone else's."""
        run, user = self._services.database.run, self._page.user
        self._token = str(place.parts["token"])
        share = await run(shares.get, user, self._token)
        pictures = await run(shares.pictures, user, self._token)
        self._text = share.text
        self._page.title("Shared", "")
        with main(), ui.element("div").classes("sheet"), ui.element("div").classes("sheet-inner shared"):
            text_element("h1", "Keep this, or ask about it?")
            draft = f"draft:{user}:share:{self._token}"
            with ui.element("div").classes("card-box"), KeptForm(draft, {"text": share.text}) as self._form:
                self._form.on_change(self._typed)
                self._draw(pictures)

    def _draw(self, pictures: list[int]) -> None:
        box = text_area("text", "Text", grows=True, rows=3, longest=LONGEST, placeholder="Say something about it")
        self._problem = Problem(box)
        if pictures:
            shown = Markup().join(PICTURE.format(self._token, one) for one in pictures)
            Html(shown).classes("shared-pictures")
        with ui.element("div").classes("row"):
            button("Keep as a note", self._keep, kind="main", icon="notes")
            button("Ask about it", self._ask, icon="chat")
            ui.element("span").classes("grow")
            button("Discard", self._discard, kind="plain")

    def _typed(self, values: Values, _name: str) -> None:
        self._text = str(values.get("text") or "")

    async def _keep(self) -> None:
        services, user, text = self._services, self._page.user, self._text

        def keep() -> str:
            return services.keep(user, text, shares.take(user, self._token), services.clock())

        await self._do(lambda: services.database.run(keep))

    async def _ask(self) -> None:
        services, user, page = self._services, self._page.user, self._page

        async def ask() -> str:
            ids = await services.database.run(shares.pictures, user, self._token)
            pictures = [await services.database.run(shares.picture, user, self._token, one) for one in ids]
            address = await services.ask(page, self._text, pictures, f"share-{self._token}")
            await services.database.run(shares.take, user, self._token)
            return address

        await self._do(ask)

    async def _discard(self) -> None:
        async def discard() -> str:
            await self._services.database.run(shares.take, self._page.user, self._token)
            return "/"

        await self._do(discard)

    async def _do(self, act: Callable[[], Awaitable[str]]) -> None:
        """Does it, once, and goes to where it led; says at the text why it could not be done."""
        if self._busy:
            return
        self._busy = True
        try:
            address = await act()
        except AssistantError as error:
            self._problem.say(error.sentence)
        else:
            with self._page.client:
                self._form.forget()
                self._page.go(address)
        finally:
            self._busy = False
