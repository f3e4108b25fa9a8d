"""The page of the installed models: what they are, pull, unload, delete."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from assistant.chat.pages.services import Services, reporting_errors
from assistant.chat.pages.suggestions import SUGGESTED, pull_line, suggested
from assistant.components.dialogs import confirm
from assistant.components.frame import main
from assistant.components.toast import toast
from assistant.errors import ModelUnavailable
from assistant.ollama import Details, Model
from assistant.users.pages.page import Page, Place
from assistant.users.sessions import Asking

Show = Callable[[], Awaitable[None]]


async def models_page(services: Services, page: Page, _place: Place) -> None:
    """Draws the models and follows what happens to them."""
    await services.models_status.refresh()
    page.title("Models", "models")
    with main(), ui.element("div").classes("sheet"), ui.element("div").classes("sheet-inner"):
        with ui.element("h1"):
            ui.label("Models")
        installed = Installed(services, page.asking)
    await installed.show()
    page.follow({"pulls", "ollama"}, installed.changed, shared=True)


class Installed:
    """The part of the page that changes as models come and go."""

    def __init__(self, services: Services, asking: Asking) -> None:
        """Draws the places that ``show`` fills."""
        self.services, self.asking, self.client = services, asking, ui.context.client
        self.banner = ui.label().classes("banner").props('role="status"')
        if asking.owner:
            _pull_form(services)
        self.pulling = ui.element("div").classes("sheet-results")
        self.cards = ui.element("div").classes("sheet-results")

    async def show(self) -> None:
        """Shows what Ollama has now."""
        state = self.services.models_status
        self.banner.set_text(state.problem)
        self.banner.set_visibility(bool(state.problem))
        _show_pulls(self.services, self.asking, self.pulling)
        details = {model.name: await _details(self.services, model.name) for model in state.models}
        running = await _running(self.services)
        self.cards.clear()
        with self.cards:
            if not state.models and not state.problem and not self.asking.owner:
                ui.label("No model is installed yet.").classes("muted")
            for model in state.models:
                _card(self.services, self.asking, model, details[model.name], self.show, loaded=model.name in running)

    async def changed(self, topics: set[str]) -> None:
        """Shows anew what a change concerns."""
        if "pulls" in topics:
            _show_pulls(self.services, self.asking, self.pulling)
            if not self.services.pulls.running:
                self.services.models_status.hurry()
        if "ollama" in topics:
            await self.show()


def _pull_form(services: Services) -> None:
    with ui.element("div").classes("row"):
        box = (
            ui.input(placeholder="A model's name, such as llama3.2:3b")
            .props('outlined dense aria-label="Name of a model"')
            .classes("grow")
        )

        def start() -> None:
            services.pulls.start(str(box.value or "")[:200])
            box.set_value("")

        box.on("keydown.enter", start)
        ui.button("Pull", on_click=start).props("unelevated no-caps")


def _show_pulls(services: Services, asking: Asking, box: ui.element) -> None:
    box.clear()
    known = {name for name, _, _ in SUGGESTED} if _first(services, asking) else set()
    with box:
        for name in [*services.pulls.running, *services.pulls.problems]:
            if name in known:
                continue
            with ui.element("div").classes("card-box"):
                with ui.element("h2"):
                    ui.label(name)
                pull_line(services, name, "Try again", owner=asking.owner)
        if _first(services, asking):
            ui.label("No model is installed yet. Begin with one of these:").classes("muted")
            suggested(services)


def _first(services: Services, asking: Asking) -> bool:
    return asking.owner and not services.models_status.models and not services.models_status.problem


def _card(
    services: Services, asking: Asking, model: Model, details: Details | None, show: Show, *, loaded: bool
) -> None:
    about = [f"{model.size / 1e9:.1f} GB", model.parameters, model.quantization]
    if details and details.context:
        about.append(f"{details.context:,} tokens of context")
    with ui.element("div").classes("card-box card-row"):
        with ui.element("div"):
            with ui.element("h2"):
                ui.label(model.name)
            _paragraph(" · ".join(part for part in about if part))
            if details:
                _paragraph("Can: " + ", ".join(sorted(details.capabilities)))
        if asking.owner:
            _actions(services, model, show, loaded=loaded)


def _paragraph(words: str) -> None:
    with ui.element("p"):
        ui.label(words)


def _actions(services: Services, model: Model, show: Show, *, loaded: bool) -> None:
    with ui.element("div").classes("row"):
        if loaded:
            ui.button("Unload", on_click=reporting_errors(partial(_unload, services, model.name, show))).props(
                "flat no-caps dense"
            )
        ui.button("Delete", on_click=reporting_errors(partial(_delete, services, model))).props(
            "flat no-caps dense color=negative"
        )


async def _unload(services: Services, name: str, show: Show) -> None:
    await services.ollama.unload(name)
    toast(f"{name} was unloaded.")
    await show()


async def _delete(services: Services, model: Model) -> None:
    freed = f"This frees {model.size / 1e9:.1f} GB. To use it again it must be pulled again."
    if await confirm(f"Delete {model.name}?", freed, yes="Delete", no="Keep it"):
        await services.ollama.delete(model.name)
        await services.models_status.refresh()


async def _details(services: Services, name: str) -> Details | None:
    try:
        return await services.ollama.details(name)
    except ModelUnavailable:
        return None


async def _running(services: Services) -> set[str]:
    try:
        return {model.name for model in await services.ollama.running()}
    except ModelUnavailable:
        return set()
