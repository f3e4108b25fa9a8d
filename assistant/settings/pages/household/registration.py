"""What owners decide for everybody: who may register, by which invitations, and where reminders may be sent."""

from datetime import datetime
from functools import partial

from nicegui import ui
from nicegui.element import Element

from assistant.components.controls import button, icon_button, text_element
from assistant.components.dialogs import confirm
from assistant.components.form import KeptForm, Values
from assistant.components.toast import toast
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.users import accounts, invitations
from assistant.users.models import Invitation
from assistant.users.pages.page import Page

MODES = {
    "closed": ("Nobody", "There are no new accounts."),
    "invitation": ("People with an invitation", "Each invitation lets one person create an account."),
    "open": ("Everybody", "Whoever can reach this page can create an account."),
}
USUAL = "closed"
ASKED = "Nobody can register now. If you go on, people with an invitation can, each of them once."


class Registration:
    """The box of who may register, and of invitations."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page

    async def draw(self) -> None:
        """Draws it."""
        database = self._services.database
        self._mode: str = await database.read(accounts.registration)
        with section("Who may register") as self._saved:
            with KeptForm("", {"registration": self._mode}) as self._form, ui.element("fieldset"):
                with ui.element("legend").classes("visually-hidden"):
                    ui.label("Who may register")
                for value, (words, about) in MODES.items():
                    _radio("registration", value, words, about)
            with ui.element("div").classes("row"):
                hint(f"Default: {MODES[USUAL][0]}").classes("grow")
                self._reset = button("Back to the default", self._go_back, kind="plain")
            self._reset.set_visibility(self._mode != USUAL)
            self._form.on_change(self._choose)
            self._draw_invitations()
        await self._show_invitations()

    def _draw_invitations(self) -> None:
        with ui.element("div").classes("setting-part"):
            text_element("h3", "Invitations")
            self._note = hint("")
            self._link = ui.element("div").classes("invitation").props("role=status")
            self._list = ui.element("ul").classes("lines")
            button("Make an invitation link", self._invite, icon="plus")

    async def _choose(self, values: Values, _name: str) -> None:
        self._mode = str(values.get("registration"))
        await self._services.database.run(accounts.set_registration, self._mode)
        self._reset.set_visibility(self._mode != USUAL)
        self._saved.show()
        await self._show_invitations()

    async def _go_back(self) -> None:
        self._form.fill({"registration": USUAL}, over=True)
        await self._choose({"registration": USUAL}, "registration")

    async def _invite(self) -> None:
        if self._mode == "closed":
            if not await confirm("Let people register by invitation?", ASKED, yes="Allow invitations", danger=False):
                return
            self._form.fill({"registration": "invitation"})
            await self._choose({"registration": "invitation"}, "registration")
        token = await self._services.database.run(invitations.invite, self._services.clock())
        self._show_link(f"{self._page.origin(self._services.public_url)}/register?invitation={token}")
        await self._show_invitations()

    def _show_link(self, address: str) -> None:
        self._link.clear()
        with self._link:
            hint("Send this link to one person. It is shown only now.")
            with ui.element("div").classes("invitation-link"):
                ui.label(address).classes("secret")
                icon_button("copy", "Copy the link").props["data-copy"] = address

    async def _show_invitations(self) -> None:
        found = await self._services.database.read(invitations.listing, self._services.clock())
        self._note.set_text(_note(self._mode, bool(found)))
        self._list.clear()
        self._list.set_visibility(bool(found))
        with self._list:
            for invitation in found:
                with ui.element("li"):
                    with ui.element("div").classes("line-words"):
                        ui.label(f"Works until {self._day(invitation.expires)}")
                        hint(f"Made {self._day(invitation.created)}")
                    button("Take back", partial(self._take_back, invitation), kind="plain")

    async def _take_back(self, invitation: Invitation) -> None:
        database = self._services.database

        async def put_back() -> None:
            await database.run(invitations.put_back, invitation)
            await self._show_invitations()

        await database.run(invitations.take_back, invitation.id)
        toast("The invitation no longer works.", put_back)
        self._link.clear()
        await self._show_invitations()

    def _day(self, moment: datetime) -> str:
        chosen = self._page.asking.preferences
        local = moment.astimezone(chosen.zone_info)
        return chosen.formats.moment(local, local.date())


def _note(mode: str, some: bool) -> str:  # noqa: FBT001 - whether there are any
    if mode == "invitation":
        return "An invitation works once, within seven days."
    if mode == "open":
        return "Nobody needs an invitation now."
    return "These do not work while nobody may register." if some else "None while nobody may register."


def _radio(name: str, value: str, words: str, about: str) -> Element:
    with ui.element("label").classes("check choice") as made:
        ui.element("input").props.update({"type": "radio", "name": name, "value": value})
        with ui.element("span").classes("line-words"):
            ui.label(words)
            hint(about)
    return made
