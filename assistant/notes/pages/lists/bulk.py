"""What is done with several notes at once: tagged, archived, exported, thrown away, taken back; each can be undone."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime
from functools import partial
from typing import Any

from nicegui import ui
from peewee import chunked

from assistant.components.controls import Problem, button, icon_button, text_field
from assistant.components.form import KeptForm, Sent
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.notes import bulk
from assistant.notes.pages.services import Services
from assistant.notes.queries import ARCHIVE, TRASH
from assistant.users.pages.page import Page

TOGETHER = 200  # notes of one transaction; others write between
EXPORTED = 1000  # notes whose ids fit into an address
Chosen = Callable[[], list[int]]
Done = Callable[[], Awaitable[None]]
Act = Callable[[int, list[int]], Any]  # of the user, with some of the notes


class Selection:
    """The bar that shows while notes are chosen."""

    def __init__(self, page: Page, services: Services, *, choose_all: Done, choose_none: Callable[[], None]) -> None:
        """Draws it, hidden; ``choose_all`` and ``choose_none`` change what is chosen, and tell it by ``show``."""
        self._page, self._services, self._none = page, services, choose_none
        self._chosen: list[int] = []
        self._stopped = False
        with ui.element("div").classes("chosen-bar").props('role="toolbar" aria-label="Chosen notes"') as self._bar:
            with ui.element("div").classes("chosen-line"):
                icon_button("close", "Choose none", choose_none)
                self._words = ui.label().classes("chosen-count").props('role="status"')
                self._all = button("All", choose_all, kind="plain", title="Select all")
                ui.element("span").classes("grow")
                self._acts = ui.element("div").classes("chosen-acts")
            self._stop = button("Cancel", self._cancel)
            self._tag_form()
        self._bar.set_visibility(False)
        self._stop.set_visibility(False)

    def show(self, chosen: Iterable[int], *, total: int, where: str, on: bool) -> None:
        """Shows how many of ``total`` notes are chosen and what can be done with them there; ``on`` even if none is."""
        before, self._chosen = self._bar.visible, list(chosen)
        self._bar.set_visibility(on or bool(self._chosen))
        self._acts.set_visibility(bool(self._chosen))
        self._words.set_text(f"{len(self._chosen):,} selected")
        self._all.set_visibility(len(self._chosen) < total)
        if not before or not self._chosen:
            self._form_box.set_visibility(False)
            self._draw_acts(where)

    def _draw_acts(self, where: str) -> None:
        self._acts.clear()
        with self._acts:
            if where == TRASH:
                button("Restore", self._restore)
                return
            icon_button("tag", "Tag", self._open_tags)
            if where == ARCHIVE:
                icon_button("archive", "Take out of the archive", partial(self._archive, on=False))
            else:
                icon_button("archive", "Archive", partial(self._archive, on=True))
            icon_button("down", "Export", self._export)
            icon_button("trash", "Delete", self._trash)

    def _tag_form(self) -> None:
        with ui.element("div").classes("chosen-tag") as self._form_box, KeptForm() as self._form:
            field = text_field("tag", "Tag for the chosen notes", hidden_label=True, placeholder="Tag", longest=200)
            button("Add tag", kind="main")
            self._problem = Problem(field)
        self._form.on_done(self._tag)

    def _open_tags(self) -> None:
        self._form_box.set_visibility(not self._form_box.visible)
        self._form.focus("tag")

    def _cancel(self) -> None:
        self._stopped = True

    async def _tag(self, sent: Sent) -> None:
        typed = str(sent.values.get("tag", ""))
        added: dict[str, list[int]] = {}

        def tag(user: int, notes: list[int]) -> list[int]:
            for name, those in bulk.tag(user, notes, typed, self._services.clock()).items():
                added.setdefault(name, []).extend(those)
            return notes

        try:
            notes = await self._each(tag)
        except AssistantError as error:
            self._form.refused(sent.key)
            self._problem.say(error.sentence)
            return
        self._problem.say("")
        self._form.stored(sent.key)
        if added:
            self._none()
            self._tell(notes, "tagged", partial(_untag, added, self._services.clock))

    async def _archive(self, *, on: bool) -> None:
        changed = await self._each(partial(bulk.archive, on=on))
        self._none()
        words = "archived" if on else "taken out of the archive"
        self._tell(changed, words, partial(bulk.archive, on=not on))

    async def _trash(self) -> None:
        changed = await self._each(lambda user, notes: bulk.throw_away(user, notes, self._services.clock()))
        self._none()
        self._tell(changed, "moved to the trash", bulk.take_back)

    async def _restore(self) -> None:
        changed = await self._each(bulk.take_back)
        self._none()
        self._tell(changed, "restored", lambda user, notes: bulk.throw_away(user, notes, self._services.clock()))

    def _export(self) -> None:
        if len(self._chosen) > EXPORTED:
            toast(f"At most {EXPORTED:,} notes go into one export. “Export all” takes them all.")
            return
        ui.download.from_url("/notes/export?ids=" + ",".join(map(str, self._chosen)))

    async def _each(self, act: Act) -> list[int]:
        """Does it with some of the chosen notes at a time, saying how far it is; returns what it returned together."""
        chosen, done = list(self._chosen), list[int]()
        self._stopped = False
        self._stop.set_visibility(len(chosen) > TOGETHER)
        try:
            for number, some in enumerate(chunked(chosen, TOGETHER)):
                if self._stopped:
                    break
                done += await self._services.database.run(act, self._page.user, list(some))
                if len(chosen) > TOGETHER:
                    self._words.set_text(f"{min(len(chosen), (number + 1) * TOGETHER):,} of {len(chosen):,}")
        finally:
            self._stop.set_visibility(False)
        return done

    def _tell(self, notes: list[int], words: str, back: Act) -> None:
        async def undo() -> None:
            for some in chunked(notes, TOGETHER):
                await self._services.database.run(back, self._page.user, list(some))

        toast(f"{count(len(notes))} {words}.", undo if notes else None)


def count(notes: int) -> str:
    """How many notes, in words."""
    return "1 note" if notes == 1 else f"{notes:,} notes"


def _untag(added: dict[str, list[int]], clock: Callable[[], datetime], user: int, notes: list[int]) -> None:
    some = set(notes)
    bulk.untag(user, {name: [note for note in those if note in some] for name, those in added.items()}, clock())
