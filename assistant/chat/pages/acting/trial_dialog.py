"""“Can this model act?”: six requests, each with what came of it, and a verdict."""

from contextlib import aclosing

from markupsafe import Markup
from nicegui import ui

from assistant.chat.acting.calling import trial
from assistant.chat.pages.services import Services
from assistant.components.controls import button
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.errors import ModelUnavailable
from assistant.users.pages.page import Page

ABOUT = "Six fixed requests. Nothing is written or set, whatever it answers."
REQUESTS = 6


class TrialDialog:
    """One opened dialog; closing it ends the trial, at Ollama too."""

    def __init__(self, services: Services, page: Page, model: str) -> None:
        """Opens it, in the slot that is open, and begins."""
        self._services, self._page, self._model = services, page, model
        with ui.dialog(value=True) as self._dialog, ui.element("div").classes("card-box trial"):
            self._dialog.props('aria-labelledby="trial-title"').on("hide", self._end, args=[])
            with ui.element("h2").props('id="trial-title"'):
                ui.label(f"Can {model} act?")
            ui.label(ABOUT).classes("hint")
            self._list = Html("", tag="ul").classes("lines")
            self._verdict = ui.label("Asking…").props('role="status"')
            with ui.element("div").classes("row-end"):
                button("Close", self._dialog.close)
        self._task = page.begin(self._run(), name=f"trial of {model}")

    async def _run(self) -> None:
        services, found = self._services, list[trial.Tried]()
        rooms, user, now = services.acting, self._page.user, services.clock()
        try:
            async with aclosing(
                trial.tried(services.database, services.ollama, self._model, rooms, user, now)
            ) as tries:
                async for one in tries:
                    found.append(one)
                    self._list.set_content(Markup().join(map(_line, found)))
                    self._verdict.set_text(f"{len(found)} of {REQUESTS}…")
        except ModelUnavailable as error:
            self._verdict.set_text(error.told(owner=self._page.asking.owner))
            return
        self._verdict.set_text(trial.verdict(sum(one.right for one in found)))

    def _end(self) -> None:
        self._task.cancel()
        self._dialog.delete()


def _line(one: trial.Tried) -> Markup:
    said = "Right" if one.right else "Not right"
    return Markup('<li class="{}">{}<span>{}</span><span class="visually-hidden">{}</span></li>').format(
        "trial-right" if one.right else "trial-wrong", svg("check" if one.right else "close"), one.words, said
    )
