"""What is allowed in the household, what everybody needs, and what conversations begin with."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import icon_button, select
from assistant.components.form import KeptForm, Values
from assistant.components.toast import toast
from assistant.settings.pages.parts import hint, section, switch_row
from assistant.settings.pages.services import Services
from assistant.users import accounts
from assistant.users.access.demanding import demand
from assistant.users.household import choices
from assistant.users.pages.page import Page
from assistant.users.two_step import codes

SWITCHES = {
    "home": (
        "Reminders may be sent to addresses in this home’s network",
        "When this is off, webhooks and ntfy reach only addresses on the internet, whoever set them up.",
    ),
    "two_step": (
        "Everybody needs two-step login", "Who has none yet is logged out, and sets it up at the next login.",
    ),
    "described": (
        "Everybody may read what the API can do",
        "When this is off, /api/docs is for those who are logged in. Using the API takes a key.",
    ),
}  # fmt: skip


async def allowed(services: Services, page: Page) -> None:
    """Draws the box of what is allowed in this household, and what everybody needs."""
    read = services.database.read
    shown = {
        "home": await read(accounts.private_network_allowed), "two_step": await read(choices.two_step_demanded),
        "described": await read(choices.api_described),
    }  # fmt: skip
    backs: dict[str, Element] = {}

    async def put(name: str, *, on: bool) -> None:
        await _decide(services, page, name, on=on)
        backs[name].set_visibility(on)
        saved.show()

    with section("What is allowed") as saved, KeptForm("", shown) as form:
        for name, (title, about) in SWITCHES.items():
            backs[name] = switch_row(name, title, about, partial(_go_back, form, name, put))
            backs[name].set_visibility(shown[name])

    async def changed(values: Values, name: str) -> None:
        if name in SWITCHES:
            await put(name, on=values.get(name) is True)

    form.on_change(changed)


async def _go_back(form: KeptForm, name: str, put: Callable[..., Awaitable[None]]) -> None:
    form.fill({name: False}, over=True)
    await put(name, on=False)


async def _decide(services: Services, page: Page, name: str, *, on: bool) -> None:
    run = services.database.run
    if name == "home":
        await run(accounts.allow_private_network, allowed=on)
    elif name == "described":
        await run(choices.describe_api, allowed=on)
    else:
        await _demand(services, page, on=on)


async def default_model(services: Services, _page: Page) -> None:
    """Draws the box of the model with which conversations begin of who has chosen none."""
    chosen = await services.database.read(choices.default_model)
    names = {name: name for name in services.models()}
    options = {"": "The first that is there", **names, **({chosen: chosen} if chosen else {})}
    with section("Model") as saved, KeptForm("", {"model": chosen}) as form, ui.element("div").classes("setting-row"):
        with ui.element("div").classes("setting-words"):
            with ui.element("label").classes("setting-title") as label:
                ui.label("Default model")
            hint("Of who has chosen none.")
            hint("Default: The first that is there")
        with ui.element("div").classes("setting-control"):
            label.props["for"] = select("model", "", options).html_id
            reset = icon_button("undo", "Default model: back to the default", lambda: put("")).classes("setting-reset")
    reset.set_visibility(bool(chosen))

    async def put(model: str) -> None:
        await services.database.run(choices.set_default_model, model)
        form.fill({"model": model}, over=True)
        reset.set_visibility(bool(model))
        saved.show()

    async def changed(values: Values, _name: str) -> None:
        if values.get("model") in options:
            await put(str(values["model"]))

    form.on_change(changed)


async def _demand(services: Services, page: Page, *, on: bool) -> None:
    """Decides it, and tells who decides that they need it too."""
    await demand(services.database, services.sessions, page.asking, demanded=on)
    if on and not await services.database.read(codes.is_on, page.user):
        toast("You need it too.", link=("Set it up", "/two-step"))
