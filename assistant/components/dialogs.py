"""Asks before something is done that cannot be undone."""

from functools import partial
from typing import Any

from nicegui import ui

from assistant.components.controls import button, text_element


async def confirm(question: str, consequence: str, *, yes: str, no: str = "Cancel", danger: bool = True) -> bool:
    """Whether the person says ``yes``; closing the dialog is no. What is no ``danger`` gets no alarming button."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        text_element("h2", question)
        text_element("p", consequence)
        with ui.element("div").classes("row-end"):
            button(no, partial(dialog.submit, ""))
            button(yes, partial(dialog.submit, yes), kind="danger" if danger else "main")
    return bool(await answered(dialog) == yes)


async def answered(dialog: ui.dialog) -> Any:
    """What a dialog that was just drawn is answered with, None when it is closed otherwise.

    It is gone once it is closed: taken away at once it would not give the cursor back to what one came from.
    """
    dialog.on("hide", dialog.delete)
    return await dialog
