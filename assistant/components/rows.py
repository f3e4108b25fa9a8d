"""A list whose rows are drawn in Python: one element a row, and only what changed is sent."""

from collections.abc import Awaitable, Callable, Hashable, Mapping
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape
from nicegui import events, ui
from nicegui.element import Element

from assistant.components.html import Html
from assistant.components.served import leaves

Act = Callable[[str, str, str], Awaitable[None] | None]
PARTS = ("what", "of", "more")


TAG = leaves.in_frame(Path(__file__).with_name("rows.js"))


class Template:
    """HTML of a row, with fields in braces as ``str.format`` has them; what is put in is escaped unless it is HTML.

    ``Markup.format`` says the same in three times the processor, for it looks each field up in Python.
    """

    def __init__(self, source: str) -> None:
        """``source`` is HTML; its fields are bare: no attributes of values, no widths."""
        self._fill = source.format

    def format(self, *values: object, **named: object) -> Markup:
        """The HTML with these values in its fields."""
        escaped = {name: escape(value) for name, value in named.items()}
        return Markup(self._fill(*map(escape, values), **escaped))  # noqa: S704 - all of it is escaped


class Rows(Element):
    """A list of rows of escaped HTML (``Markup``); what is done in them is heard in one place.

    In a row ``data-do`` says what a button, link or field does and ``data-of`` to which; ``data-row`` is where the
    arrow keys stop; ``draggable`` with ``data-of`` is dragged, ``data-drop`` is where it may be dropped. A row that is
    being edited may be an element, which was drawn inside the list. Where the list stands in a box with
    ``data-scroll``, another row with ``aria-current`` or of the class ``fresh`` is brought into sight.
    """

    def __init__(self, *, tag: str = "ul", row: str = "li") -> None:
        """``tag`` is the list's element and ``row`` that of its rows."""
        super().__init__(TAG)
        self._props["data-list"] = ""
        self._props["tag"] = tag
        self._row = row
        self._left_out = (0, 0)
        self._gaps: dict[bool, Element] = {}  # whether it is the one at the end
        self._rows: dict[Hashable, Element] = {}

    def on_act(self, handler: Act) -> "Rows":
        """Calls ``handler`` with what is done, to which, and more: a field's value, "shift", where it fell.

        A check box says "on" or "off"; one with ``data-range`` says "shift" where all up to it are meant.
        """

        def heard(event: events.GenericEventArguments) -> Awaitable[None] | None:
            said = event.args if isinstance(event.args, list) else []
            return handler(*(str(part)[:2000] for part in said)) if len(said) == len(PARTS) else None

        self.on("act", heard)
        return self

    def on_rest(self, handler: Callable[[float, float], Awaitable[None] | None]) -> "Rows":
        """Calls ``handler`` when rows that ``rest`` left out come near, with from where to where some should be.

        Those are numbers from 0, the beginning of the whole list, to 1. It stands in a box with ``data-scroll``.
        """

        def heard(event: events.GenericEventArguments) -> Awaitable[None] | None:
            said = event.args if isinstance(event.args, list) else []
            first, last, *_ = *(min(1.0, max(0.0, one)) for one in said if isinstance(one, int | float)), 0.0, 0.0
            return handler(first, last)

        self.on("rest", heard)
        return self

    def rest(self, before: int, after: int) -> None:
        """Says how many rows the next ``show`` leaves out; the sheet gives a gap the size of its ``--rows``."""
        self._left_out = (before, after)

    def show(self, rows: Mapping[Any, str | Element], *, classes: Mapping[Any, str] | None = None) -> None:
        """Makes the list have exactly these rows, by their keys, in this order."""
        for key in [key for key in self._rows if key not in rows]:
            self._rows.pop(key).delete()
        for key, content in rows.items():
            self._draw(key, content, (classes or {}).get(key, ""))
        before, after = (self._gap(count, end=end) for end, count in zip((False, True), self._left_out, strict=True))
        ordered: list[Element] = [*before, *(self._rows[key] for key in rows), *after]
        if self.default_slot.children != ordered:
            self.default_slot.children[:] = ordered
            self.update()

    def _gap(self, count: int, *, end: bool) -> list[Element]:
        if not count:
            if gap := self._gaps.pop(end, None):
                gap.delete()
            return []
        if end not in self._gaps:
            with self:
                self._gaps[end] = ui.element(self._row).classes("gap").props('aria-hidden="true"')
        if self._gaps[end].style.get("--rows") != str(count):
            self._gaps[end].style(f"--rows: {count}")
        return [self._gaps[end]]

    def _draw(self, key: Hashable, content: str | Element, classes: str) -> None:
        if isinstance(content, Element):
            self._rows[key] = content
            return
        row = self._rows.get(key)
        if not isinstance(row, Html):
            with self:
                row = self._rows[key] = Html(content, tag=self._row)
        elif row.content != content:
            row.set_content(content)
        if row.classes != classes.split():
            row.classes(replace=classes)
