"""What can be done from anywhere, handed in by the rooms: commands, and offers that are made of the very words."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from assistant.users.pages.page import Page

Act = Callable[[Page], Awaitable[None]]
DO = "do:"  # begins the address of a hit that is an act


@dataclass(frozen=True, slots=True)
class Command:
    """Something to do, by its ``name``; ``words`` are others by which people look for it.

    It leads to an ``address``, or is an ``act``.
    """

    name: str
    title: str
    words: str
    address: str = ""
    act: Act | None = None

    @property
    def hit(self) -> str:
        """The address under which it is found."""
        return self.address or f"{DO}{self.name}"


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to do with what was typed: ``what`` exactly; it is ``sure`` where the words ask for just that."""

    title: str
    what: str
    icon: str
    act: Act
    sure: bool = False


Offers = Callable[[int, str], list[Offer]]  # what can be done with these words of the user; a unit of work that reads
