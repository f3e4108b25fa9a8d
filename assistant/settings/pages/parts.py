"""What the sections are made of."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui

SHOWN = 2.5  # seconds


class Saved:
    """The quiet word beside a section's title that a change was saved."""

    def __init__(self) -> None:
        self._label = ui.label().classes("saved").props("role=status")
        self._times = 0

    def show(self) -> None:
        """Says it for a moment."""
        self._times += 1
        mine = self._times
        self._label.set_text("Saved")

        def end() -> None:
            if mine == self._times:
                self._label.set_text("")

        with self._label:
            ui.timer(SHOWN, end, once=True)


@contextmanager
def section(title: str) -> Iterator[Saved]:
    """A section with its title; what is drawn inside belongs to it."""
    with ui.element("section").classes("card-box setting").props(f'aria-label="{title}"'):
        with ui.element("div").classes("setting-head"):
            with ui.element("h2"):
                ui.label(title)
            saved = Saved()
        yield saved


def hint(words: str) -> ui.label:
    """A line that explains what stands above it."""
    return ui.label(words).classes("hint")
