"""The palette: everything that one has and can do, found as one types, wherever one is; by keys alone.

The arrows and Enter are heard here, so that what is chosen is always what is shown for the words as they are by now.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any

from markupsafe import Markup
from nicegui import ui

from assistant.components.controls import text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.search.finders import Finder
from assistant.search.pages import choices
from assistant.search.pages.choices import Choice
from assistant.search.pages.commands import Act, Offer, Offers
from assistant.search.pages.results import Group
from assistant.storage.database import Database
from assistant.users import preferences
from assistant.users.pages.page import Page

LONGEST = 1000  # characters
FEW = 4  # hits of a kind
PLACE = "palette"  # the dialog's id, by which the frame's buttons open it
CLOSE = f"document.getElementById('{PLACE}').close()"
CLOSER = Markup('<button type="submit" class="icon-button" aria-label="Close" title="Close">{}</button>')
TO_SIGHT = "document.getElementById('{}')?.scrollIntoView({{block: 'nearest'}})"


class Palette:
    """The palette of one tab; nothing is looked for before it is opened."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], finders: Sequence[Finder], acts: Mapping[str, Act],
        offers: Offers, page: Page,
    ) -> None:  # fmt: skip
        """Draws it, closed; ``acts`` are what hits stand for that are no addresses."""
        self._database, self._clock, self._page = database, clock, page
        self._finders, self._acts, self._offers = finders, acts, offers
        self._words, self._at = "", 0
        self._choices: list[Choice] = []
        self._finding: asyncio.Task[Any] | None = None
        with ui.element("dialog").props(f'id="{PLACE}" aria-label="Find or do anything" closedby="any"') as dialog:
            dialog.classes("palette").on("close", self._closed, args=[])
            self._draw()

    def _draw(self) -> None:
        with ui.element("div").classes("palette-head"):
            with KeptForm("", {"q": ""}, pause=0).props("role=search") as self._form:
                self._field = text_field(
                    "q", "Find or do anything", hidden_label=True, longest=LONGEST, enterkeyhint="go", role="combobox",
                    placeholder="Find or do anything", autofocus="", aria_expanded="true", aria_autocomplete="list",
                )  # fmt: skip
            Html(CLOSER.format(svg("close")), tag="form").props('method="dialog"')
        self._form.on_change(self._typed).on_done(self._enter)
        self._field.on("focus", self._opened, args=[])
        for key, by in (("down", 1), ("up", -1)):
            self._field.on(f"keydown.{key}.prevent", partial(self._step, by), args=[])
        self._rows = Rows(tag="div", row="div").classes("palette-list").on_act(self._acted)
        self._rows.props('role="listbox" aria-label="What was found" tabindex="-1"')
        self._field.props["aria-controls"] = self._rows.html_id
        self._status = ui.label().classes("visually-hidden").props('role="status"')

    async def _opened(self) -> None:
        if not self._choices:
            await self._again()

    def _closed(self) -> None:
        self._words, self._choices = "", []
        self._form.fill({"q": ""}, over=True)
        self._rows.show({})
        self._status.set_text("")
        if self._finding:
            self._finding.cancel()

    async def _typed(self, values: Values, _name: str) -> None:
        words = str(values.get("q", ""))[:LONGEST]
        if words != self._words:
            self._words = words
            await self._again()

    async def _again(self) -> None:
        if self._finding:
            self._finding.cancel()
        self._finding = self._page.begin(self._find(), name="palette")

    async def _find(self) -> None:
        """Shows the best hits of each kind, and what can be done with the words."""
        words, read, user = self._words, self._database.read, self._page.user
        asked = [one for one in self._finders if words.strip() or one.latest]
        try:
            chosen = await read(preferences.load, user)
            offers: list[Offer] = await read(self._offers, user, words) if words.strip() else []
            found = await asyncio.gather(*(read(one.find, user, words, FEW) for one in asked))
        except AssistantError as error:
            with self._page.client:
                self._status.set_text(error.sentence)
            return
        groups = [Group(finder, hits) for finder, hits in zip(asked, found, strict=True)]
        self._choices = choices.ordered(groups, offers, words, chosen, self._clock())
        self._at = 0
        with self._page.client:
            self._show()
            count = len(self._choices)
            self._status.set_text(f"{count} to choose from" if count else "Nothing yet")

    def _show(self) -> None:
        """Draws the choices; one of them is chosen."""
        self._rows.show(choices.rows(self._choices, self._at))
        self._field.props["aria-activedescendant"] = choices.name(self._at)
        self._field.update()

    def _step(self, by: int) -> None:
        if self._choices:
            self._at = (self._at + by) % len(self._choices)
            self._show()
            ui.run_javascript(TO_SIGHT.format(choices.name(self._at)))

    async def _enter(self, sent: Sent) -> None:
        """Enter takes what is chosen for what the field says."""
        self._form.refused(sent.key)
        await self._typed(sent.values, "q")
        if self._finding and not self._finding.done():
            with suppress(asyncio.CancelledError):
                await asyncio.wait({self._finding})
        if self._choices:
            await self._take(self._choices[self._at])

    async def _acted(self, _what: str, of: str, _more: str) -> None:
        shown = {choices.name(at): choice for at, choice in enumerate(self._choices)}
        if of in shown:
            await self._take(shown[of])

    async def _take(self, choice: Choice) -> None:
        act = choice.act or self._acts.get(choice.address)
        if act is None:
            self._page.go(choice.address)
            return
        ui.run_javascript(CLOSE)
        try:
            await act(self._page)
        except AssistantError as error:
            toast(error.sentence)
