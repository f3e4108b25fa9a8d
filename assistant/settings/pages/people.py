"""Everybody's accounts, for owners."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from assistant.components.controls import icon_button
from assistant.components.dialogs import confirm
from assistant.components.menu import Choice, menu
from assistant.components.toast import toast
from assistant.settings.pages.parts import section
from assistant.settings.pages.services import Services
from assistant.users import accounts
from assistant.users.models import User
from assistant.users.sessions import Asking
from assistant.users.two_step import codes

OWNERS_MAY = "Owners decide who may register, look after everybody's account, and pull and delete models."


class People:
    """The section."""

    def __init__(self, services: Services, asking: Asking) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._asking = services, asking
        self._two_step: set[int] = set()

    async def draw(self) -> None:
        """Draws it."""
        with section("People"):
            self._list = ui.element("ul").classes("lines")
        await self._show()

    async def _show(self) -> None:
        people = await self._services.database.read(accounts.people)
        self._two_step = await self._services.database.read(codes.those_on)
        self._list.clear()
        with self._list:
            for person in people:
                self._line(person)

    def _line(self, person: User) -> None:
        two_step = person.id in self._two_step
        you = person.id == self._asking.user
        marks = {"You": you, "Owner": person.owner, "Locked out": person.disabled, "Two-step": two_step}
        with ui.element("li"):
            ui.label(person.name).classes("person-name")
            for mark, on in marks.items():
                if on:
                    ui.label(mark).classes("pill")
            ui.element("span").classes("grow")
            if person.id != self._asking.user:
                with icon_button("more", f"More for {person.name}"):
                    menu(self._choices(person))

    def _choices(self, person: User) -> list[Choice]:
        owner = [] if person.owner else [Choice("Make owner", partial(self._promote, person))]
        if person.id in self._two_step:
            owner.append(Choice("Reset two-step login", partial(self._reset, person)))
        if person.disabled:
            return [*owner, Choice("Let in again", partial(self._let_in, person))]
        return [*owner, Choice("Lock out", partial(self._lock_out, person), danger=True)]

    async def _promote(self, person: User) -> None:
        if await confirm(f"Make {person.name} an owner?", OWNERS_MAY, yes="Make owner", danger=False):
            await self._act(accounts.make_owner, person)
            toast(f"{person.name} is an owner.")

    async def _reset(self, person: User) -> None:
        about = "Their password alone then opens their account. For who has lost phone and recovery codes."
        if await confirm(f"Reset two-step login of {person.name}?", about, yes="Reset"):
            await self._act(codes.turn_off, person)
            toast(f"{person.name} logs in with the password alone.")

    async def _let_in(self, person: User) -> None:
        await self._act(accounts.enable, person)
        toast(f"{person.name} can log in again.")

    async def _lock_out(self, person: User) -> None:
        await self._act(accounts.disable, person, self._services.clock())
        toast(f"{person.name} is locked out everywhere.", partial(self._let_in, person))

    async def _act(self, change: Callable[..., None], person: User, *more: object) -> None:
        await self._services.database.run(change, person.id, *more)
        await self._show()
