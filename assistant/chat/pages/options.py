"""The dialogs of a conversation: its settings, and the choice of another model."""

from typing import Any, cast

from nicegui import ui

from assistant.chat import conversations
from assistant.chat.models import Conversation
from assistant.chat.pages.room import Room
from assistant.errors import AssistantError, ModelUnavailable
from assistant.users.session import Asking

THINK = {"": "As the model likes", "off": "Off", "on": "On", "low": "A little", "medium": "Some", "high": "A lot"}


async def options_dialog(room: Room, asking: Asking, home: Conversation) -> None:
    """Lets the person change the conversation's settings; what cannot be is said at the field."""
    thinks = await _thinks(room, home.model)
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        with ui.element("h2"):
            ui.label("Settings of this conversation")
        fields: dict[str, Any] = {
            "system": ui.textarea("Instructions for the model", value=home.system).props("outlined autogrow"),
            "temperature": ui.number("Temperature (0 exact, 2 wild)", value=home.temperature, step=0.1).props(
                "outlined"
            ),
            "num_ctx": ui.number(f"Context in tokens (usually {room.context})", value=home.num_ctx).props("outlined"),
            "keep_alive": ui.input("Keep the model loaded for, such as 10m or 1h", value=home.keep_alive).props(
                "outlined"
            ),
        }
        if thinks:
            fields["think"] = ui.select(THINK, label="Thinking", value=home.think).props("outlined")

        async def save() -> None:
            values = {name: field.value for name, field in fields.items()}
            values["num_ctx"] = int(values["num_ctx"]) if values["num_ctx"] else None
            for name in ("system", "keep_alive"):
                values[name] = values[name] or ""
            try:
                await room.database.run(conversations.change, asking.user, home.id, **values)
            except AssistantError as error:
                field = fields.get(error.field or "", fields["system"])
                field.props(f'error error-message="{error.sentence}"')
                return
            dialog.close()

        with ui.element("div").classes("row-end"):
            ui.button("Cancel", on_click=dialog.close).props("flat no-caps")
            ui.button("Save", on_click=save).props("unelevated no-caps")
    dialog.on("hide", dialog.delete)


async def pick_model(names: list[str], current: str) -> str:
    """The model that the person picks; empty when they do not."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        with ui.element("h2"):
            ui.label("Write it again with")
        for name in names:
            with ui.element("button").classes("quiet-button").on("click", lambda name=name: dialog.submit(name)):
                ui.label(f"{name} (as now)" if name == current else name)
    chosen = await dialog
    dialog.delete()
    return cast("str", chosen or "")


async def _thinks(room: Room, model: str) -> bool:
    try:
        return bool(model) and "thinking" in (await room.ollama.details(model)).capabilities
    except ModelUnavailable:
        return False
