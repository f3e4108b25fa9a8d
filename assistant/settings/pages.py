"""The settings: look, account, and for the owner the household."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any
from zoneinfo import available_timezones

from fastapi import Request
from nicegui import ui

from assistant.errors import AssistantError
from assistant.look.frame import frame
from assistant.look.toast import toast
from assistant.storage.database import Database
from assistant.users import accounts, passwords, preferences
from assistant.users.models import User
from assistant.users.passwords import Passwords
from assistant.users.session import Asking, Sessions, who

THEMES = {"system": "As the device", "light": "Light", "dark": "Dark"}
MODES = {"closed": "Nobody new", "invitation": "People with an invitation", "open": "Everybody who can reach this page"}


@dataclass(frozen=True)
class Parts:
    """What the page needs."""

    database: Database
    sessions: Sessions
    passwords: Passwords
    clock: Callable[[], datetime]


def register(**parts: Any) -> None:
    """Adds the page; ``parts`` are the fields of Parts."""
    given = Parts(**parts)

    @ui.page("/settings")
    async def settings(request: Request) -> None:
        asking = who(request)
        with (
            frame("Settings", name=asking.name, theme=asking.preferences.theme, active="settings"),
            ui.element("div").classes("sheet"),
            ui.element("div").classes("sheet-inner"),
        ):
            with ui.element("h1"):
                ui.label("Settings")
            _look(given, asking)
            _password(given, asking)
            _codes(given, asking)
            await _sessions(given, asking)
            if asking.owner:
                await _household(given)


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
    with _section("Appearance and time"):
        ui.select(THEMES, label="Theme", value=chosen.theme, on_change=lambda e: save("theme", e.value)).props(
            "outlined"
        )
        ui.select(
            sorted(available_timezones()), label="Time zone", value=chosen.zone, with_input=True,
            on_change=lambda e: save("zone", e.value),
        ).props("outlined")  # fmt: skip
        ui.switch(
            "Let the model make better titles", value=chosen.better_titles,
            on_change=lambda e: save("better_titles", e.value),
        )  # fmt: skip


def _password(given: Parts, asking: Asking) -> None:
    with _section("Password"):
        old = ui.input("Password now", password=True).props('outlined autocomplete="current-password"')
        new = ui.input("New password", password=True).props('outlined autocomplete="new-password"')
        problem = ui.label().classes("form-error").props('role="alert"')

        async def save() -> None:
            problem.set_text("")
            try:
                passwords.check(str(new.value or ""))
                user = await given.database.read(accounts.get, asking.name)
                if not await given.passwords.verify(user.password, str(old.value or "")[:512]):
                    problem.set_text("The password that you have now is another one.")
                    return
                hashed = await given.passwords.hash(str(new.value))
                await given.database.run(accounts.set_password, asking.user, hashed)
            except AssistantError as error:
                problem.set_text(error.sentence)
                return
            await given.sessions.end_all(asking.user)

        ui.label("Changing it logs you out everywhere.").classes("muted")
        ui.button("Change the password", on_click=save).props("unelevated no-caps")


def _codes(given: Parts, asking: Asking) -> None:
    with _section("Recovery codes"):
        ui.label("Eight codes that each set a new password once. New ones replace the old.").classes("muted")
        shown = ui.element("div")

        async def renew() -> None:
            codes = await given.database.run(accounts.new_codes, asking.user)
            shown.clear()
            with shown:
                ui.label("\n".join(codes)).style("white-space:pre;font-family:var(--mono)")

        ui.button("Make new codes", on_click=renew).props("flat no-caps")


async def _sessions(given: Parts, asking: Asking) -> None:
    with _section("Where you are logged in"):
        for row in await given.sessions.of(asking.user):
            seen = row.seen.astimezone(asking.preferences.zone_info)
            here = " · this browser" if row.id == asking.session else ""
            ui.label(f"{row.agent[:80] or 'Unknown browser'} · {seen:%d %b, %H:%M}{here}").classes("muted")

        async def end() -> None:
            await given.sessions.end_all(asking.user, but=asking.session)
            toast("Logged out everywhere else.")

        ui.button("Log out everywhere else", on_click=end).props("flat no-caps")


async def _household(given: Parts) -> None:
    mode = await given.database.read(accounts.registration)
    with _section("Who may register"):
        ui.select(
            MODES, value=mode, on_change=lambda e: _saying(given.database.run(accounts.set_registration, e.value))
        ).props('outlined aria-label="Who may register"')
        link = ui.label().classes("muted").style("overflow-wrap:anywhere;user-select:all")

        async def invite() -> None:
            token = await given.database.run(accounts.invite, given.clock())
            origin = await ui.run_javascript("location.origin")
            link.set_text(f"{origin}/register?invitation={token}")

        ui.button("Make an invitation link", on_click=invite).props("flat no-caps")
    with _section("People"):
        for person in await given.database.read(accounts.people):
            _person(given, person)


def _person(given: Parts, person: User) -> None:
    marks = [mark for mark, on in (("owner", person.owner), ("disabled", person.disabled)) if on]
    with ui.element("div").classes("row"):
        ui.label(" · ".join([person.name, *marks])).classes("grow")
        if person.disabled:
            action, label = partial(accounts.enable, person.id), "Enable"
        else:
            action, label = partial(accounts.disable, person.id, given.clock()), "Disable"

        async def act() -> None:
            await _saying(given.database.run(action))
            await given.sessions.end_all(person.id) if label == "Disable" else None
            ui.navigate.reload()

        ui.button(label, on_click=act).props("flat no-caps dense")


async def _saying(work: Awaitable[object]) -> None:
    try:
        await work
    except AssistantError as error:
        toast(error.sentence)
