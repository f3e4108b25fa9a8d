"""What is allowed in the household, what everybody needs, and what conversations begin with."""

from nicegui import ui

from assistant.components.controls import check_box, icon_button, select
from assistant.components.form import KeptForm, Values
from assistant.components.toast import toast
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.users import accounts
from assistant.users.access.demanding import demand
from assistant.users.household import choices
from assistant.users.pages.page import Page
from assistant.users.two_step import codes

OFF = "Default: Off"


async def allowed(services: Services, page: Page) -> None:
    """Draws the box of what is allowed in this household, and what everybody needs."""
    database = services.database
    shown = {
        "home": await database.read(accounts.private_network_allowed),
        "two_step": await database.read(choices.two_step_demanded),
        "described": await database.read(choices.api_described),
    }
    with section("What is allowed") as saved, KeptForm("", shown) as form:
        with ui.element("div").classes("setting-row"):
            check_box("home", "Reminders may be sent to addresses in this home's network", switch=True, role="switch")
            hint(
                f"When this is off, webhooks and ntfy reach only addresses on the internet, whoever set them up. {OFF}"
            )
        with ui.element("div").classes("setting-row"):
            check_box("two_step", "Everybody needs two-step login", switch=True, role="switch")
            hint(f"Who has none yet is logged out, and sets it up at the next login. {OFF}")
        with ui.element("div").classes("setting-row"):
            check_box("described", "Everybody may read what the API can do", switch=True, role="switch")
            hint(f"When this is off, /api/docs is for those who are logged in. Using the API takes a key. {OFF}")

    async def changed(values: Values, name: str) -> None:
        on = bool(values.get(name))
        if name == "home":
            await database.run(accounts.allow_private_network, allowed=on)
        elif name == "described":
            await database.run(choices.describe_api, allowed=on)
        elif name == "two_step":
            await _demand(services, page, on=on)
        saved.show()

    form.on_change(changed)


async def default_model(services: Services, _page: Page) -> None:
    """Draws the box of the model with which conversations begin of who has chosen none."""
    chosen = await services.database.read(choices.default_model)
    names = {name: name for name in services.models()}
    options = {"": "The first that is there", **names, **({chosen: chosen} if chosen else {})}
    with section("Model") as saved, KeptForm("", {"model": chosen}) as form, ui.element("div").classes("setting-row"):
        with ui.element("div").classes("setting-words"):
            with ui.element("label").classes("setting-title") as label:
                ui.label("Default model")
            hint("Of who has chosen none. Default: The first that is there")
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
