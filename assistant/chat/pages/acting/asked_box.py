"""What programs ask for from outside, in the settings: each waits for a yes, and can be written otherwise."""

from collections.abc import Sequence

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element

from assistant.chat.acting import journal, records
from assistant.chat.models import Act
from assistant.chat.pages.acting.cards import acts_html
from assistant.chat.pages.acting.desk import Desk
from assistant.chat.pages.services import Services
from assistant.components.controls import text_element
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.text import row_number
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

ABOUT = (
    "What programs that use your keys want to write for you, if their key has to ask. Nothing is done before you say "
    "so, and what you say nothing to lapses in seven days."
)
EMPTY = "Nothing waits."


class AskedBox:
    """The box of what waits, the oldest first."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page
        self._desk = Desk(services, page.user, set(), self._show)
        self._waiting: Sequence[Act] = ()
        self._editing: dict[int, Element] = {}

    async def draw(self) -> None:
        """Draws it, and follows what changes."""
        with ui.element("section").classes("card-box setting").props('aria-label="Waits for your yes"'):
            text_element("h2", "Waits for your yes")
            ui.label(ABOUT).classes("hint")
            self._empty = ui.label(EMPTY).classes("muted")
            self._rows = Rows().classes("asked").on_act(self._act)
        await self._show()
        self._page.follow({"acts"}, lambda _topics: self._show())

    async def _show(self) -> None:
        now = self._services.clock()
        self._waiting = await self._services.database.read(records.from_outside, self._page.user, now)
        self._redraw()

    def _redraw(self) -> None:
        chosen = self._page.asking.preferences
        self._empty.set_visibility(not self._waiting)
        self._rows.show({act.id: self._editing.get(act.id) or _row(act, chosen) for act in self._waiting})

    async def _act(self, what: str, of: str, more: str) -> None:
        if what == "rewrite":
            self._rewrite(row_number(of))
        elif what == "no":
            await self._refuse(row_number(of))
        elif self._desk.knows(what):
            await self._desk.do(what, of, more)

    async def _refuse(self, act: int) -> None:
        database, services, user = self._services.database, self._services, self._page.user

        async def again() -> None:
            await database.run(journal.offer_again, user, act, services.acting, services.clock())

        try:
            await database.run(journal.refuse, user, act, services.clock())
        except AssistantError as error:
            toast(error.sentence)
        else:
            toast("It is not done.", again)
        await self._show()

    def _rewrite(self, act: int) -> None:
        row = next((one for one in self._waiting if one.id == act), None)
        text = records.shown(row).editable if row else None
        if row is None or text is None or act in self._editing:
            return

        def close() -> None:
            del self._editing[act]
            self._redraw()

        with self._rows, ui.element("li") as box:
            self._desk.form(row, text, close)
        self._editing[act] = box
        self._redraw()


def _row(act: Act, chosen: Preferences) -> Markup:
    asked, until = (
        chosen.formats.moment(at.astimezone(chosen.zone_info)) for at in (act.created, act.expires or act.created)
    )
    about = Markup('<p class="hint">{} asked {} · lapses {}</p>').format(act.program, asked, until)
    return about + acts_html([act], keys=False)
