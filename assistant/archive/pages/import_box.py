"""The box that brings in: a file to choose, what it would bring, how far it is, and what came of it."""

import asyncio
from typing import Any

from nicegui import ui

from assistant.archive.imports import Import
from assistant.archive.pages import boxes
from assistant.archive.pages.services import Services
from assistant.archive.rooms import Report
from assistant.components.controls import button
from assistant.components.dropzone import Dropzone
from assistant.users.pages.page import Page

ADDRESS = "/api/v1/imports"
LOOK = 0.25  # seconds between two looks at how far it is
TOO_LARGE = 413
ABOUT = (
    "An export of Assistant, or what ChatGPT, Claude, Open WebUI or LibreChat export: the zip as it came, or the JSON "
    "in it. Also a zip of Markdown files in which it stands who speaks. You see first what would come; what is here "
    "already is not doubled."
)
AWAY = "The server cannot be reached, so nothing was imported. Try again in a moment."
LARGE = "This file is too large to be sent. Import it on the command line: assistant import NAME FILE"


class ImportBox:
    """Finds the import again that a person has under way, in whatever tab they look."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page
        self._cancelled = False

    async def draw(self) -> None:
        """Draws it."""
        with boxes.box("Import"):
            boxes.say(ABOUT)
            self._problem = ui.label().classes("form-error").props('role="alert"')
            # Elements that are hidden hear nothing, and it hears of its request: so what it holds is hidden.
            self._zone = Dropzone(ADDRESS, multiple=False)
            with self._zone, ui.element("div").classes("archive-drop") as self._choice:
                ui.label("Drop a file here").classes("muted grow")
                button("Choose a file", self._choose, kind="main")
            with ui.element("div").classes("archive-place") as self._sending:
                self._bar = boxes.Bar("Sending the file", self._cancel_sending)
            self._place = ui.element("div").classes("archive-place").props('aria-live="polite"')
        self._zone.on_picked(self._picked).on_sent(self._sent).on_answered(self._answered).on_failed(self._failed)
        self._show()

    def _show(self, problem: str = "") -> None:
        one = self._services.imports.current(self._page.user)
        self._problem.set_text(problem)
        self._problem.set_visibility(bool(problem))
        self._choice.set_visibility(one is None)
        self._sending.set_visibility(False)
        self._place.clear()
        with self._place:
            if one is None:
                return
            if one.state in {"looking", "running"}:
                bar = boxes.Bar("Looking at the file" if one.state == "looking" else "Importing", self._stop)
                self._page.begin(self._watch(one, one.state, bar), name="import shown")
            elif one.state == "planned":
                self._draw_plan(one.report or Report())
            else:
                self._draw_end(one)

    def _draw_plan(self, report: Report) -> None:
        fresh = any(count for what, count in report.counts.items() if "here already" not in what)
        source = " and ".join(report.programs)
        boxes.say(f"From {source}, this would come:" if fresh else "All of it is here already.", "setting-title")
        boxes.counted(report.counts)
        boxes.remarks(report)
        with ui.element("div").classes("row"):
            if fresh:
                button("Import", self._start, kind="main")
            button("Choose another file", self._again)

    def _draw_end(self, one: Import) -> None:
        with ui.element("div").classes("archive-place").props('role="status"'):
            if one.problem:
                boxes.problem(one.problem)
            else:
                boxes.say("Done. This came:", "setting-title")
        if one.report and not one.problem:
            boxes.counted(one.report.counts)
            boxes.remarks(one.report)
        with ui.element("div").classes("row"):
            button("Choose another file" if one.problem else "Import more", self._again)

    def _choose(self) -> None:
        self._zone.choose()

    def _picked(self, _files: list[dict[str, Any]]) -> None:
        self._cancelled = False
        self._problem.set_visibility(False)
        self._choice.set_visibility(False)
        self._sending.set_visibility(True)
        self._bar.show(0, 0)

    def _sent(self, how_far: dict[str, Any]) -> None:
        loaded, total = how_far["loaded"], how_far["total"]
        self._bar.show(loaded, total, f"{boxes.size(loaded)} of {boxes.size(total)}")

    def _answered(self, _answer: dict[str, Any]) -> None:
        if self._cancelled:
            self._services.imports.forget(self._page.user)
        self._show()

    def _failed(self, answer: dict[str, Any]) -> None:
        known = answer["answer"].get("detail")
        sentence = str(known or (LARGE if answer["status"] == TOO_LARGE else AWAY))
        self._show("" if self._cancelled else sentence)

    def _cancel_sending(self) -> None:
        self._cancelled = True
        self._zone.cancel()
        self._show()

    def _start(self) -> None:
        self._services.imports.start(self._page.user)
        self._show()

    def _stop(self) -> None:
        self._services.imports.cancel(self._page.user)

    def _again(self) -> None:
        self._services.imports.forget(self._page.user)
        self._show()

    async def _watch(self, one: Import, state: str, bar: boxes.Bar) -> None:
        while one.state == state:
            with self._page.client:
                share = f"{100 * one.done // one.total} %" if one.total else ""
                bar.show(one.done, one.total, "Cancelling…" if one.stopped else share)
            await asyncio.sleep(LOOK)
        with self._page.client:
            self._show()
