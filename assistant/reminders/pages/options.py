"""The page of how reminders reach a person, and the calendars that show them."""

from fastapi import Request
from nicegui import ui
from nicegui.element import Element

from assistant.components.frame import frame
from assistant.reminders.pages.calendars import Calendars
from assistant.users.sessions import who


class Ways(Element, component="ways.js"):
    """Where reminders ring outside of an open page; it asks the HTTP API for everything."""

    def __init__(self, *, zone: str) -> None:
        """``zone`` is where times show."""
        super().__init__()
        self._props["zone"] = zone


def register_options() -> None:
    """Adds the page."""

    @ui.page("/reminders/options")
    async def options(request: Request) -> None:
        asking = who(request)
        with (
            frame("Ringing and calendars", name=asking.name, theme=asking.preferences.theme, active="reminders"),
            ui.element("div").classes("sheet"),
            ui.element("div").classes("sheet-inner"),
        ):
            with ui.element("h1"):
                ui.label("Ringing and calendars")
            ui.link("Back to the reminders", "/reminders")
            Ways(zone=asking.preferences.zone)
            Calendars(zone=asking.preferences.zone)
