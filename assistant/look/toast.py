"""Short messages at the foot of the page, with a way back where there is one."""

from collections.abc import Awaitable, Callable

from nicegui import ui

SHOWN = 8.0  # seconds; long enough to read it and to reach for Undo


def toast(sentence: str, undo: Callable[[], Awaitable[None]] | None = None) -> None:
    """Shows ``sentence`` for a while; with ``undo``, a button that takes the step back."""
    with (
        ui.context.client.content,
        ui.element("div").classes("toast").props('role="status"') as box,
    ):
        ui.label(sentence)
        if undo:

            async def back() -> None:
                box.delete()
                await undo()

            ui.element("button").classes("toast-action").on("click", back).props('type="button"').add_slot(
                "default", "Undo"
            )
        ui.timer(SHOWN, box.delete, once=True)
