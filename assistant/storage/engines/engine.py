"""What a database can do, whichever it is: the address decides which one serves."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple, Protocol, TypeVar

import peewee

from assistant.errors import AssistantError

T = TypeVar("T")
SQLITE, POSTGRES = "sqlite:///", "postgresql://"


class Trouble(NamedTuple):
    """Why the database did not do what was asked, in a sentence for people; ``full`` when there is no space left."""

    sentence: str
    full: bool = False


class NoDriver(AssistantError):  # noqa: N818 - read as a sentence, like its siblings
    """What speaks to this kind of database is not installed."""

    title = "A part is missing"


class NoFile(AssistantError):  # noqa: N818
    """It can be done with a file only, and the database is none."""

    title = "Not here"


class Engine(Protocol):
    """A database of one kind."""

    @property
    def peewee(self) -> peewee.Database:
        """Peewee's way to it."""

    folder: Path  # where the installation keeps files
    shown: str  # where it is, without a password
    advice: str  # what its owner does when it cannot be used

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


def on_file(url: str) -> bool:
    """Whether the database is a file of the installation's own, rather than on a server."""
    return url.startswith(SQLITE)


def file_of(url: str) -> Path:
    """The database's file; raises NoFile where it is on a server."""
    if not on_file(url):
        raise NoFile(
            "The database is on a PostgreSQL server. Back it up there, for example with pg_dump, "
            "and the data folder beside it."
        )
    return Path(url.removeprefix(SQLITE))


def is_there(url: str) -> bool:
    """Whether there is anything to open at the address; a server says so only when it is asked."""
    return not on_file(url) or file_of(url).exists()


def engine(url: str, folder: Path) -> Engine:
    """The database at ``sqlite:///path`` or ``postgresql://…``; ``folder`` is where the installation keeps files."""
    # Imported only here: who has the one needs nothing of the other.
    if on_file(url):
        from assistant.storage.engines.sqlite import Sqlite  # noqa: PLC0415

        return Sqlite(file_of(url))
    try:
        from assistant.storage.engines.postgres import Postgres  # noqa: PLC0415
    except ImportError:
        raise NoDriver("For PostgreSQL, install Assistant with its driver: pip install 'assistant[postgres]'") from None
    return Postgres(url, folder)
