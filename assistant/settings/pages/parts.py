"""What the sections are made of."""

from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import check_box, icon_button, text_element
from assistant.components.html import Html
from assistant.users.pages.page import Page

SHOWN = 2.5  # seconds


@dataclass(frozen=True)
class Block:
    """A part of a section that is more than fields; other rooms hand in theirs.

    ``words`` are those by which it is found; ``draw`` draws its boxes in the slot that is open.
    """

    section: str
    name: str
    title: str
    words: str
    draw: Callable[[Page], Awaitable[None]]


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
    """A box with its title; what is drawn inside belongs to it."""
    with ui.element("section").classes("card-box setting").props(f'aria-label="{title}"'):
        with ui.element("div").classes("setting-head"):
            text_element("h2", title)
            saved = Saved()
        yield saved


class Words:
    """What stands beside a control: its label, what it does where that needs a word, and its default.

    One element instead of four; a page of settings has dozens of them.
    """

    def __init__(self, title: str, about: str, usual: str) -> None:
        """Draws them once the control is known."""
        self._title, self._about, self._usual = title, about, usual
        self._drawn = Html("").classes("setting-words")

    def tell_of(self, control: Element) -> str:
        """Makes them the words of the control; the id of its default comes back, by which it is described."""
        usual = f"{control.html_id}-default"
        about = Markup('<div class="hint">{}</div>').format(self._about) if self._about else Markup("")
        self._drawn.set_content(
            Markup('<label class="setting-title" for="{}">{}</label>').format(control.html_id, self._title)
            + about
            + Markup('<div class="hint setting-default" id="{}">{}</div>').format(usual, self._usual)
        )
        return usual


def switch_row(name: str, title: str, about: str, go_back: Callable[[], Awaitable[None]]) -> Element:
    """Draws a switch that is off by default, with its words; the way back is what comes back."""
    with ui.element("div").classes("setting-row"):
        words = Words(title, about, "Default: off")
        with ui.element("div").classes("setting-control"):
            control = check_box(name, "", switch=True, role="switch")
            back = icon_button("undo", f"{title}: back to the default", go_back).classes("setting-reset")
    control.props["aria-describedby"] = words.tell_of(control)
    return back


def hint(words: str) -> ui.label:
    """A line that explains what stands above it."""
    return ui.label(words).classes("hint")
