"""Everybody's accounts, for owners."""

from collections.abc import Callable
from functools import partial

from nicegui import ui

from assistant.components.controls import icon_button
from assistant.components.dialogs import confirm
from assistant.components.menu import Choice, menu
from assistant.components.toast import toast
from assistant.settings.pages.household.room import ask_room
from assistant.settings.pages.parts import hint, section
from assistant.settings.pages.services import Services
from assistant.text import in_bytes
from assistant.users import accounts
from assistant.users.household import choices
from assistant.users.models import User
from assistant.users.pages.page import Page
from assistant.users.two_step import codes

OWNERS_MAY = "Owners decide who may register, look after everybody's account, and pull and delete models."


class People:
    """The section."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page
        self._kept: dict[int, int] = {}  # bytes of each person, as far as they are measured
        self._two_step: set[int] = set()
        self._rooms: dict[int, ui.label] = {}

    async def draw(self) -> None:
        """Draws it."""
        with section("People"):
            self._list = ui.element("ul").classes("lines")
            self._place = ui.element("div")
        await self._show()
        self._page.begin(self._measure(), name="storage of people")

    async def _measure(self) -> None:
        """Adds up what each keeps, which takes a moment."""
        for person in await self._services.database.read(accounts.people):
            sizes = [(await self._services.database.read(kind.kept, person.id))[1] for kind in self._services.kinds]
            self._kept[person.id] = sum(sizes)
            if person.id in self._rooms:  # only its words: a menu that is open stays
                self._rooms[person.id].set_text(self._room(person))

    async def _show(self) -> None:
        people = await self._services.database.read(accounts.people)
        self._two_step = await self._services.database.read(codes.those_on)
        self._list.clear()
        with self._list:
            for person in people:
                self._line(person)

    def _line(self, person: User) -> None:
        two_step = person.id in self._two_step
        you = person.id == self._page.user
        marks = {"You": you, "Owner": person.owner, "Locked out": person.disabled, "Two-step": two_step}
        with ui.element("li"):
            with ui.element("div").classes("person"):
                ui.label(person.name).classes("person-name")
                self._rooms[person.id] = hint(self._room(person))
            for mark, on in marks.items():
                if on:
                    ui.label(mark).classes("pill")
            ui.element("span").classes("grow")
            with ui.element("span"):
                icon_button("more", f"More for {person.name}")
                menu(self._choices(person))

    def _room(self, person: User) -> str:
        kept = in_bytes(self._kept[person.id]) if person.id in self._kept else "…"
        return kept if person.quota is None else f"{kept} of {in_bytes(person.quota)}"

    def _choices(self, person: User) -> list[Choice]:
        room = Choice("Room…", partial(self._ask_room, person))
        return [room] if person.id == self._page.user else [room, *self._others(person)]

    def _ask_room(self, person: User) -> None:
        async def save(most: int | None) -> None:
            await self._act(choices.set_quota, person, most)

        with self._place:
            ask_room(person, self._kept.get(person.id, 0), save)

    def _others(self, person: User) -> list[Choice]:
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
