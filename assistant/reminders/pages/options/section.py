"""A box of a page with its heading."""

from collections.abc import Iterator
from contextlib import contextmanager

from nicegui import ui


@contextmanager
def section(title: str) -> Iterator[None]:
    """What is drawn inside stands in a box below the title, which names it for screen readers too."""
    with ui.element("section").classes("card-box") as box:
        with ui.element("h2") as heading:
            ui.label(title)
        box.props["aria-labelledby"] = heading.html_id
        yield
