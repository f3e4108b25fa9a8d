"""The page around the sections of the settings."""

from nicegui import ui

from assistant.components.frame import main
from assistant.components.icons import svg
from assistant.settings.pages.account import account, devices
from assistant.settings.pages.general import General
from assistant.settings.pages.household import Household
from assistant.settings.pages.people import People
from assistant.settings.pages.services import Services
from assistant.users.pages.page import Page, Place

# What a wide window has in its menu.
ELSEWHERE = f"""
<nav aria-label="More"><a href="/models">{svg("models")}<span>Models</span>{svg("forward")}</a>
<button type="button" data-shortcuts>{svg("keyboard")}<span>Keyboard shortcuts</span>{svg("forward")}</button>
<form method="post" action="/logout"><button type="submit">{svg("out")}<span>Log out</span></button></form></nav>"""


async def settings_page(services: Services, page: Page, _place: Place) -> None:
    """Draws all sections; those of the household for owners only."""
    page.title("Settings", "settings")
    with main(), ui.element("div").classes("sheet").props("data-scroll=settings"):
        inner = ui.element("div").classes("sheet-inner settings")
    with inner:
        with ui.element("h1"):
            ui.label("Settings")
        ui.html(ELSEWHERE, sanitize=False).classes("elsewhere")
        General(services, page)
        account(page.asking)
        await devices(services, page.asking)
        if page.asking.owner:
            await Household(services, page).draw()
            await People(services, page.asking).draw()
