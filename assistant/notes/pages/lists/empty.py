"""What the list says where there is no note to show."""

from markupsafe import Markup

from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.notes.pages.lists.filters import Filter
from assistant.notes.queries import ARCHIVE, TRASH

SAID = Markup("<h2>{}</h2><p>{}</p>")
NOTHING_FOUND = ("No note has all this", 'Try fewer words. "exact words", -without, tag:name and is:pinned work too.')
NOTHING_YET = Markup(
    "{}<h2>Nothing written yet</h2><p>A shopping list, a plan, a thousand pages: they stay on this machine.</p>"
    '<a class="main-button" href="/notes/new">Write the first note</a>'
    '<a class="quiet-button" href="/notes/import">Import notes</a>'
)


class Empty:
    """The sentence in place of the rows."""

    def __init__(self, days: int) -> None:
        """Draws it, hidden; so many ``days`` notes stay in the trash."""
        self._days = days
        self._said = Html().classes("notes-empty")
        self._said.set_visibility(False)

    def show(self, shown: Filter | None) -> None:
        """Says why the filter leaves nothing; None takes it away."""
        self._said.set_visibility(shown is not None)
        self._said.set_content(_why(shown, self._days) if shown else "")


def stay(days: int) -> str:
    """How long notes stay in the trash."""
    return f"Deleted notes stay here for {days} days."


def _why(shown: Filter, days: int) -> Markup:
    if shown.asked:
        return SAID.format(*NOTHING_FOUND)
    if shown.tag:
        return SAID.format("No note has this tag", "Notes in the archive are not listed here.")
    if shown.where == TRASH:
        return SAID.format("The trash is empty", stay(days))
    if shown.where == ARCHIVE:
        return SAID.format("Nothing is archived", "Archived notes are out of the way, and still found by the search.")
    return NOTHING_YET.format(svg("notes"))
