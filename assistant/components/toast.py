"""Short messages at the foot of the page, with a way back where there is one."""

from collections.abc import Awaitable, Callable

from nicegui import ElementFilter, ui

from assistant.components.controls import link_to
from assistant.components.html import Html
from assistant.components.icons import svg

SHOWN = 8.0  # seconds; long enough to read it and to reach for Undo
TOASTS = "toasts"  # marks the place in the frame


def toast(
    sentence: str,
    undo: Callable[[], Awaitable[None]] | None = None,
    *,
    label: str = "Undo",
    link: tuple[str, str] | None = None,
) -> None:
    """Shows ``sentence`` for a while, with a button to ``undo`` it, whose ``label`` may say otherwise, or a ``link``.

    A link is its words and its address.
    """
    with ui.context.client.content:
        place = next(iter(ElementFilter(marker=TOASTS)))
    with place, ui.element("div").classes("toast").props('role="status"') as box:
        ui.label(sentence)
        if undo:

            async def back() -> None:
                box.delete()
                with place:
                    await undo()

            with ui.element("button").classes("toast-action").on("click", back).props('type="button"'):
                ui.label(label)
        if link:
            link_to(*link).classes("toast-action")
        with ui.element("button").on("click", box.delete).props('type="button" aria-label="Dismiss"'):
            Html(svg("close"))
        ui.timer(SHOWN, box.delete, once=True)
