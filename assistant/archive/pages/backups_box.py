"""The box of backups, for owners: how the last one went, when they are made, and one made now."""

import asyncio

from nicegui import ui

from assistant.archive.nightly import TOPIC, Standing
from assistant.archive.pages import boxes
from assistant.archive.pages.services import Services
from assistant.components.controls import Problem, button, check_box, say_problems, text_field
from assistant.components.form import KeptForm, Values
from assistant.errors import AssistantError
from assistant.users.household import backup_plan
from assistant.users.household.backup_plan import BackupPlan
from assistant.users.pages.page import Page

USUAL = BackupPlan()
LOOK = 0.25  # seconds between two looks at how far it is


class BackupsBox:
    """Backups."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn yet."""
        self._services, self._page = services, page
        self._watching = False

    async def draw(self) -> None:
        """Draws it."""
        plan = await self._services.database.read(backup_plan.load)
        with boxes.box("Backups"):
            self._place = ui.element("div").classes("archive-place").props('aria-live="polite"')
            with KeptForm("", _values(plan)) as self._form:
                check_box("on", "Back up each night", switch=True, role="switch")
                with ui.element("div").classes("archive-fields"):
                    fields = {
                        "at": text_field("at", "Time", inputmode="numeric", longest=10),
                        "days": text_field("days", "Days kept", inputmode="numeric", longest=10),
                        "weeks": text_field("weeks", "Weeks kept", inputmode="numeric", longest=10),
                    }
                self._problems = {name: Problem(field) for name, field in fields.items()} | {"": Problem()}
                with ui.element("div").classes("row"):
                    usual = f"Default: each night at {USUAL.at}, {USUAL.days} days, {USUAL.weeks} weeks"
                    boxes.say(usual, "hint grow")
                    self._saved = ui.label().classes("hint").props('role="status"')
                    self._reset = button("Back to the default", self._go_back, kind="plain")
            self._reset.set_visibility(plan != USUAL)
            self._form.on_change(self._change)
            boxes.say(
                "The time is that of the server's clock. Each backup is verified, and lies in the folder “backups” of "
                "the data. Let another machine fetch them: they do not survive this disk. On the command line: "
                "assistant backup, and assistant restore."
            )
        await self._show()
        self._page.follow({TOPIC}, self._refresh, shared=True)

    async def _refresh(self, _topics: set[str]) -> None:
        await self._show()

    async def _show(self) -> None:
        standing = await self._services.backups.standing()
        self._place.clear()
        with self._place:
            if standing.progress is not None:
                bar = boxes.Bar("Making a backup", self._services.backups.cancel)
                self._page.begin(self._watch(bar), name="backup shown")
            else:
                self._tell(standing)

    def _tell(self, standing: Standing) -> None:
        last = standing.outcome
        if last.problem:
            boxes.problem(f"The last backup failed: {last.problem}")
        if last.newest is None:
            boxes.say("There is no backup yet.", "")
        else:
            made, size = boxes.moment(self._page, last.newest.made), boxes.size(last.newest.size)
            boxes.say(f"The newest is of {made}, {size}, verified. There are {last.count:,}.", "")
        with ui.element("div").classes("row"):
            button("Back up now", self._begin, kind="main" if last.problem or not last.newest else "quiet")

    async def _begin(self) -> None:
        self._services.backups.begin()
        await self._show()

    async def _watch(self, bar: boxes.Bar) -> None:
        while (progress := self._services.backups.progress) is not None:
            done, total = progress
            with self._page.client:
                bar.show(done, total, f"{boxes.size(done)} of {boxes.size(total)}" if total else "")
            await asyncio.sleep(LOOK)
        with self._page.client:
            await self._show()

    async def _change(self, values: Values, _name: str) -> None:
        try:
            plan = await self._services.database.run(
                backup_plan.save, on=bool(values.get("on")), at=str(values.get("at", "")),
                days=str(values.get("days", "")), weeks=str(values.get("weeks", "")),
            )  # fmt: skip
        except AssistantError as error:
            say_problems(self._problems, error.sentence, error.field)
            self._saved.set_text("")
            return
        say_problems(self._problems)
        self._saved.set_text("Saved")
        self._reset.set_visibility(plan != USUAL)

    async def _go_back(self) -> None:
        self._form.fill(_values(USUAL), over=True)
        await self._change(_values(USUAL), "")


def _values(plan: BackupPlan) -> Values:
    return {"on": plan.on, "at": plan.at, "days": str(plan.days), "weeks": str(plan.weeks)}
