"""The settings: look, account, and for the owner the household."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from nicegui import ui

from assistant.components.dialogs import confirm
from assistant.components.frame import main
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.storage.database import Database
from assistant.users import accounts, preferences
from assistant.users.devices import browser
from assistant.users.models import User
from assistant.users.pages.page import Drawn, Page, Place
from assistant.users.pages.shell import Route
from assistant.users.sessions import Asking, Sessions

THEMES = {"system": "As the device", "light": "Light", "dark": "Dark"}
OWNERS_MAY = "Owners decide who may register, look after everybody's account, and pull and delete models."
MODES = {"closed": "Nobody new", "invitation": "People with an invitation", "open": "Everybody who can reach this page"}


@dataclass(frozen=True)
class Parts:
    """What the page needs."""

    database: Database
    sessions: Sessions
    clock: Callable[[], datetime]


def routes(**parts: Any) -> list[Route]:
    """The address of the settings; ``parts`` are the fields of Parts."""
    return [Route("/settings", "settings", partial(Drawn, partial(_page, Parts(**parts))))]


async def _page(given: Parts, page: Page, _place: Place) -> None:
    asking = page.asking
    page.title("Settings", "settings")
    with main(), ui.element("div").classes("sheet"), ui.element("div").classes("sheet-inner"):
        with ui.element("h1"):
            ui.label("Settings")
        _look(given, asking)
        _keys(asking)
        await _sessions(given, asking)
        if asking.owner:
            await _household(given, asking)


def _section(title: str) -> Any:
    box = ui.element("section").classes("card-box")
    with box, ui.element("h2"):
        ui.label(title)
    return box


def _look(given: Parts, asking: Asking) -> None:
    async def save(name: str, value: object) -> None:
        await _saying(given.database.run(preferences.save, asking.user, **{name: value}))
        if name == "theme":
            ui.navigate.reload()

    chosen = asking.preferences
    with _section("General"):
        ui.select(THEMES, label="Theme", value=chosen.theme, on_change=lambda e: save("theme", e.value)).props(
            "outlined dense"
        )
        ui.select(
            sorted(available_timezones()), label="Time zone", value=chosen.zone, with_input=True,
            on_change=lambda e: save("zone", e.value),
        ).props("outlined dense")  # fmt: skip
        ui.switch(
            "Let the model make better titles", value=chosen.better_titles,
            on_change=lambda e: save("better_titles", e.value),
        )  # fmt: skip


def _keys(asking: Asking) -> None:
    with _section("Account"):
        _line("Signed in as", asking.name)
        with ui.element("div").classes("row"):
            # Pages of their own, as plain forms: password managers fill and save those.
            ui.link("Change the password", "/password").classes("quiet-button")
            ui.link("New recovery codes", "/codes").classes("quiet-button")


def _line(what: str, value: str) -> None:
    with ui.element("p"):
        ui.label(f"{what} {value}")


async def _sessions(given: Parts, asking: Asking) -> None:
    zone = asking.preferences.zone_info
    with _section("Where you are logged in"):
        others: list[ui.element] = []
        with ui.element("ul").classes("lines"):
            for row in await given.sessions.of(asking.user):
                with ui.element("li") as line:
                    ui.label(browser(row.agent)).classes("grow")
                    if row.id == asking.session:
                        ui.label("this browser").classes("muted")
                        continue
                    others.append(line)
                    ui.label(f"{row.seen.astimezone(zone):%d %b, %H:%M}").classes("muted")
                    log_out = partial(_end, given, row.id, line)
                    ui.button("Log out", on_click=log_out).props("flat no-caps dense")

        async def end() -> None:
            await given.sessions.end_all(asking.user, but=asking.session)
            toast("Logged out everywhere else.")
            for line in others:
                line.delete()
            others.clear()

        ui.button("Log out everywhere else", on_click=end).props("outline no-caps")


async def _end(given: Parts, session: int, line: ui.element) -> None:
    await given.sessions.end(session)
    toast("Logged out there.")
    line.delete()


async def _household(given: Parts, asking: Asking) -> None:
    mode = await given.database.read(accounts.registration)
    with _section("Who may register"):
        who_may = ui.select(
            MODES, value=mode, on_change=lambda e: _saying(given.database.run(accounts.set_registration, e.value))
        )
        who_may.props('outlined dense aria-label="Who may register"')
        link = ui.element("p").classes("secret").props('role="status"')

        async def invite() -> None:
            if who_may.value == "closed":
                who_may.set_value("invitation")
            token = await given.database.run(accounts.invite, given.clock())
            origin = await ui.run_javascript("location.origin")
            address = f"{origin}/register?invitation={token}"
            link.clear()
            with link:
                ui.label(address)
            ui.clipboard.write(address)
            toast("The link is copied. Send it to one person.")

        ui.button("Make an invitation link", on_click=invite).props("outline no-caps")
        ui.label("A link lets one person in, within seven days.").classes("muted")
    await _reach(given)
    with _section("People"):
        people = ui.element("ul").classes("lines")
        await _show_people(given, asking, people)


async def _reach(given: Parts) -> None:
    allowed = await given.database.read(accounts.home_allowed)
    with _section("Where reminders may be sent"):
        ui.switch(
            "Reminders may be sent to addresses in this home's network", value=allowed,
            on_change=lambda e: _saying(given.database.run(accounts.allow_home, allowed=bool(e.value))),
        )  # fmt: skip
        ui.label("Off, webhooks and ntfy of anybody here reach only addresses on the internet.").classes("muted")


async def _show_people(given: Parts, asking: Asking, box: ui.element) -> None:
    box.clear()
    for person in await given.database.read(accounts.people):
        with box, ui.element("li"):
            marks = [mark for mark, on in (("owner", person.owner), ("locked out", person.disabled)) if on]
            ui.label(person.name)
            ui.label(", ".join(marks)).classes("muted grow")
            if person.id != asking.user:
                _actions(given, asking, box, person)


def _actions(given: Parts, asking: Asking, box: ui.element, person: User) -> None:
    async def act(change: Callable[..., None], sentence: str, *more: object) -> None:
        if await _saying(given.database.run(change, person.id, *more)):
            # Drawing the people anew deletes the button that speaks here, so it speaks first.
            toast(f"{person.name} {sentence}")
            await _show_people(given, asking, box)

    async def promote() -> None:
        if await confirm(f"Make {person.name} an owner?", OWNERS_MAY, yes="Make owner"):
            await act(accounts.make_owner, "is an owner.")

    if not person.owner:
        ui.button("Make owner", on_click=promote).props("flat no-caps dense")
    if person.disabled:
        ui.button("Let in again", on_click=partial(act, accounts.enable, "can log in again.")).props(
            "flat no-caps dense"
        )
    else:
        lock = partial(act, accounts.disable, "is locked out everywhere.", given.clock())
        ui.button("Lock out", on_click=lock).props("flat no-caps dense color=negative")


async def _saying(work: Awaitable[object]) -> bool:
    try:
        await work
    except AssistantError as error:
        toast(error.sentence)
        return False
    return True
