"""Search and filters, behind one icon."""

from collections.abc import Awaitable, Callable

from assistant.components.controls import button, select, show_options, text_field
from assistant.components.form import KeptForm, Values
from assistant.reminders.pages.lists.markup import PRIORITIES
from assistant.reminders.pages.lists.where import Where, narrowed

ALL_TAGS = {"": "All tags"}
ANY_PRIORITY = {
    "": "Any priority",
    **{str(n): f"{p} priority" if n else "No priority" for n, p in enumerate(PRIORITIES)},
}


class Filters:
    """The line of them; it is hidden until it is asked for or something is narrowed."""

    def __init__(
        self, current: Callable[[], Where], on_narrow: Callable[[Where], Awaitable[None]],
        on_turn: Callable[[bool], None],
    ) -> None:  # fmt: skip
        """Draws it; ``on_narrow`` is called with what is to be shown, ``on_turn`` with whether they are shown.

        ``current`` says which view is asked for, also while it is still being read.
        """
        self._current, self._on_narrow, self._on_turn = current, on_narrow, on_turn
        self._where, self._tags = Where(), list[str]()
        self.open = False
        with KeptForm().classes("reminders-filters").on_change(self._change) as self._form:
            text_field("q", "Search reminders", hidden_label=True, type="search", placeholder="Search")
            self._tag = select("tag", "Tag", ALL_TAGS, hidden_label=True, aria_label="Tag")
            select("priority", "Priority", ANY_PRIORITY, hidden_label=True, aria_label="Priority")
            self._clear = button("Clear", self._clear_all, kind="plain")
        self._form.set_visibility(False)

    def toggle(self) -> None:
        """Shows them, or hides them again."""
        self._turn(on=not self.open)
        if self.open:
            self._form.focus("q")

    def show(self, where: Where, tags: list[str]) -> None:
        """Makes them say what narrows the view; ``tags`` are those that can be chosen."""
        offered = list(dict.fromkeys([*tags, where.tag])) if where.tag else tags
        if offered != self._tags:
            self._tags = offered
            show_options(self._tag, ALL_TAGS | {tag: tag for tag in offered})
            self._form.fill({"tag": where.tag})
        if where.filters != self._where.filters:  # not what is typed here, which may have gone on meanwhile
            priority = "" if where.priority is None else str(where.priority)
            self._form.fill({"q": where.words, "tag": where.tag, "priority": priority})
        self._where = where
        self._clear.set_visibility(where.filtered)
        if where.filtered and not self.open:
            self._turn(on=True)

    def _turn(self, *, on: bool) -> None:
        self.open = on
        self._form.set_visibility(on)
        self._on_turn(on)

    async def _change(self, values: Values, _name: str) -> None:
        where = narrowed(self._current(), values)
        if where.filters != self._where.filters:
            self._where = where  # it is what the fields say already
            await self._on_narrow(where)

    async def _clear_all(self) -> None:
        await self._on_narrow(self._current().clear())
