"""The page of how reminders reach a person, and the calendars that show them."""

from nicegui import ui
from nicegui.element import Element

from assistant.components.frame import main
from assistant.reminders.pages.calendars import Calendars
from assistant.users.pages.page import Page, Place


class Ways(Element, component="ways.js"):
    """Where reminders ring outside of an open page; it asks the HTTP API for everything."""

    def __init__(self, *, zone: str) -> None:
        """``zone`` is where times show."""
        super().__init__()
        self._props["zone"] = zone


async def options_page(page: Page, _place: Place) -> None:
    """Draws them."""
    page.title("Ringing and calendars", "reminders", ("New reminder", "/reminders"))
    with main(), ui.element("div").classes("sheet"), ui.element("div").classes("sheet-inner"):
        with ui.element("h1"):
            ui.label("Ringing and calendars")
        ui.link("Back to the reminders", "/reminders")
        Ways(zone=page.asking.preferences.zone)
        Calendars(zone=page.asking.preferences.zone)
