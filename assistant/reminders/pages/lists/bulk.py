"""Several reminders at once: which are chosen, and what is done with them."""

from collections.abc import Awaitable, Callable, Sequence
from functools import partial

from nicegui import ui
from nicegui.elements.mixins.text_element import TextElement

from assistant.components.controls import button, icon_button, text_field, with_icon
from assistant.components.form import Values
from assistant.components.html import Html
from assistant.errors import Invalid
from assistant.reminders.pages.lists.actions import Actions
from assistant.reminders.pages.lists.entries import Entry
from assistant.reminders.pages.lists.markup import PRIORITIES
from assistant.reminders.pages.lists.menus import Menus, ask
from assistant.reminders.recurrence import wording


class Bulk:
    """The bar at the foot while one selects; ``chosen`` are the ids."""

    def __init__(
        self, actions: Actions, menus: Menus, on_change: Callable[[], None], on_end: Callable[[], Awaitable[None]]
    ) -> None:
        """Draws it; ``on_change`` is called when others are chosen, ``on_end`` when one stops selecting."""
        self._actions, self._menus, self._on_change = actions, menus, on_change
        self.on, self.chosen = False, set[int]()
        self._last, self._entries, self._done = 0, list[Entry](), False
        self._place = ui.element("div")
        with ui.element("div").classes("reminders-bar").props('role="group" aria-label="With what is selected"') as bar:
            self._bar = bar
            with ui.element("strong"):
                self._count = ui.label()
            self._all = button("All", self._choose_all, kind="plain")
            ui.element("span").classes("grow")
            self._acts = [
                button("Done", self._complete, icon="check"),
                button("Move", self._move, icon="calendar", id="bar-move"),
                button("Tag", self._tag, icon="tag"),
                button("Priority", self._prioritise, icon="flag", id="bar-priority"),
                button("Delete", self._delete, icon="trash").classes("danger"),
            ]
            icon_button("close", "Stop selecting", on_end)
        self._bar.set_visibility(False)

    def turn(self, *, on: bool) -> None:
        """Begins to select, or stops."""
        self.on, self.chosen, self._last = on, set(), 0
        self._bar.set_visibility(on)

    def show(self, entries: Sequence[Entry], *, done: bool) -> None:
        """What there is to choose from; ``done`` says that these are done."""
        self._entries = [entry for entry in entries if not entry.further]
        self.chosen &= {entry.id for entry in self._entries}
        if self.on:
            self._done = done
            self._tell()

    def choose(self, reminder: int, *, range_too: bool) -> None:
        """Chooses it, or no longer; ``range_too`` with all from the last that was chosen."""
        ids = [entry.id for entry in self._entries]
        if reminder not in ids:
            return
        at = ids.index(reminder)
        start = ids.index(self._last) if range_too and self._last in ids else at
        between = ids[min(at, start) : max(at, start) + 1]
        if reminder in self.chosen:
            self.chosen -= set(between)
        else:
            self.chosen |= set(between)
        self._last = reminder
        self._tell()
        self._on_change()

    def _tell(self) -> None:
        count = len(self.chosen)
        self._count.set_text(wording.plural(count, "reminder") if count else "None selected")
        whole = bool(count) and count == len(self._entries)
        _name(self._all, "None" if whole else "All")
        _name(self._acts[0], "Not done" if self._done else "Done")
        for act in self._acts:
            act.props["disabled"] = not count
            act.update()

    def _ids(self) -> list[int]:
        return [entry.id for entry in self._entries if entry.id in self.chosen]

    def _choose_all(self) -> None:
        whole = len(self.chosen) == len(self._entries)
        self.chosen = set() if whole else {entry.id for entry in self._entries}
        self._tell()
        self._on_change()

    async def _complete(self) -> None:
        if self._done:
            await self._actions.uncomplete_all(self._ids())
        else:
            await self._actions.complete_all({e.id: e.at for e in self._entries if e.id in self.chosen})

    def _move(self) -> None:
        self._menus.move(partial(self._actions.move_all, self._ids()), "#bar-move")

    def _tag(self) -> None:
        async def tag(values: Values) -> None:
            name = str(values.get("tag") or "").strip()
            if not name:
                raise Invalid("Write a tag.", field="tag")
            await self._actions.tag(self._ids(), name)

        with self._place:
            ask(
                f"Tag {wording.plural(len(self.chosen), 'reminder')}", "Add", tag,
                lambda: text_field("tag", "Add a tag", longest=100),
            )  # fmt: skip

    def _prioritise(self) -> None:
        before = {entry.id: entry.priority for entry in self._entries if entry.id in self.chosen}
        lines = {words: partial(self._actions.prioritise, before, n) for n, words in enumerate(PRIORITIES)}
        self._menus.pick(lines, "#bar-priority")

    async def _delete(self) -> None:
        await self._actions.delete(self._ids())


def _name(made: ui.element, words: str) -> None:
    if made.is_deleted:  # its view has ended
        return
    if isinstance(made, TextElement):
        made.set_text(words)
    elif isinstance(made, Html):
        made.set_content(with_icon("check", words))
