"""What the assistant did, in the settings: when, where, by which model, how it was allowed; and the way back."""

from collections.abc import Sequence

from markupsafe import Markup
from nicegui import ui

from assistant.chat.acting import journal, records
from assistant.chat.models import UNDONE, Act
from assistant.chat.pages.acting.cards import PIECES
from assistant.chat.pages.services import Services
from assistant.components.controls import button, text_element
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.text import row_number
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

STEP = 20
ABOUT = "What it, and programs with your keys, wrote, set and changed for you, in every conversation, for 400 days."
EMPTY = "Nothing yet. What it offers in a chat is done only when you say yes, and then stands here."
ALLOWED = {"person": "by your yes", "always": "as you allowed in that conversation", "key": "as you allowed its key"}
FOUND_BY = {
    "words": "your own words", "again": "an offer made again", "schema": "the model", "tools": "the model",
    "selection": "you, in the note",
}  # fmt: skip


class JournalBox:
    """The box of what was done, the last first."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page, self._count = services, page, STEP

    async def draw(self) -> None:
        """Draws it, and follows what changes."""
        with ui.element("section").classes("card-box setting").props('aria-label="What it did"'):
            text_element("h2", "What it did")
            ui.label(ABOUT).classes("hint")
            self._empty = ui.label(EMPTY).classes("muted")
            self._rows = Rows().classes("lines journal").on_act(self._act)
            self._more = button("Show earlier ones", self._widen)
        await self._show()
        self._page.follow({"acts"}, lambda _topics: self._show())

    async def _show(self) -> None:
        found = await self._services.database.read(records.done_by, self._page.user, limit=self._count + 1)
        self._empty.set_visibility(not found)
        self._more.set_visibility(len(found) > self._count)
        self._rows.show(rows_html(found[: self._count], self._page.asking.preferences))

    async def _widen(self) -> None:
        self._count += STEP
        await self._show()

    async def _act(self, what: str, of: str, _more: str) -> None:
        if what != "undo":
            return
        rooms, now = self._services.acting, self._services.clock()
        try:
            await self._services.database.run(journal.undo, self._page.user, row_number(of), rooms, now)
        except AssistantError as error:
            toast(error.sentence)
            return
        toast("Undone.")


def rows_html(acts: Sequence[Act], chosen: Preferences) -> dict[int, Markup]:
    """Each act as a row, by its id."""
    return {act.id: _row(act, chosen) for act in acts}


def _row(act: Act, chosen: Preferences) -> Markup:
    when = chosen.formats.moment((act.decided or act.created).astimezone(chosen.zone_info))
    by = f"the program {act.program}" if act.program else FOUND_BY.get(act.origin, "the model")
    about = [when, ALLOWED.get(act.allowed, ""), f"asked for by {by}"]
    about += [act.model, act.tool, "undone" if act.state == UNDONE else ""]
    links = [Markup('<a href="{}">Open</a>').format(act.address)] if act.address and act.state != UNDONE else []
    if act.conversation_id:
        place = f"/chat/{act.conversation_id}?m={act.message_id}" if act.message_id else f"/chat/{act.conversation_id}"
        links.append(Markup('<a href="{}">Conversation</a>').format(place))
    undo = Markup()
    if records.can_undo(act):
        undo = Markup('<button type="button" class="quiet-button" data-do="undo" data-of="{}">Undo</button>').format(
            act.id
        )
    return Markup(
        '<div class="line-words"><span class="person-name" dir="auto">{}</span><span class="hint">{}</span>{}'
        '<span class="journal-links">{}</span></div>{}'
    ).format(act.result, " · ".join(filter(None, about)), _differences(act), Markup(" ").join(links), undo)


def _differences(act: Act) -> Markup:
    """What exactly: before and after, or the text."""
    card = records.shown(act)
    pieces = Markup().join(PIECES[kind].format(text) for kind, text in card.pieces)
    inside = pieces or Markup().join(Markup("<ins>{}</ins>").format(line) for line in card.lines)
    shown = Markup('<div class="act-pieces" dir="auto">{}</div>').format(inside)
    return Markup("<details><summary>What exactly</summary>{}</details>").format(shown)
