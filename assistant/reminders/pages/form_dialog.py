"""The dialog of the reminder's form, from its opening to its end."""

from collections.abc import Callable
from functools import partial
from typing import Protocol

from nicegui import ui

from assistant.components.controls import button
from assistant.components.form import Sent, Values
from assistant.errors import AssistantError, NotFound
from assistant.reminders import trash
from assistant.reminders.pages import form_store
from assistant.reminders.pages.form_content import FormContent
from assistant.reminders.pages.form_store import ChangedElsewhere, Opened
from assistant.reminders.pages.form_values import differ
from assistant.reminders.pages.services import Services
from assistant.reminders.queries import Listed
from assistant.users.pages.page import Page

DELETED = "This reminder was deleted meanwhile. Save it to have it as a new one."


class Stored(Protocol):
    """What is called once a reminder is stored."""

    def __call__(self, row: Listed, *, fresh: bool) -> None:
        """``fresh`` says that it is new."""


class Left(Protocol):
    """What is called when a form is left with words that are not stored."""

    def __call__(self, dialog: "FormDialog", *, kept: bool) -> None:
        """``kept`` says that the browser still has them."""


class FormDialog:
    """One opened form."""

    def __init__(self, page: Page, services: Services, opened: Opened, *, draft: str, resumed: bool = False) -> None:
        """Opens it; ``draft`` is where the browser keeps what is typed, and ``resumed`` that there is something."""
        self._page, self._services = page, services
        self.id, self.draft = opened.id, draft
        self._box = ui.element("div")
        with self._box, ui.dialog(value=True) as self._dialog:
            self._dialog.props('aria-labelledby="form-title" allow-focus-outside transition-duration="120"')
            self._dialog.classes("reminder-sheet").on_value_change(self._moved).on("hide", self._delete, args=[])
            with ui.element("div").classes("card-box reminder-dialog"):
                with ui.element("h2").props('id="form-title"').classes("form-title"):
                    ui.label("Reminder" if self.id else "New reminder")
                self._content = FormContent(page, services, opened, draft)
                self._draw()
        if resumed:
            self._content.on_unchanged = self._forget

    def on_end(
        self, *, stored: Stored, deleted: Callable[[int, str], None], left: Left, closed: Callable[["FormDialog"], None]
    ) -> "FormDialog":
        """Calls these when it ends, in the page's context."""
        self._on_stored, self._on_deleted, self._on_left, self._on_closed = stored, deleted, left, closed
        return self

    @property
    def values(self) -> Values:
        """What is typed in it."""
        return self._content.values

    def take(self, values: Values) -> None:
        """Puts these values into the form."""
        self._content.take(values)

    def close(self) -> None:
        """Closes it as Escape would: what was typed stays in the browser."""
        self._dialog.close()

    async def changed_elsewhere(self) -> None:
        """Looks whether the reminder still says what the form began with; what is not changed here follows."""
        if not self.id or self._content.ended:
            return
        theirs = await self._stands()
        if self._content.ended:
            return
        if theirs is None:
            self._gone()
        elif not self._content.changed and differ(theirs, self._content.base):
            self._content.begin_with(theirs)

    def _draw(self) -> None:
        with self._content.form.on_done(self._save):
            with ui.element("div").classes("form-body"):
                self._content.draw()
                self._choice = ui.element("div").classes("form-line")
            with ui.element("div").classes("form-foot"):
                if self.id:
                    button("Delete", self._remove).classes("danger")
                ui.element("span").classes("grow")
                button("Cancel", self._cancel)
                button("Save", kind="main")

    async def _save(self, sent: Sent) -> None:
        stored: Listed | None = None
        try:
            await self._content.settle(sent.values)
            stored = await self._store(sent.key)
        except ChangedElsewhere as error:
            self._clash(error)
        except AssistantError as error:
            if isinstance(error, NotFound) and self.id and await self._stands() is None:
                self._gone()
            else:
                self._content.refuse(error)
        finally:
            if stored is None:
                self._content.form.refused(sent.key)
        if stored:
            self._content.form.stored(sent.key)
            self._end()
            self._on_stored(stored, fresh=not self.id)

    async def _store(self, key: str) -> Listed:
        user, values, database = self._page.user, self._content.values, self._services.database
        zone, now, find = self._page.asking.preferences.zone, self._services.clock(), self._services.find
        if self.id:
            base = self._content.base
            return await database.run(form_store.change, user, self.id, values, base, find, zone=zone, now=now)
        return await database.run(form_store.add, user, values, key, find, zone=zone, now=now)

    async def _stands(self) -> Values | None:
        zone, now = self._page.asking.preferences.zone, self._services.clock()
        return await self._services.database.read(form_store.stands, self._page.user, self.id, zone=zone, now=now)

    def _clash(self, error: ChangedElsewhere) -> None:
        """Lets the person choose between what was changed here and elsewhere."""
        self._content.say(error.sentence)
        self._choice.clear()
        with self._choice:
            button("Keep mine", partial(self._keep_mine, error.theirs))
            button("Use theirs", partial(self._use_theirs, error.theirs))

    def _keep_mine(self, theirs: Values) -> None:
        self._choice.clear()
        self._content.take({"base": theirs})
        self._content.form.run_method("submit")

    def _use_theirs(self, theirs: Values) -> None:
        self._choice.clear()
        self._content.begin_with(theirs)

    def _gone(self) -> None:
        self.id = 0
        self._content.say(DELETED)

    async def _remove(self) -> None:
        reminder, text = self.id, str(self._content.base["text"])
        self._content.ended = True  # what is heard of it from now on is one's own doing
        try:
            await self._services.database.run(trash.delete, self._page.user, reminder, self._services.clock())
        except AssistantError as error:
            self._content.ended = False
            self._content.refuse(error)
            return
        self._forget()
        self._on_deleted(reminder, text)

    def _cancel(self) -> None:
        typed = self._content.changed
        self._forget()
        if typed:
            self._on_left(self, kept=False)

    def _moved(self) -> None:
        """Closed by Escape or beside it: what was typed stays, and one can go on with it."""
        if self._dialog.value or self._content.ended:
            return
        self._end()
        if self._content.changed:
            self._on_left(self, kept=True)

    def _forget(self) -> None:
        self._content.form.forget()
        self._end()

    def _end(self) -> None:
        self._content.ended = True
        self._dialog.close()
        self._on_closed(self)

    def _delete(self) -> None:
        self._dialog.delete()
        self._box.delete()
