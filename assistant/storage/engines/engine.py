"""What a database can do, whichever it is."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import peewee

T = TypeVar("T")


class Trouble(NamedTuple):
    """Why the database did not do what was asked, in a sentence for people; ``full`` when there is no space left."""

    sentence: str
    full: bool = False


class Engine(Protocol):
    """A database of one kind."""

    @property
    def peewee(self) -> peewee.Database:
        """Peewee's way to it."""

    folder: Path  # where the installation keeps files
    shown: str  # where it is, without a password
    lost: int  # how many connections ended by themselves
    advice: str  # what its owner does when it cannot be used

    @property
    def connections(self) -> int:
        """How many connections are open."""

    def unit(self, patience: float) -> AbstractContextManager[object]:
        """A transaction that no other that writes runs beside; waits at most so many seconds for its turn."""

    def steadily(self, act: Callable[[], T], patience: float) -> T:
        """What the act returns, which is begun again where that is safe, for at most so many seconds."""

    def alone(self) -> AbstractContextManager[object]:
        """While it lasts no other process changes the schema."""

    def before_upgrade(self, version: int) -> None:
        """Keeps what there is of that version, where that is the product's own task."""

    def snapshot(self) -> AbstractContextManager[object]:
        """A transaction that only reads: it sees one moment, whatever others write, and holds up nobody."""

    def close(self) -> None:
        """Lets go of all connections, of whichever thread."""

    def trouble(self, error: BaseException) -> Trouble:
        """What is wrong, in words."""
