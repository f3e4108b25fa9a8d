"""The dialogs of a conversation: its settings, and the choice of another model."""

from collections.abc import Awaitable, Callable
from typing import Any, cast

from nicegui import ui

from assistant.chat.models import Conversation
from assistant.chat.pages.services import Services
from assistant.errors import AssistantError, ModelUnavailable

Save = Callable[[dict[str, Any]], Awaitable[None]]
THINK = {"": "As the model likes", "off": "Off", "on": "On", "low": "A little", "medium": "Some", "high": "A lot"}


async def settings_dialog(services: Services, model: str, now: Conversation, save: Save) -> None:
    """Lets the person change a conversation's settings; what ``save`` refuses is shown at its field."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        with ui.element("h2"):
            ui.label("Settings of this conversation")
        fields = _fields(services, now)
        if await _thinks(services, model):
            fields["think"] = ui.select(THINK, label="Thinking", value=now.think).props("outlined")

        async def keep() -> None:
            for field in fields.values():
                field.props(remove="error error-message")
            try:
                await save(_values(fields))
            except AssistantError as error:
                field = fields.get(error.field or "", fields["system"])
                field.props["error"] = True
                field.props["error-message"] = error.sentence
                return
            dialog.close()

        with ui.element("div").classes("row-end"):
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
            ui.button("Save", on_click=keep).props("unelevated no-caps")
    dialog.on("hide", dialog.delete)


def _fields(services: Services, now: Conversation) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "system": ui.textarea("Instructions for the model", value=now.system).props("outlined autogrow"),
        "temperature": ui.number("Temperature", value=now.temperature, step=0.1).props("outlined"),
        "num_ctx": ui.number("Context in tokens", value=now.num_ctx).props("outlined"),
        "keep_alive": ui.input("Keep the model loaded", value=now.keep_alive).props("outlined"),
    }
    fields["system"].props["hint"] = "Said to the model before everything else"
    fields["temperature"].props["hint"] = "0 is exact, 2 is wild"
    fields["num_ctx"].props["hint"] = f"Usually {services.context:,}; more needs more memory"
    fields["keep_alive"].props["hint"] = "Such as 10m or 1h after the last answer"
    return fields


def _values(fields: dict[str, Any]) -> dict[str, Any]:
    values = {name: field.value for name, field in fields.items()}
    values["num_ctx"] = int(values["num_ctx"]) if values["num_ctx"] else None
    return {**values, "system": values["system"] or "", "keep_alive": (values["keep_alive"] or "").strip()}


async def pick_model(names: list[str], current: str) -> str:
    """The model that the person picks; empty when they do not."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        with ui.element("h2"):
            ui.label("Write it again with")
        for name in names:
            with ui.element("button").classes("quiet-button").on("click", lambda name=name: dialog.submit(name)):
                ui.label(f"{name} (as now)" if name == current else name)
        with ui.element("div").classes("row-end"):
            ui.button("Cancel", on_click=lambda: dialog.submit("")).props("flat no-caps")
    chosen = await dialog
    dialog.delete()
    return cast("str", chosen or "")


async def _thinks(services: Services, model: str) -> bool:
    try:
        return bool(model) and "thinking" in (await services.ollama.details(model)).capabilities
    except ModelUnavailable:
        return False
