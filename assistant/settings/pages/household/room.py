"""How much room each person has, asked for in a dialog."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from assistant.components.controls import Problem, button, text_element, text_field
from assistant.components.form import KeptForm, Sent
from assistant.errors import AssistantError
from assistant.settings.pages.parts import hint
from assistant.text import in_bytes
from assistant.users.household import choices
from assistant.users.models import User


def ask_room(person: User, used: int, save: Callable[[int | None], Awaitable[None]]) -> None:
    """Opens the dialog; ``save`` is awaited with the bytes, or None for no limit."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        text_element("h2", f"Room for {person.name}")
        with KeptForm("", {"quota": in_bytes(person.quota) if person.quota is not None else ""}) as form:
            field = text_field("quota", "At most", placeholder="As much as there is", longest=20, autofocus="")
            hint(f"Such as 500 MB or 2 GB. They keep {in_bytes(used)} now; what is there stays.")
            problem = Problem(field)
            with ui.element("div").classes("row-end"):
                button("Cancel", dialog.close)
                button("Save", kind="main")

    async def done(sent: Sent) -> None:
        try:
            await save(choices.parse_room(str(sent.values.get("quota") or "")))
        except AssistantError as error:
            form.refused(sent.key)
            problem.say(error.sentence)
            return
        form.stored(sent.key)
        dialog.close()

    form.on_done(done)
    dialog.on("hide", dialog.delete)
