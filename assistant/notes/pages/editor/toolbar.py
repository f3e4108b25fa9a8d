"""The bar above a note: its state, how it is shown, and the buttons that format its text."""

from collections.abc import Awaitable, Callable

from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import icon_button
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.notes.pages.editor.opened import Opened

Act = Callable[[], Awaitable[None]]
VIEWS = (("both", "columns", "Split"), ("read", "eye", "Preview"))
TOOLS = (
    ("heading", "Heading (Ctrl+Alt+1)"), ("bold", "Bold (Ctrl+B)"), ("italic", "Italic (Ctrl+I)"),
    ("list", "List (Ctrl+Shift+8)"), ("task", "Checklist (Ctrl+Shift+9)"), ("link", "Link (Ctrl+K)"),
    ("code", "Code (Ctrl+E)"), ("image", "Picture or file"),
)  # fmt: skip


class Bar:
    """The state of the note and what is done with it as a whole."""

    def __init__(self, pin: Act, more: Act) -> None:
        """Draws it; ``pin`` and ``more`` are called by its buttons."""
        with ui.element("header").classes("editor-bar"):
            Html(svg("back"), tag="a").classes("icon-button editor-back").props(
                'href="/notes" aria-label="All notes" title="All notes"'
            )
            ui.element("span").classes("editor-state").props('role="status" data-words')
            ui.element("span").classes("grow")
            with ui.element("span").classes("editor-views").props('role="group" aria-label="View"'):
                for view, icon, label in VIEWS:
                    icon_button(icon, label).props(f'data-look="{view}" aria-pressed="false"')
            # On a phone the note has the whole page, and the frame's own button does not show.
            icon_button("search", "Find or do anything").classes("editor-find").props('data-dialog="#palette"')
            self._pin = icon_button("pin", "Pin", pin)
            self.more = icon_button("more", "More", more, **{"aria-haspopup": "menu"})

    def show(self, found: Opened) -> None:
        """Shows what the note is."""
        label = "Unpin" if found.pinned else "Pin"
        self._pin.props.update({"aria-label": label, "title": label, "aria-pressed": str(found.pinned).lower()})
        for made in (self._pin, self.more):
            _enable(made, on=bool(found.id))


def tools(ask: Callable[[], object]) -> None:
    """Draws the buttons that format the text; the browser does it, at the caret. ``ask`` is for the model."""
    with ui.element("div").classes("toolbar").props('role="toolbar" aria-label="Format" data-hold'):
        icon_button("spark", "Ask the model: improve, shorten, continue, translate, tasks", ask)
        for name, label in TOOLS:
            icon_button(name, label).props(f'data-write="{name}"')


def _enable(made: Element, *, on: bool) -> None:
    made.props.pop("disabled", None)
    if not on:
        made.props["disabled"] = True
    made.update()
