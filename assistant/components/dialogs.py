"""Asks before something is done that cannot be undone."""

from functools import partial

from nicegui import ui


async def confirm(question: str, consequence: str, *, yes: str, no: str = "Cancel") -> bool:
    """Whether the person says ``yes``; closing the dialog is no."""
    with ui.dialog(value=True) as dialog, ui.element("div").classes("card-box"):
        with ui.element("h2"):
            ui.label(question)
        with ui.element("p"):
            ui.label(consequence)
        with ui.element("div").classes("row-end"):
            ui.button(no, on_click=partial(dialog.submit, "")).props("flat no-caps")
            ui.button(yes, on_click=partial(dialog.submit, yes)).props("unelevated no-caps color=negative")
    answer: object = await dialog
    dialog.delete()
    return answer == yes
