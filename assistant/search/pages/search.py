"""The search over everything that a person has, as one types."""

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import text_field
from assistant.components.form import KeptForm, Sent, Values
from assistant.components.frame import main
from assistant.components.rows import Rows
from assistant.errors import AssistantError
from assistant.search.finders import Finder
from assistant.search.pages import results
from assistant.search.pages.results import MOST, Group
from assistant.storage.database import Database
from assistant.users.pages.page import Page, Place

LONGEST = 1000  # characters; more is no search by hand


class SearchPage:
    """One search in one tab: the words and the kind that are looked for are what its address says."""

    def __init__(
        self, database: Database, clock: Callable[[], datetime], finders: Sequence[Finder], page: Page
    ) -> None:
        """Each of the ``finders`` finds things of one kind."""
        self._database, self._clock, self._finders, self._page = database, clock, finders, page
        self._words, self._kind = "", ""
        self._first = ""  # the address of the best hit
        self._task: asyncio.Task[Any] | None = None
        self._form: KeptForm | None = None

    async def draw(self) -> None:
        """Draws nothing yet: the field is drawn with the words of the address."""

    async def show(self, place: Place) -> None:
        """Shows what the address looks for."""
        self._page.title("Search", "search")
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
            with ui.element("h1").classes("visually-hidden"):
                ui.label("Search")
            # A search is worth its answer at each key: newer words take the place of older ones.
            with KeptForm("", {"q": words}, pause=0).props("role=search") as self._form:
                field = text_field(
                    "q", "Search", hidden_label=True, type="search", maxlength=LONGEST, data_focus="", data_key="/",
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
        self._words = str(values.get("q", ""))[:LONGEST]
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
        if self._task and not self._task.done():
            await asyncio.wait({self._task})
        if self._first:
            self._page.go(self._first)

    def _again(self) -> None:
        asked = {name: value for name, value in (("q", self._words), ("kind", self._kind)) if value}
        self._page.address(f"/search?{urlencode(asked)}" if asked else "/search")
        if self._task:
            self._task.cancel()
        self._task = self._page.begin(self._find(), name="search")

    async def _find(self) -> None:
        words, kind = self._words, self._kind
        try:
            groups = await asyncio.gather(*(self._group(finder, words) for finder in self._finders))
        except AssistantError as error:
            with self._page.client:
                self._say(error.sentence, seen=True)
            return
        with self._page.client:
            self._show(groups, words, kind)

    async def _group(self, finder: Finder, words: str) -> Group:
        limit = MOST + 1 if words.strip() else results.FEW
        return Group(finder, await self._database.read(finder.find, self._page.user, words, limit))

    def _show(self, groups: list[Group], words: str, kind: str) -> None:
        counted = bool(words.strip())
        shown = [group for group in groups if kind in {"", group.finder.name}]
        zone = self._page.asking.preferences.zone_info
        found = results.rows(shown, counted=counted, alone=bool(kind), zone=zone, now=self._clock())
        self._rows.show(found)
        best = results.ordered(shown)
        self._first = best[0].hits[0].address if best and counted else ""
        for group in groups:
            self._chips[group.finder.name].show(
                group.count if counted and group.hits else "", on=kind == group.finder.name
            )
        self._chips[""].show("", on=not kind)
        self._tell(words, counted=counted, hits=sum(len(group.hits) for group in shown))

    def _tell(self, words: str, *, counted: bool, hits: int) -> None:
        if not counted:
            self._say("" if hits else "Everything you write is found here by its words.", seen=not hits)
        elif hits:
            self._say(f"{hits} found" if hits <= MOST else f"More than {MOST} found", seen=False)
        else:
            short = words if len(words) <= 60 else f"{words[:60]}…"  # noqa: PLR2004 - a line
            self._say(f"Nothing found for “{short}”. Try fewer or other words.", seen=True)

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

    def show(self, count: str, *, on: bool) -> None:
        self._count.set_text(count)
        self._count.set_visibility(bool(count))
        pressed = str(on).lower()
        if self._button.props.get("aria-pressed") != pressed:
            self._button.props["aria-pressed"] = pressed
            self._button.update()
