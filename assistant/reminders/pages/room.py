"""The page of reminders."""

from typing import Any

from nicegui import events
from nicegui.element import Element

from assistant.components.frame import main
from assistant.components.icons import svg
from assistant.reminders.pages.form import ReminderForm
from assistant.reminders.pages.services import Services
from assistant.users.pages.page import Page, Place

ICONS = ("plus", "check", "trash", "back", "forward", "close", "sliders", "notes", "chat")


class Reminders(Element, component="reminders.js"):
    """The field, the views and the calendar; it asks the HTTP API for everything but the form."""

    def __init__(self, *, user: int, zone: str, view: str) -> None:
        """``user`` names the browser's copy of what is typed."""
        super().__init__()
        self.classes("reminders-host")
        values: dict[str, Any] = {"user": user, "zone": zone, "start": view}
        values["icons"] = {name: svg(name) for name in ICONS}
        for name, value in values.items():
            self._props[name] = value


async def reminders_page(services: Services, page: Page, place: Place) -> None:
    """Draws the reminders."""
    page.title("Reminders", "reminders", ("New reminder", "/reminders"))
    view, opened = place.query.get("view", "today"), place.number("open")
    with main():
        shown = Reminders(user=page.user, zone=page.asking.preferences.zone, view=view)

    def added() -> None:
        shown.run_method("said")

    def closed() -> None:
        if opened:
            page.address("/reminders")

    async def open_form(event: events.GenericEventArguments) -> None:
        reminder, text = event.args
        await form.open(int(reminder) or None, text=str(text))

    form = ReminderForm(page, services, on_added=added, on_closed=closed)
    shown.on("open", open_form)
    if opened:
        await form.open(opened)
