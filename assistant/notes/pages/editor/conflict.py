"""Two versions of a note that changed in the same places, side by side."""

from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import button, text_element
from assistant.components.html import Html
from assistant.notes.pages.editor.diff import Piece, diff


class Conflict:
    """What stands in place of the text until one of them is chosen; the browser has both and saves the choice."""

    def __init__(self) -> None:
        """Draws it; the sheet hides it as long as there is no conflict."""
        with ui.element("section").classes("conflict").props('aria-label="Two versions"'):
            text_element("h2", "This note was changed somewhere else, too")
            ui.label("Keep one of them; the other one stays in the history. Or keep both and tidy up.").classes("muted")
            with ui.element("div").classes("conflict-sides"):
                self._mine, self._theirs = _side("Yours"), _side("The other one")
            with ui.element("div").classes("row"):
                self._first = _choice("Keep mine", "mine", kind="main")
                _choice("Keep theirs", "theirs")
                _choice("Edit both", "both")

    def show(self, pieces: list[Piece]) -> None:
        """Shows what differs: removed is theirs, added is ours."""
        self._mine.set_content(diff((kind, text) for kind, text in pieces if kind != "removed"))
        self._theirs.set_content(diff((kind, text) for kind, text in pieces if kind != "added"))
        ui.run_javascript(f"getHtmlElement({self._first.id}).focus()")


def _choice(words: str, which: str, *, kind: str = "quiet") -> Element:
    made = button(words, kind=kind)
    made.props.update({"type": "button", "data-settle": which})
    return made


def _side(heading: str) -> Html:
    with ui.element("div"):
        text_element("h3", heading)
        return Html("")
