"""The part of a page about calendar files: the export, and an import that is looked at before anything is stored."""

from contextlib import aclosing
from typing import Any

from markupsafe import Markup
from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import Problem, ProgressBar, button, link_to
from assistant.components.dropzone import Dropzone
from assistant.components.html import Html
from assistant.errors import AssistantError
from assistant.reminders.ical import importer
from assistant.reminders.ical.importer import Plan
from assistant.reminders.ical.reader import Remarks
from assistant.reminders.ical.storing import Progress
from assistant.reminders.pages.options.section import section
from assistant.reminders.pages.services import Services
from assistant.users import preferences
from assistant.users.pages.page import Page

TAKES = ".ics,.ical,.ifb,text/calendar"
UPLOAD = "/api/v1/reminders/imports"
LARGEST = 10 * 1024 * 1024  # bytes
TOO_LARGE = 413
FROM = "From any calendar or to-do app. You’ll see what’s in it before anything is imported."
SHOWN = 500  # remarks
FEW = 12  # remarks that are shown at once


class CalendarFiles:
    """An import as one view shows it, from the file to the report."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page
        self._data, self._name, self._plan = b"", "", Plan()
        self._cancelled = False

    def draw(self) -> None:
        """Draws the section."""
        with section("Export and import"):
            ui.label("All reminders as one .ics file, to keep or to take elsewhere.").classes("muted")
            with ui.element("div").classes("row"):
                link_to("Download .ics", "/reminders/export.ics", "quiet").props("download")
            with Dropzone(UPLOAD, accept=TAKES, multiple=False, largest=LARGEST).classes("drop") as self._zone:
                with ui.element("h3"):
                    self._title = ui.label()
                self._words = ui.label().classes("muted")
                self._choose = button("Choose a file", self._zone.choose)
            self._zone.on_picked(self._picked).on_answered(self._answered).on_failed(self._failed)
            self._box = ui.element("div").classes("calendar-import")
            self._problem = Problem()
            self._remarks = ui.element("div")
        self._wait()

    def _wait(self) -> None:
        """Waits for a file."""
        self._data, self._plan = b"", Plan()
        self._box.clear()
        self._remarks.clear()
        self._show_zone(reading=False)

    def _show_zone(self, *, reading: bool) -> None:
        self._zone.set_visibility(True)
        self._title.set_text("Reading the file…" if reading else "Drop an .ics file here")
        self._words.set_text("Nothing is stored yet." if reading else FROM)
        self._choose.set_visibility(not reading)

    def _picked(self, files: Any) -> None:
        self._problem.say("")
        self._name = str(files[0]["name"])[:200] if files else ""
        self._show_zone(reading=True)

    def _failed(self, told: Any) -> None:
        self._wait()
        answer = told.get("answer") if isinstance(told.get("answer"), dict) else {}
        known = {TOO_LARGE: "This file is larger than 10 MB. Import it in parts.", 0: "The server does not answer."}
        self._problem.say(known.get(told.get("status"), str(answer.get("detail") or "That did not work.")))

    async def _answered(self, told: Any) -> None:
        try:
            name = str((told.get("answer") or {}).get("id"))
            self._data, self._plan = await self._services.uploads.take(self._page.user, name)
        except AssistantError as error:
            self._wait()
            self._problem.say(error.sentence)
            return
        self._show_plan()

    async def _zone_name(self) -> str:
        return (await self._services.database.read(preferences.load, self._page.user)).zone

    def _show_plan(self) -> None:
        plan = self._plan
        self._zone.set_visibility(False)
        self._box.clear()
        with self._box:
            heading = _heading(f"{_count(plan.new, 'new reminder')} in {self._name}")
            if plan.here:
                ui.label(_here(plan)).classes("muted")
            if plan.titles:
                Html(_list(plan.titles), tag="ul").classes("import-titles")
            if plan.new > len(plan.titles):
                ui.label(f"and {plan.new - len(plan.titles):,} more").classes("muted")
            with ui.element("div").classes("row"):
                if plan.new:
                    button(f"Import {_count(plan.new, 'reminder')}", self._start, kind="main")
                button("Choose another file", self._wait)
        heading.run_method("focus")
        self._show_remarks([])

    def _start(self) -> None:
        self._cancelled = False
        self._box.clear()
        with self._box:
            _heading("Importing…")
            self._bar = ProgressBar("Importing")
            with ui.element("div").classes("row"):
                self._far = ui.label().classes("muted grow")
                button("Cancel", self._cancel)
            ui.label("Stay on this page until it’s done.").classes("muted")
        self._page.begin(self._run(), name="calendar import")

    def _cancel(self) -> None:
        self._cancelled = True

    async def _run(self) -> None:
        services, progress, whole = self._services, None, False
        start = 0  # of what the file holds was here already
        steps = importer.run(
            services.database, self._page.user, self._data, zone=await self._zone_name(), now=services.clock()
        )
        try:
            async with aclosing(steps):
                async for step in steps:
                    start, progress = (step.here if progress is None else start), step
                    self._tell(step, start)
                    if self._cancelled:
                        break
                else:
                    whole = True
        except AssistantError as error:
            self._problem.say(error.sentence)
        if progress is None:
            self._show_plan()
        else:
            self._report(progress, progress.here + self._plan.here - start, whole=whole)

    def _tell(self, progress: Progress, start: int) -> None:
        done = progress.created + progress.here - start
        self._far.set_text(f"{done:,} of {progress.total:,}")
        self._bar.show(done / progress.total if progress.total else 1.0)

    def _report(self, progress: Progress, here: int, *, whole: bool) -> None:
        self._data = b""
        self._box.clear()
        how = "Done" if whole else "Cancelled" if self._cancelled else "Interrupted"
        with self._box, ui.element("div").classes("calendar-report").props('role="status"'):
            heading = _heading(f"{how}: {_count(progress.created, 'reminder')} imported")
            if whole and here:
                ui.label(f"{_count(here, 'entry', 'entries')} here already, left alone.").classes("muted")
            if not whole:
                ui.label("What came before stays. Import the same file again to go on.").classes("muted")
            with ui.element("div").classes("row"):
                link_to("To the reminders", "/reminders?view=coming", "main")
                button("Import more", self._wait)
        heading.run_method("focus")
        self._show_remarks(progress.skipped)

    def _show_remarks(self, also: Remarks) -> None:
        """Says what is left out or comes otherwise, and why."""
        told = [*also, *self._plan.skipped, *self._plan.remarks]
        self._remarks.clear()
        if not told:
            return
        with self._remarks, ui.element("details").classes("import-said") as details:
            details.props["open"] = len(told) < FEW
            with ui.element("summary"):
                ui.label(f"{_count(len(told), 'remark')}: what is left out or different, and why")
            lines = Markup("").join(Markup("<li><strong>{}</strong> {}</li>").format(*one) for one in told[:SHOWN])
            Html(lines, tag="ul")
            if len(told) > SHOWN:
                left_out = len(also) + len(self._plan.skipped)
                ui.label(f"and {len(told) - SHOWN:,} more remarks; in all, {left_out:,} entries are left out.")


def _heading(words: str) -> Element:
    with ui.element("h3").props('tabindex="-1"') as heading:
        ui.label(words)
    return heading


def _list(lines: list[str]) -> Markup:
    return Markup("").join(Markup("<li>{}</li>").format(line) for line in lines)


def _here(plan: Plan) -> str:
    if plan.new:
        many = _count(plan.here, "entry", "entries")
    else:
        many = "The one that it holds" if plan.here == 1 else f"All {plan.here:,}"
    return f"{many} {'is' if plan.here == 1 else 'are'} here already and left alone."


def _count(number: int, one: str, many: str = "") -> str:
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"
