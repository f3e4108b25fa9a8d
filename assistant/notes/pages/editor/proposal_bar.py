"""What can be asked of a model for what is marked, or for the paragraph at the cursor."""

from collections.abc import Awaitable, Callable
from functools import partial

from nicegui import ui

from assistant.components.controls import button
from assistant.notes.proposals.kinds import ALL

OPEN = "shown"


class ProposalBar:
    """The bar, which the sheet of styles shows while something is marked; a button shows it else."""

    def __init__(self, ask: Callable[[str], Awaitable[None]]) -> None:
        """Draws it; ``ask`` is awaited with the name of what is asked for."""
        self._ask = ask
        self._box = ui.element("div").classes("proposal-bar")
        with self._box.props('role="toolbar" aria-label="Ask the model" data-hold'):
            for kind in ALL:
                made = button(kind.words, partial(self._chosen, kind.name), icon=kind.icon)
                made.props["data-propose"] = kind.name

    def toggle(self) -> None:
        """Shows it, or no longer; with the cursor in it where one has keys."""
        self._box.classes(toggle=OPEN)
        if OPEN in self._box.classes:
            first = f"getHtmlElement({self._box.id}).querySelector('button').focus()"
            ui.run_javascript(f"matchMedia('(hover: hover)').matches && {first}")

    async def _chosen(self, name: str) -> None:
        self._box.classes(remove=OPEN)
        await self._ask(name)
