"""Order, cards and filters of the list, in a panel of their own."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from nicegui import ui

from assistant.components.controls import button, check_box, icon_button, select, text_field
from assistant.components.form import KeptForm, Values
from assistant.notes.pages.lists.filters import Filter

ORDERS = {"changed": "Last changed", "created": "Date created", "title": "A to Z"}
NOTHING = {"pinned": False, "after": "", "before": ""}


class Options:
    """A button, and the panel that it opens; ``on_change`` hears order, cards, pinned, after and before."""

    def __init__(
        self, order: str, on_change: Callable[[Values], Awaitable[None]], on_select: Callable[[], None], *, cards: bool
    ) -> None:  # fmt: skip
        """Draws the button; ``panel`` draws the rest. ``on_select`` hears that several notes are to be chosen."""
        self._values: dict[str, Any] = {"order": order, "cards": cards, **NOTHING}
        self._on_change, self._on_select = on_change, on_select
        self._opener = icon_button("sliders", "View and filters", self._toggle, **{"aria-expanded": "false"})

    def panel(self) -> None:
        """Draws the panel, closed."""
        with ui.element("section").classes("note-options").props('aria-label="View and filters"') as self._panel:
            with KeptForm(values=self._values, pause=0) as self._form:
                select("order", "Order", ORDERS)
                check_box("cards", "Show as cards", switch=True)
                check_box("pinned", "Only pinned", switch=True)
                with ui.element("div").classes("note-days"):
                    text_field("after", "Changed after", type="date")
                    text_field("before", "Changed before", type="date")
                with ui.element("div").classes("row"):
                    button("Select notes", self._select)
                    self._clear = button("Clear filters", self._cleared)
            self._form.on_change(self._heard)
        self._panel.set_visibility(False)
        self._clear.set_visibility(False)

    def show(self, shown: Filter) -> None:
        """Shows what is filtered now."""
        filters = {"pinned": shown.pinned, "after": shown.day("after"), "before": shown.day("before")}
        self._clear.set_visibility(filters != NOTHING)
        self._opener.classes(**{"add" if filters != NOTHING else "remove": "filtered"})
        if {**self._values, **filters} != self._values:
            self._values |= filters
            self._form.fill(filters)

    def _toggle(self) -> None:
        self._show_panel(on=not self._panel.visible)

    def _show_panel(self, *, on: bool) -> None:
        self._panel.set_visibility(on)
        self._opener.props["aria-expanded"] = "true" if on else "false"
        self._opener.update()

    def _select(self) -> None:
        self._show_panel(on=False)
        self._on_select()

    async def _heard(self, values: Mapping[str, Any], _name: str) -> None:
        self._values = {**self._values, **values}
        await self._on_change(self._values)

    async def _cleared(self) -> None:
        self._form.fill(NOTHING)
        await self._heard(NOTHING, "")
