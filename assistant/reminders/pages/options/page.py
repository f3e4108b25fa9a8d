"""The page of the calendars that show reminders."""

from nicegui import ui

from assistant.components.controls import link_to, text_element
from assistant.components.frame import main
from assistant.components.html import Html
from assistant.components.icons import svg
from assistant.reminders.pages.options.calendar_import import CalendarFiles
from assistant.reminders.pages.options.calendars import CalendarAddress
from assistant.reminders.pages.services import Services
from assistant.users.pages.page import Page, Place


async def options_page(services: Services, page: Page, _place: Place) -> None:
    """Draws it."""
    page.title("Calendars", "reminders", ("New reminder", "/reminders"))
    with main(), ui.element("div").classes("sheet") as sheet, ui.element("div").classes("sheet-inner"):
        sheet.props["data-scroll"] = "options"
        with link_to("", "/reminders").classes("options-back"):
            Html(svg("back"))
            ui.label("Reminders")
        text_element("h1", "Calendars").classes("options-title")
        with ui.element("div").classes("options-part calendars-host"):
            await CalendarAddress(services, page).draw()
            CalendarFiles(services, page).draw()
