"""Keys for a person's own programs: made, shown once, removed."""

import json
from datetime import datetime, timedelta
from functools import partial

from nicegui import ui

from assistant.components.controls import (
    Problem,
    button,
    check_box,
    icon_button,
    link_to,
    say_problems,
    select,
    text_element,
    text_field,
)
from assistant.components.form import KeptForm, Sent
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.users.access import api_keys
from assistant.users.models import ApiKey
from assistant.users.pages.page import Page
from assistant.users.pages.password_dialog import proven

MAY = {
    "read": "Read what is yours",
    "write": "Change what is yours",
    "chat": "Ask models",
    "admin": "Look after your account, and for owners after everything",
}
LASTS = {"": "For ever", "30": "30 days", "90": "90 days", "365": "A year"}
NEW = {"name": "", "lasts": "", "read": True, "write": True, "chat": False, "admin": False, "asks": True}
CONNECT = "Claude, VS Code and other programs that speak MCP connect to this address, with a key:"
ASKS = "What a model wants to write by MCP waits for my yes"


class Keys:
    """The box of the keys."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it."""
        with section("Keys for programs"):
            text_element(
                "p", "A key lets a program of yours use Assistant: a script, a shortcut on a phone, another app."
            )
            with ui.element("p").classes("hint"):
                link_to("What programs can do", "/api/docs").props("data-load")
            hint(CONNECT)
            self._copied(self._address, "Copy the address")
            self._shown = ui.element("div").classes("invitation").props("role=status")
            self._list = ui.element("ul").classes("lines")
            self._draw_form()
        await self._show()

    def _draw_form(self) -> None:
        with ui.element("details").classes("setting-part") as self._details:
            with ui.element("summary"):
                ui.label("Make a key")
            with KeptForm(f"draft:{self._page.user}:key", NEW) as self._form:
                self._form.classes("key-form")
                field = text_field("name", "What it is for", placeholder="Kitchen display", longest=api_keys.NAME_LIMIT)
                named = Problem(field)
                with ui.element("fieldset"):
                    with ui.element("legend").classes("label"):
                        ui.label("It may")
                    for scope, words in MAY.items():
                        check_box(scope, words)
                check_box("asks", ASKS)
                may = Problem()
                select("lasts", "It works", LASTS)
                button("Make a key", kind="main")
                other = Problem()
        self._problems = {"name": named, "scopes": may, "": other}
        self._form.on_done(self._make)

    async def _make(self, sent: Sent) -> None:
        values, now = sent.values, self._services.clock()
        lasts = str(values.get("lasts") or "")
        if not await proven(self._services.identity, self._page):
            self._form.refused(sent.key)
            return
        try:
            _row, key = await self._services.database.run(
                api_keys.make, self._page.user, name=str(values.get("name") or ""),
                scopes=[scope for scope in MAY if values.get(scope) is True], now=now,
                expires=now + timedelta(days=int(lasts)) if lasts in LASTS and lasts else None,
                asks=values.get("asks") is True,
            )  # fmt: skip
        except AssistantError as error:
            self._form.refused(sent.key)
            say_problems(self._problems, error.sentence, error.field)
            return
        self._form.stored(sent.key)
        say_problems(self._problems)
        self._tell(key)
        await self._show()

    def _tell(self, key: str) -> None:
        self._shown.clear()
        with self._shown:
            hint("Copy the key to your program now. It is shown only this once.")
            self._copied(key, "Copy the key")
            with ui.element("details").classes("setting-part"):
                text_element("summary", "For a program that speaks MCP")
                self._copied(_configuration(self._address, key), "Copy the configuration")

    @property
    def _address(self) -> str:
        return f"{self._page.origin(self._services.public_url)}/mcp"

    def _copied(self, text: str, words: str) -> None:
        with ui.element("div").classes("invitation-link"):
            ui.label(text).classes("secret")
            icon_button("copy", words).props["data-copy"] = text

    async def _show(self) -> None:
        rows = await self._services.database.read(api_keys.listing, self._page.user)
        self._list.clear()
        self._list.set_visibility(bool(rows))
        with self._list:
            for row in rows:
                with ui.element("li"):
                    with ui.element("div").classes("line-words"):
                        ui.label(row.name)
                        hint(self._about(row))
                    button("Remove", partial(self._remove, row), kind="plain").props["aria-label"] = (
                        f"Remove {row.name}"
                    )

    def _about(self, row: ApiKey) -> str:
        parts = [f"…{row.ending}", ", ".join(row.scopes.split())]
        if "write" in row.scopes.split() and not row.asks:
            parts.append("models write without asking")
        parts.append(f"last used {self._moment(row.used)}" if row.used else "never used")
        if row.expires:
            over = row.expires <= self._services.clock()
            parts.append(f"{'ended' if over else 'until'} {self._moment(row.expires)}")
        return " · ".join(parts)

    async def _remove(self, row: ApiKey) -> None:
        database = self._services.database

        async def put_back() -> None:
            await database.run(api_keys.put_back, row)
            await self._show()

        await database.run(api_keys.remove, self._page.user, row.id)
        self._shown.clear()
        toast(f"The key for {row.name} opens nothing any more.", put_back)
        await self._show()

    def _moment(self, moment: datetime) -> str:
        chosen = self._page.asking.preferences
        local = moment.astimezone(chosen.zone_info)
        return chosen.formats.moment(local, local.date())


def _configuration(address: str, key: str) -> str:
    headers = {"Authorization": f"Bearer {key}"}
    return json.dumps({"mcpServers": {"assistant": {"type": "http", "url": address, "headers": headers}}}, indent=2)
