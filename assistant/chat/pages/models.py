"""The page of the installed models: what they are and can, which is the default, unload, delete."""

import asyncio
from functools import partial

from markupsafe import Markup
from nicegui import ui

from assistant.chat.pages.acting.trial_dialog import TrialDialog
from assistant.chat.pages.pulling import Pulling
from assistant.chat.pages.services import Services
from assistant.components.controls import text_element
from assistant.components.dialogs import confirm
from assistant.components.frame import main
from assistant.components.icons import svg
from assistant.components.menu import Choice, open_menu
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import ModelUnavailable
from assistant.ollama.answers import Details, Model
from assistant.users import preferences
from assistant.users.pages.page import Page, Place

CAN = {
    "completion": "Chat", "tools": "Tools", "thinking": "Thinking", "vision": "Vision", "embedding": "Embeddings",
    "insert": "Completion of code",
}  # fmt: skip


class ModelsPage:
    """The page in one tab; it follows what happens to the models."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page
        self._status = services.models_status
        self._owner = page.asking.owner
        self._default = page.asking.preferences.model
        self._details: dict[str, Details] = {}
        self._loaded: set[str] = set()

    async def draw(self) -> None:
        """Draws the places that ``show`` fills."""
        self._page.title("Models", "models")
        with main(), ui.element("div").classes("sheet").props("data-scroll=models"):
            inner = ui.element("div").classes("sheet-inner models")
        with inner:
            text_element("h1", "Models")
            self._banner = ui.label().classes("banner notice").props("role=status")
            self._pulling = Pulling(self._services, self._page)
            self._empty = ui.label().classes("muted")
            self._rows = Rows().classes("cards-list").on_act(self._acted).props('aria-label="Installed models"')
            self._menus = ui.element("div").classes("menus")

    async def show(self, _place: Place) -> None:
        """Shows what is known of Ollama, and asks it meanwhile."""
        self._show()
        self._page.follow({"pulls", "ollama"}, self._changed, shared=True)
        self._page.follow({"preferences"}, self._preferred)
        self._page.begin(self._ask(), name="models")

    async def _ask(self) -> None:
        await self._status.refresh()
        await self._learn()

    async def _changed(self, topics: set[str]) -> None:
        if "pulls" in topics and not self._services.pulls.running:
            self._status.hurry()
        self._show()
        if "ollama" in topics:
            await self._learn()

    async def _preferred(self, _topics: set[str]) -> None:
        chosen = await self._services.database.read(preferences.load, self._page.user)
        self._default = chosen.model
        self._show()

    async def _learn(self) -> None:
        """Asks what each model can do and which are in memory; what Ollama does not say is left out."""
        names = self._status.names()
        found = await asyncio.gather(*(self._services.ollama.known(name) for name in names))
        self._details = {one.name: one for one in found if one.capabilities or one.context}
        self._loaded = await _running(self._services)
        with self._page.client:
            self._show()

    def _show(self) -> None:
        state = self._status
        away = " ".join((state.problem, state.advice if self._owner else "")).strip()
        self._banner.set_text(away)
        self._banner.set_visibility(bool(away))
        self._pulling.show()
        default = self._usual()
        rows = {
            model.name: self._row(number, model, default=model.name == default)
            for number, model in enumerate(state.models)
        }
        self._rows.show(rows)
        self._rows.set_visibility(bool(rows))
        none = "" if rows or away else "No model is installed yet." if state.known else "Asking Ollama…"
        if none and state.known and not self._owner:
            none = "No model is installed yet. Ask the owner of this installation to get one."
        self._empty.set_text(none)
        self._empty.set_visibility(bool(none))

    def _usual(self) -> str:
        """The model that a new conversation begins with."""
        names = self._status.chat_names()
        return self._default if self._default in names else next(iter(names), "")

    def _row(self, number: int, model: Model, *, default: bool) -> Markup:
        known = self._details.get(model.name)
        marks = [words for words, on in (("Default", default), ("In memory", model.name in self._loaded)) if on]
        pills = Markup(" ").join(Markup('<span class="pill">{}</span>').format(words) for words in marks)
        more = Markup(
            '<button type="button" class="icon-button" id="model-{}" data-do="menu" data-of="{}" '
            'aria-label="More for {}" aria-haspopup="menu" data-row>{}</button>'
        ).format(number, model.name, model.name, svg("more"))
        return Markup(
            '<div class="model card-box"><div class="model-words"><div class="row"><h2>{}</h2>{}</div>'
            '<p class="model-can">{}</p><p>{}</p></div>{}</div>'
        ).format(model.name, pills, _can(known), _about(model, known), more if self._choices(model.name) else "")

    def _choices(self, name: str) -> list[Choice]:
        choices = []
        if name in self._status.chat_names() and name != self._usual():
            choices.append(Choice("Make default", partial(self._prefer, name), "check"))
        if name in self._details and "tools" in self._details[name].capabilities:
            choices.append(Choice("Can this model act?", partial(self._try, name), "bulb"))
        if self._owner and name in self._loaded:
            choices.append(Choice("Unload from memory", partial(self._unload, name), "down"))
        if self._owner:
            choices.append(Choice("Delete…", partial(self._delete, name), "trash", danger=True))
        return choices

    def _acted(self, _what: str, name: str, _more: str) -> None:
        number = next((at for at, model in enumerate(self._status.models) if model.name == name), None)
        if number is not None:
            with self._menus:
                open_menu(self._choices(name), f"#model-{number}")

    async def _prefer(self, name: str) -> None:
        await self._services.database.run(preferences.save, self._page.user, model=name)
        toast(f"New conversations begin with {name}.")

    async def _try(self, name: str) -> None:
        with self._page.client.content:
            TrialDialog(self._services, self._page, name)

    async def _unload(self, name: str) -> None:
        await self._services.ollama.unload(name)
        toast(f"{name} was unloaded.")
        await self._learn()

    async def _delete(self, name: str) -> None:
        size = next((model.size for model in self._status.models if model.name == name), 0)
        freed = f"This frees {size / 1e9:.1f} GB. To use it again, you have to pull it again."
        if await confirm(f"Delete {name}?", freed, yes="Delete", no="Keep it"):
            await self._services.ollama.delete(name)
            await self._status.refresh()
            toast(f"{name} was deleted.")


def _can(known: Details | None) -> str:
    """What the model can do, in words."""
    if known is None:
        return ""
    return " · ".join(words for name, words in CAN.items() if name in known.capabilities)


def _about(model: Model, known: Details | None) -> str:
    parts = [f"{model.size / 1e9:.1f} GB", model.parameters and f"{model.parameters} parameters", model.quantization]
    if known and known.context:
        parts.append(f"{known.context:,} tokens of context")
    return " · ".join(part for part in parts if part)


async def _running(services: Services) -> set[str]:
    try:
        return {model.name for model in await services.ollama.running()}
    except ModelUnavailable:
        return set()
