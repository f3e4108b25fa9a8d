"""What a person does with what is offered below an answer: yes, no, otherwise; and what was done, undone."""

from collections.abc import Awaitable, Callable

from nicegui import ui

from assistant.chat.acting import journal
from assistant.chat.acting.words import offers
from assistant.chat.models import ACTED, Act
from assistant.chat.pages.services import Services
from assistant.components.controls import Problem, button, text_area
from assistant.components.form import KeptForm, Sent
from assistant.components.toast import toast
from assistant.errors import AssistantError, Conflict, Invalid, NotFound
from assistant.text import row_number


class Desk:
    """The acts of one open conversation; what fails is said in the page."""

    def __init__(
        self, services: Services, user: int, off: set[int], redraw: Callable[[], Awaitable[None]]
    ) -> None:  # fmt: skip
        """``off`` are those of several that are not ticked; ``redraw`` shows the conversation as its rows are now."""
        self._services, self._user, self._off, self._redraw = services, user, off, redraw
        self._known: dict[str, Callable[[str], Awaitable[None]]] = {
            "yes": self._yes, "always": self._always, "no": self._no, "undo": self._undo_it,
            "offer_again": self._offer_again, "claimed": self._claimed,
        }  # fmt: skip

    def knows(self, what: str) -> bool:
        """Whether this is done here."""
        return what in self._known or what == "tick"

    async def do(self, what: str, of: str, more: str) -> None:
        """Does what a button of a card says; shows what has become of it, also where it can no longer be."""
        if what == "tick":
            (self._off.discard if more == "on" else self._off.add)(row_number(of))
            await self._redraw()
            return
        try:
            await self._known[what](of)
        except (Conflict, NotFound, Invalid) as error:
            toast(error.sentence)
            await self._redraw()

    def form(self, row: Act, text: str, close: Callable[[], None]) -> None:
        """Draws what is offered as a form to write it otherwise; ``close`` takes the form away."""
        form = KeptForm("", {"text": text})

        async def save(sent: Sent) -> None:
            try:
                await self._run(journal.rewrite, row.id, str(sent.values.get("text", "")))
            except AssistantError as error:
                form.refused(sent.key)
                problem.say(error.sentence)
                return
            form.stored(sent.key)
            close()
            await self._redraw()

        with form.classes("act-card act-edit").on_done(save):
            reminds = row.deed.startswith("reminder")
            label = "What and when, in your words" if reminds else "Text"
            field = text_area("text", label, grows=True, rows=1 if reminds else 3, longest=journal.LONGEST)
            problem = Problem(field)
            with ui.element("div").classes("row-end"):
                button("Cancel", close)
                button("Save", kind="main")
        form.focus("text")

    async def _yes(self, of: str) -> None:
        done = [await self._approve(one) for one in of.split(",") if one]
        self._say([row for row in done if row.state == ACTED])

    async def _always(self, of: str) -> None:
        self._say([await self._approve(of, always=True)])

    async def _approve(self, of: str, *, always: bool = False) -> Act:
        act, _, digest = of.partition(".")
        database, rooms, now = self._services.database, self._services.acting, self._services.clock()
        row: Act = await database.run(journal.approve, self._user, row_number(act), digest, rooms, now, always=always)
        return row

    def _say(self, done: list[Act]) -> None:
        if not done:
            return
        words = done[0].result if len(done) == 1 else f"{len(done)} things were done."

        async def undo() -> None:
            for row in reversed(done):
                await self._run(journal.undo, row.id)

        toast(words, undo)

    async def _no(self, of: str) -> None:
        for one in of.split(","):
            await self._services.database.run(journal.refuse, self._user, row_number(one), self._services.clock())

    async def _undo_it(self, of: str) -> None:
        await self._run(journal.undo, row_number(of))

    async def _offer_again(self, of: str) -> None:
        await self._run(journal.offer_again, row_number(of))

    async def _claimed(self, of: str) -> None:
        await self._run(offers.instead, row_number(of))

    async def _run(self, act: Callable[..., Act], *about: object) -> None:
        rooms, now = self._services.acting, self._services.clock()
        await self._services.database.run(act, self._user, *about, rooms, now)
