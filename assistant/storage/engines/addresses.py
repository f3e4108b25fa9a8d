"""Addresses of databases: they decide which of the two serves."""

from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import AssistantError

if TYPE_CHECKING:
    from assistant.storage.engines.engine import Engine

SQLITE = "sqlite:///"


class NoDriver(AssistantError):  # noqa: N818 - read as a sentence, like its siblings
    """What speaks to this kind of database is not installed."""

    title = "A part is missing"


class NoFile(AssistantError):  # noqa: N818
    """It can be done with a file only, and the database is none."""

    title = "Not here"


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


def engine(url: str, folder: Path) -> "Engine":
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
