"""The page of reminders."""

from typing import Any

from nicegui.element import Element

from assistant.components.frame import main
from assistant.components.icons import svg
from assistant.users.pages.page import Page, Place

ICONS = ("plus", "check", "trash", "back", "forward", "close", "sliders", "notes", "chat")


class Reminders(Element, component="reminders.js"):
    """The field, the views, the calendar and the form; it asks the HTTP API for everything."""

    def __init__(self, *, user: int, zone: str, view: str, opened: int) -> None:
        """``user`` names the browser's copy of what is typed; ``opened`` is a reminder to show at once."""
        super().__init__()
        self.classes("reminders-host")
        values: dict[str, Any] = {"user": user, "zone": zone, "start": view, "opened": opened}
        values["icons"] = {name: svg(name) for name in ICONS}
        for name, value in values.items():
            self._props[name] = value


async def reminders_page(page: Page, place: Place) -> None:
    """Draws the reminders."""
    page.title("Reminders", "reminders", ("New reminder", "/reminders"))
    view = place.query.get("view", "today")
    with main():
        Reminders(user=page.user, zone=page.asking.preferences.zone, view=view, opened=place.number("open"))
