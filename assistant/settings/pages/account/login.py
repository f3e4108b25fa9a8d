"""A person's own account: password, recovery codes, and where they are logged in."""

from functools import partial

from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import button, link_to, text_element
from assistant.components.toast import toast
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.users.devices import browser
from assistant.users.household import choices
from assistant.users.models import Session
from assistant.users.pages.page import Page
from assistant.users.sessions import Asking
from assistant.users.two_step import codes

TWO_STEP = "Off. With it, whoever learns your password alone stays outside: a code of an app is needed too."


async def account(asking: Asking) -> None:
    """The section of the password."""
    with section("Password"):
        text_element("p", f"Logged in as {asking.name}{', an owner' if asking.owner else ''}.")
        with ui.element("div").classes("row"):
            # Pages of their own, as plain forms: password managers fill and save those.
            for words, address in (("Change password", "/password"), ("New recovery codes", "/codes")):
                link_to(words, address, "quiet").props("data-load")


async def two_step(services: Services, page: Page) -> None:
    """The box of the second step."""
    on = await services.database.read(codes.is_on, page.user)
    demanded = await services.database.read(choices.two_step_demanded)
    with section("Two-step login"):
        text_element("p", "On: logging in takes your password and a code." if on else TWO_STEP)
        if demanded:
            hint("Everybody here needs it: the owner has decided so.")
        with ui.element("div").classes("row"):
            words = "Set up with another app" if on else "Turn on"
            link_to(words, "/two-step", "quiet").props("data-load")
            if on and not demanded:
                link_to("Turn off", "/two-step/off", "quiet").props("data-load")


async def devices(services: Services, asking: Asking) -> None:
    """The section of the browsers that are logged in."""
    sessions = await services.sessions.of(asking.user)
    sessions.sort(key=lambda row: row.id != asking.session)
    others: dict[int, Element] = {}
    with section("Where you are logged in"):
        with ui.element("ul").classes("lines"):
            for row in sessions:
                line = _line(row, asking)
                if row.id != asking.session:
                    others[row.id] = line
                    with line:
                        button("Log out", partial(_end, services, row.id, others), kind="plain")
        if not others:
            hint("Nowhere else.")
            return

        async def end_all() -> None:
            await services.sessions.end_all(asking.user, but=asking.session)
            toast("You are logged out everywhere else, and the keys of your programs have ended.")
            for line in others.values():
                line.delete()
            others.clear()
            everywhere.delete()

        everywhere = button("Log out everywhere else", end_all)


def _line(row: Session, asking: Asking) -> Element:
    seen = row.seen.astimezone(asking.preferences.zone_info)
    words = asking.preferences.formats.moment(seen, seen.date())
    with ui.element("li") as line, ui.element("div").classes("line-words"):
        ui.label(browser(row.agent))
        used = "This browser" if row.id == asking.session else f"Last used {words}"
        ui.label(used).classes("hint")
    return line


async def _end(services: Services, session: int, others: dict[int, Element]) -> None:
    await services.sessions.end(session)
    toast("Logged out there.")
    others.pop(session).delete()
