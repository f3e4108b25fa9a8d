"""The import: files to choose, what they would bring, how far it is, and what came of it."""

import asyncio
from typing import Any

from nicegui import ui
from nicegui.events import GenericEventArguments

from assistant.components.controls import ProgressBar, button, check_box, text_element
from assistant.components.dropzone import Dropzone
from assistant.components.frame import aside, main
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.notes.pages import remarks
from assistant.notes.pages.lists.places import Places
from assistant.notes.pages.services import Services
from assistant.notes.transfer.import_job import ImportJob
from assistant.notes.transfer.importer import Plan, Report
from assistant.users.pages.page import Page, Place

ADDRESS = "/api/v1/notes/imports"
LOOK = 0.2  # seconds between two looks at how far an import is
READING = "Reading the files…"
TAGS_SHOWN = 20
HASHTAGS_SHOWN = 12
READ = (
    "Markdown, text and web pages, as files, folders or zips, and what Obsidian, Logseq, Dendron, Notion, Evernote, "
    "Joplin, Google Keep, Apple Notes, Bear, Standard Notes, Simplenote, Memos and TextBundle export."
)
AWAY = "The server cannot be reached, so nothing was imported. Try again in a moment."
LARGE = "This is too large to send at once. Import it in parts."


class ImportView:
    """Finds the import that a person has under way again, in whatever tab they look."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page
        self._job: ImportJob | None = None
        self._cancelled = False
        self._inline_tags = False  # whether words with number signs become tags

    async def draw(self) -> None:
        """Draws places, drop zone and the place for what comes of it."""
        with aside():
            places = Places(self._page, self._services, importing=True)
        with main(), ui.element("div").classes("import-page").props('data-scroll="import"'):
            self._draw_page()
        self._zone.on_picked(self._picked).on_sent(self._sent).on_answered(self._answered).on_failed(self._failed)
        await places.load()

    def _draw_page(self) -> None:
        with ui.element("div").classes("sheet-inner import"):
            text_element("h1", "Import notes")
            self._problem = ui.label().classes("composer-problem").props('role="alert"')
            self._problem.set_visibility(False)
            # Elements that are hidden hear nothing, and it hears of its request: so what it holds is hidden.
            self._zone = Dropzone(ADDRESS, together=True)
            with self._zone:
                self._draw_choice()
            self._sending_box()
            self._result = ui.element("div").classes("import-result").props('aria-live="polite"')

    async def show(self, _place: Place) -> None:
        """Shows the import that is under way, or the drop zone."""
        self._page.title("Import notes", "notes", ("New note", "/notes/new"))
        job = self._services.imports.current(self._page.user)
        self._take(job)
        if job is None and self._services.imports.reading(self._page.user):
            self._watch_reading()  # of files that were sent before the page was loaded anew

    def _draw_choice(self) -> None:
        with ui.element("div").classes("drop") as self._choice:
            Html(svg("notes")).classes("drop-icon")
            text_element("h2", "Drop files or a folder here")
            ui.label(READ).classes("muted import-read")
            with ui.element("div").classes("row"):
                button("Choose files", self._choose_files, kind="main")
                button("Choose a folder", self._choose_folder)

    def _choose_files(self) -> None:
        self._zone.choose()

    def _choose_folder(self) -> None:
        self._zone.choose(folder=True)

    def _sending_box(self) -> None:
        with ui.element("div").classes("card-box") as self._sending:
            with ui.element("h2"):
                self._sending_words = ui.label()
            self._sending_bar = ProgressBar("Sending")
            with ui.element("div").classes("row"):
                ui.label("Nothing is stored yet.").classes("muted grow")
                button("Cancel", self._cancel_sending)
        self._sending.set_visibility(False)

    def _picked(self, files: list[dict[str, Any]]) -> None:
        self._cancelled = False
        self._say("")
        self._show_sending(f"Sending {_count(len(files), 'file')}…", 0.0)

    def _sent(self, how_far: dict[str, Any]) -> None:
        loaded, total = float(how_far.get("loaded") or 0), float(how_far.get("total") or 0)
        done = bool(total) and loaded >= total
        if done:
            self._watch_reading()
        else:
            self._show_sending("Sending…", loaded / total if total else 0.0)

    def _watch_reading(self) -> None:
        self._show_sending(READING, 0.0)
        self._page.begin(self._show_reading(), name="files read")

    async def _show_reading(self) -> None:
        """Says how far the server is with what was sent, until it has a plan or was stopped."""
        seen, user = False, self._page.user
        while not self._cancelled and self._sending.visible:
            reading = self._services.imports.reading(user)
            if reading is None and seen:
                break
            if reading is not None and reading.total:
                with self._page.client:
                    self._sending_words.set_text(f"{READING} {reading.done:,} of {reading.total:,}")
                    self._sending_bar.show(reading.done / reading.total)
            seen = seen or reading is not None
            await asyncio.sleep(LOOK)
        if seen and not self._cancelled and self._sending.visible:
            with self._page.client:
                self._sending.set_visibility(False)
                self._take(self._services.imports.current(user))

    def _answered(self, answer: dict[str, Any]) -> None:
        self._sending.set_visibility(False)
        job = self._services.imports.current(self._page.user)
        if self._cancelled and job:
            self._services.imports.dismiss(self._page.user, job.id)
            job = None
        self._take(job)
        del answer

    def _failed(self, answer: dict[str, Any]) -> None:
        self._sending.set_visibility(False)
        self._choice.set_visibility(True)
        if not self._cancelled:
            said = answer.get("answer")
            known = said.get("detail") if isinstance(said, dict) else None
            self._say(str(known or (LARGE if answer.get("status") == 413 else AWAY)))  # noqa: PLR2004 - of HTTP

    def _cancel_sending(self) -> None:
        self._cancelled = True
        self._zone.cancel()
        self._services.imports.stop_reading(self._page.user)
        self._sending.set_visibility(False)
        self._choice.set_visibility(True)

    def _show_sending(self, words: str, share: float) -> None:
        self._choice.set_visibility(False)
        self._sending.set_visibility(True)
        self._sending_words.set_text(words)
        self._sending_bar.show(share)

    def _take(self, job: ImportJob | None) -> None:
        """Shows the import as it is now, and goes on looking while it runs."""
        self._job, self._inline_tags = job, False
        self._choice.set_visibility(job is None)
        self._result.clear()
        with self._result:
            if job is None:
                return
            if job.state == "planned":
                self._draw_plan(job, job.plan)
            elif job.state == "running":
                self._draw_running(job)
            else:
                self._draw_end(job)

    def _draw_plan(self, job: ImportJob, plan: Plan) -> None:
        with ui.element("div").classes("card-box"):
            text_element("h2", _count(plan.new, "new note"))
            Html(remarks.plan(plan, TAGS_SHOWN))
            if plan.hashtags and plan.new:
                words = check_box("inline-tags", remarks.hashtags(plan, HASHTAGS_SHOWN))
                words.on("change", self._choose_tags, js_handler="(e) => emit(e.target.checked)")
            with ui.element("div").classes("row"):
                if plan.new:
                    button(f"Import {_count(plan.new, 'note')}", self._start, kind="main")
                button("Choose other files", self._again)
        remarks.draw(plan.skipped, plan.remarks, done=False)
        del job

    def _draw_running(self, job: ImportJob) -> None:
        with ui.element("div").classes("card-box"):
            text_element("h2", "Importing…")
            bar = ProgressBar("Importing")
            with ui.element("div").classes("row"):
                words = ui.label().classes("muted grow")
                button("Cancel", self._stop)
        self._page.begin(self._watch(job, bar, words), name="import shown")

    async def _watch(self, job: ImportJob, bar: ProgressBar, words: ui.label) -> None:
        while job.state == "running" and job is self._job:
            with self._page.client:
                words.set_text("Cancelling…" if job.stopped else f"{job.done:,} of {job.total:,}")
                bar.show(job.done / job.total if job.total else 0.0)
            await asyncio.sleep(LOOK)
        if job is self._job:
            with self._page.client:
                self._take(job)

    def _draw_end(self, job: ImportJob) -> None:
        with ui.element("div").classes("card-box").props('role="status"'):
            report = job.report
            text_element("h2", _heading(report))
            if job.problem:
                ui.label(job.problem).classes("form-error")
            if report:
                Html(remarks.report(report))
            with ui.element("div").classes("row"):
                button("Show the notes", self._leave, kind="main")
                button("Import more", self._again)
        if job.report:
            remarks.draw(job.report.skipped, job.report.remarks, done=True)

    def _start(self) -> None:
        if self._job:
            self._take(self._services.imports.start(self._page.user, self._job.id, inline_tags=self._inline_tags))

    def _choose_tags(self, chosen: GenericEventArguments) -> None:
        self._inline_tags = chosen.args is True

    def _stop(self) -> None:
        if self._job:
            self._services.imports.cancel(self._page.user, self._job.id)

    def _again(self) -> None:
        self._forget()
        self._take(None)

    def _leave(self) -> None:
        self._forget()
        self._page.go("/notes")

    def _forget(self) -> None:
        if self._job:
            self._services.imports.dismiss(self._page.user, self._job.id)

    def _say(self, sentence: str) -> None:
        self._problem.set_text(sentence)
        self._problem.set_visibility(bool(sentence))


def _heading(report: Report | None) -> str:
    if report is None:
        return "The import stopped"
    return f"{'Cancelled' if report.cancelled else 'Done'}: {_count(report.created, 'note')} imported"


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"
