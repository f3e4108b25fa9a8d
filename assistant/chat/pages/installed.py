"""The page of the installed models: what they are, pull, unload, delete."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import background_tasks, ui

from assistant.chat.pages.room import Room, told
from assistant.chat.pages.suggestions import SUGGESTED, pull_line, suggested
from assistant.components.dialogs import confirm
from assistant.components.frame import frame
from assistant.components.toast import toast
from assistant.errors import ModelUnavailable
from assistant.ollama import Details, Model
from assistant.storage.events import EVERYONE, Change
from assistant.users.pages.open import while_open
from assistant.users.session import Asking

Show = Callable[[], Awaitable[None]]


async def models_page(room: Room, asking: Asking) -> None:
    """Draws the models and follows what happens to them."""
    await room.availability.look()
    with (
        frame("Models", name=asking.name, theme=asking.preferences.theme, active="models"),
        ui.element("div").classes("sheet"),
        ui.element("div").classes("sheet-inner"),
    ):
        with ui.element("h1"):
            ui.label("Models")
        installed = Installed(room, asking)
    await installed.show()
    while_open(room.events, room.sessions, asking, installed.changed, of=EVERYONE)


class Installed:
    """The part of the page that changes as models come and go."""

    def __init__(self, room: Room, asking: Asking) -> None:
        """Draws the places that ``show`` fills."""
        self.room, self.asking, self.client = room, asking, ui.context.client
        self.banner = ui.label().classes("banner").props('role="status"')
        if asking.owner:
            _pull_form(room)
        self.pulling = ui.element("div").classes("sheet-results")
        self.cards = ui.element("div").classes("sheet-results")

    async def show(self) -> None:
        """Shows what Ollama has now."""
        state = self.room.availability
        self.banner.set_text(state.problem)
        self.banner.set_visibility(bool(state.problem))
        _show_pulls(self.room, self.asking, self.pulling)
        details = {model.name: await _details(self.room, model.name) for model in state.models}
        running = await _running(self.room)
        self.cards.clear()
        with self.cards:
            if not state.models and not state.problem and not self.asking.owner:
                ui.label("No model is installed yet.").classes("muted")
            for model in state.models:
                _card(self.room, self.asking, model, details[model.name], self.show, loaded=model.name in running)

    def changed(self, change: Change) -> None:
        """Looks again at what a change concerns."""
        if change == Change(EVERYONE, "pulls"):
            _show_pulls(self.room, self.asking, self.pulling)
            if not self.room.pulls.running:
                self.room.availability.hurry()
        elif change == Change(EVERYONE, "ollama"):
            background_tasks.create(self._show_again(), name="models")

    async def _show_again(self) -> None:
        with self.client:
            await self.show()


def _pull_form(room: Room) -> None:
    with ui.element("div").classes("row"):
        box = (
            ui.input(placeholder="A model's name, such as llama3.2:3b")
            .props('outlined dense aria-label="Name of a model"')
            .classes("grow")
        )

        def start() -> None:
            room.pulls.start(str(box.value or "")[:200])
            box.set_value("")

        box.on("keydown.enter", start)
        ui.button("Pull", on_click=start).props("unelevated no-caps")


def _show_pulls(room: Room, asking: Asking, box: ui.element) -> None:
    box.clear()
    known = {name for name, _, _ in SUGGESTED} if _first(room, asking) else set()
    with box:
        for name in [*room.pulls.running, *room.pulls.problems]:
            if name in known:
                continue
            with ui.element("div").classes("card-box"):
                with ui.element("h2"):
                    ui.label(name)
                pull_line(room, name, "Try again", owner=asking.owner)
        if _first(room, asking):
            ui.label("No model is installed yet. Begin with one of these:").classes("muted")
            suggested(room)


def _first(room: Room, asking: Asking) -> bool:
    return asking.owner and not room.availability.models and not room.availability.problem


def _card(room: Room, asking: Asking, model: Model, details: Details | None, show: Show, *, loaded: bool) -> None:
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
            _actions(room, model, show, loaded=loaded)


def _paragraph(words: str) -> None:
    with ui.element("p"):
        ui.label(words)


def _actions(room: Room, model: Model, show: Show, *, loaded: bool) -> None:
    with ui.element("div").classes("row"):
        if loaded:
            ui.button("Unload", on_click=told(partial(_unload, room, model.name, show))).props("flat no-caps dense")
        ui.button("Delete", on_click=told(partial(_delete, room, model))).props("flat no-caps dense color=negative")


async def _unload(room: Room, name: str, show: Show) -> None:
    await room.ollama.unload(name)
    toast(f"{name} was unloaded.")
    await show()


async def _delete(room: Room, model: Model) -> None:
    freed = f"This frees {model.size / 1e9:.1f} GB. To use it again it must be pulled again."
    if await confirm(f"Delete {model.name}?", freed, yes="Delete", no="Keep it"):
        await room.ollama.delete(model.name)
        await room.availability.look()


async def _details(room: Room, name: str) -> Details | None:
    try:
        return await room.ollama.details(name)
    except ModelUnavailable:
        return None


async def _running(room: Room) -> set[str]:
    try:
        return {model.name for model in await room.ollama.running()}
    except ModelUnavailable:
        return set()
