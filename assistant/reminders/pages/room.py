"""The page of reminders."""

from typing import Any

from fastapi import Request
from nicegui import ui
from nicegui.element import Element

from assistant.components.frame import frame
from assistant.components.icons import svg
from assistant.users.sessions import who

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


def register_room() -> None:
    """Adds the page."""

    @ui.page("/reminders")
    async def reminders(request: Request, view: str = "today", open: int = 0) -> None:  # noqa: A002 - as in addresses
        asking = who(request)
        with frame("Reminders", name=asking.name, theme=asking.preferences.theme, active="reminders"):
            Reminders(user=asking.user, zone=asking.preferences.zone, view=view, opened=open)
