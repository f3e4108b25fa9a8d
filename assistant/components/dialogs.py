"""Asks before something is done that cannot be undone."""

from functools import partial

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
    answer: object = await dialog
    put_away(dialog)
    return answer == yes


def put_away(dialog: ui.dialog) -> None:
    """Deletes a dialog that was answered, unless its view has ended meanwhile."""
    if not dialog.is_deleted:
        dialog.delete()
