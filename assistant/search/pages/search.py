"""The search over everything that a person has, as one types."""

import asyncio
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import text_element, text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.frame import main
from assistant.components.rows import Rows
from assistant.errors import AssistantError
from assistant.search.finders import Finder, Hit, Nearest
from assistant.search.pages import results
from assistant.search.pages.results import FEW, MOST, Group
from assistant.storage.database import Database
from assistant.users.pages.page import Page, Place

LONGEST = 1000  # characters; more is no search by hand
LINE = 60  # characters of them that are said again
REST = 0.15  # seconds without a key, after which all is counted


class SearchPage:
    """One search in one tab: the words and the kind that are looked for are what its address says."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], finders: Sequence[Finder], nearest: Nearest | None,
        page: Page,
    ) -> None:  # fmt: skip
        """Each of the ``finders`` finds things of one kind; ``nearest`` finds by what the words mean."""
        self._database, self._clock, self._finders, self._page = database, clock, finders, page
        self._nearest, self._near = nearest, list[Hit]()
        self._words, self._kind = "", ""
        self._first = ""  # the address of the best hit
        self._finding: asyncio.Task[Any] | None = None
        self._counting: asyncio.Task[Any] | None = None
        self._form: KeptForm | None = None

    async def draw(self) -> None:
        """Draws nothing yet: the field is drawn with the words of the address."""

    async def show(self, place: Place) -> None:
        """Shows what the address looks for."""
        self._page.title("Search", "search")
        self._stop()
        self._words = place.query.get("q", "")[:LONGEST]
        kind = place.query.get("kind", "")
        self._kind = kind if kind in {finder.name for finder in self._finders} else ""
        if self._form is None:
            with main(), ui.element("div").classes("sheet").props("data-scroll=search"):
                self._draw(self._words)
        else:
            self._form.fill({"q": self._words})
        await self._find()

    def _draw(self, words: str) -> None:
        with ui.element("div").classes("sheet-inner search"):
            text_element("h1", "Search").classes("visually-hidden")
            # A search is worth its answer at each key: newer words take the place of older ones.
            with KeptForm("", {"q": words}, pause=0).props("role=search") as self._form:
                field = text_field(
                    "q", "Search", hidden_label=True, type="search", longest=LONGEST, data_focus="", data_key="/",
                    placeholder="Search everything", enterkeyhint="go",
                )  # fmt: skip
            self._form.on_change(self._typed).on_done(self._open)
            with ui.element("div").classes("chips").props('role="group" aria-label="What to search"'):
                self._chips = {name: _Chip(words, partial(self._choose, name)) for name, words in self._kinds()}
            self._status = ui.label().classes("search-status").props("role=status")
            self._rows = Rows().classes("hits").on_act(self._acted)
            field.props["aria-controls"] = self._rows.html_id

    def _kinds(self) -> list[tuple[str, str]]:
        return [("", "All"), *((finder.name, finder.words) for finder in self._finders)]

    async def _typed(self, values: Values, _name: str) -> None:
        words = str(values.get("q", ""))[:LONGEST]
        if words != self._words:
            self._words = words
            self._again()

    def _choose(self, kind: str) -> None:
        self._kind = kind
        self._again()

    def _acted(self, _what: str, kind: str, _more: str) -> None:
        self._choose(kind)

    async def _open(self, sent: Sent) -> None:
        """Enter in the field opens the best hit for what it says."""
        if self._form:
            self._form.refused(sent.key)
        await self._typed(sent.values, "q")
        if self._finding and not self._finding.done():
            await asyncio.wait({self._finding})
        if self._first:
            self._page.go(self._first)

    def _again(self) -> None:
        asked = {name: value for name, value in (("q", self._words), ("kind", self._kind)) if value}
        self._page.address(f"/search?{urlencode(asked)}" if asked else "/search")
        self._stop()
        self._finding = self._page.begin(self._find(), name="search")

    def _stop(self) -> None:
        self._near = []
        for task in (self._finding, self._counting):
            if task:
                task.cancel()

    async def _find(self) -> None:
        """Shows the best hits at once; all that are there are counted once one stops typing."""
        shown = [finder for finder in self._finders if self._kind in {"", finder.name}]
        try:
            groups = await self._groups(shown, MOST if self._kind else FEW)
        except AssistantError as error:
            with self._page.client:
                self._say(error.sentence, seen=True)
            return
        with self._page.client:
            self._show(groups, counted=False)
        if self._words.strip():
            self._counting = self._page.begin(self._count(), name="count")

    async def _count(self) -> None:
        await asyncio.sleep(REST)
        with suppress(AssistantError):
            groups = await self._groups(self._finders, MOST)
            with self._page.client:
                for group in groups:
                    self._chips[group.finder.name].count(group.count)
                shown = [group for group in groups if self._kind in {"", group.finder.name}]
                self._show(shown, counted=True)
            if self._nearest and not self._kind:
                self._near = await self._nearest(self._page.user, self._words, FEW)
                with self._page.client:
                    self._show(shown, counted=True)

    async def _groups(self, finders: Sequence[Finder], most: int) -> list[Group]:
        # One more than is shown says that there are others.
        limit, read = most + 1 if self._words.strip() else FEW, self._database.read
        found = await asyncio.gather(*(read(one.find, self._page.user, self._words, limit) for one in finders))
        return [Group(finder, hits) for finder, hits in zip(finders, found, strict=True)]

    def _show(self, groups: list[Group], *, counted: bool) -> None:
        asked, now = bool(self._words.strip()), self._clock()
        chosen, alone = self._page.asking.preferences, bool(self._kind)
        rows = results.rows(groups, asked=asked, counted=counted, alone=alone, chosen=chosen, now=now)
        self._rows.show(rows | results.near(self._near, groups, chosen, now))
        best = results.ordered(groups)
        self._first = best[0].hits[0].address if best and asked else ""
        for name, chip in self._chips.items():
            chip.press(on=name == self._kind)
            if not asked:
                chip.count("")
        self._tell(groups, asked=asked, counted=counted)

    def _tell(self, groups: list[Group], *, asked: bool, counted: bool) -> None:
        if any(group.hits for group in groups):
            found = ", ".join(f"{group.finder.words}: {group.count}" for group in groups if group.hits)
            self._say(found if counted else "", seen=False)
        elif asked and self._near:
            self._say("Nothing has these words; below is what means something like it.", seen=True)
        elif asked:
            short = self._words if len(self._words) <= LINE else f"{self._words[:LINE]}…"
            self._say(f"Nothing found for “{short}”. Try fewer or other words.", seen=True)
        else:
            self._say("Everything you write is found here by its words.", seen=True)

    def _say(self, sentence: str, *, seen: bool) -> None:
        self._status.set_text(sentence)
        self._status.classes(replace="search-status" if seen else "visually-hidden")


class _Chip:
    """A kind that can be chosen alone, with how many there are."""

    def __init__(self, words: str, choose: Callable[[], None]) -> None:
        self._button: Element = ui.element("button").classes("chip").props('type="button"').on("click", choose)
        with self._button:
            ui.label(words)
            self._count = ui.label()

    def count(self, words: str) -> None:
        self._count.set_text(words)
        self._count.set_visibility(words not in {"", "0"})

    def press(self, *, on: bool) -> None:
        pressed = str(on).lower()
        if self._button.props.get("aria-pressed") != pressed:
            self._button.props["aria-pressed"] = pressed
            self._button.update()
