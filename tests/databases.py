"""Databases that have their schema: it is brought up once, and each test begins with a copy, or with empty tables."""

import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg

from assistant.config import Config
from assistant.storage import schema
from assistant.storage.database import Database
from assistant.web import parts


def opened(folder: Path) -> Database:
    """A database in the folder with the tables of all rooms, in which nobody has anything yet."""
    empty_database(folder / "assistant.db")
    database = parts.open_database(Config(data=folder))
    # What a crash would lose is no matter here, and waiting for the disk takes most of the time.
    database.peewee.execute_sql("PRAGMA synchronous = OFF")
    return database


class EmptyPostgres:
    """A database on a server of PostgreSQL, whose tables are emptied before each test."""

    def __init__(self, url: str, folder: Path) -> None:
        """Brings the new database at ``url`` up to date."""
        self.url = url
        self._config = Config(data=folder, database_url=url)
        database = parts.open_database(self._config)
        tables = [name for name in database.peewee.get_tables() if name != "schema_migration"]
        numbered = [name for name in tables if any(c.name == "id" for c in database.peewee.get_columns(name))]
        database.close()
        # Always the same: a new connection looks up all tables before it can empty them.
        self._emptying = psycopg.connect(url, autocommit=True)
        self._emptied = "; ".join((
            "SET session_replication_role = replica",  # no order, and no triggers
            *(f'DELETE FROM "{name}"' for name in tables),
            *(f"SELECT setval(pg_get_serial_sequence('\"{name}\"', 'id'), 1, false)" for name in numbered),
            "SET session_replication_role = origin",
        ))  # fmt: skip

    def opened(self) -> Iterator[Database]:
        """The database, in which nobody has anything yet."""
        self._empty()
        database = parts.open_database(self._config)
        yield database
        database.close()

    def address(self) -> str:
        """The address of the database, in which nobody has anything yet, for whoever opens it."""
        self._empty()
        return self.url

    def close(self) -> None:
        """Lets go of the server."""
        self._emptying.close()

    def _empty(self) -> None:
        try:
            self._emptying.execute(self._emptied)
        except psycopg.OperationalError:  # a test broke all connections
            self._emptying.close()
            self._emptying = psycopg.connect(self.url, autocommit=True)
            self._emptying.execute(self._emptied)


def empty_database(path: Path) -> Path:
    """The path, where an empty database of today's schema lies now: steps that wait for the disk are not repeated."""
    path.write_bytes(_empty())
    return path


@cache
def _empty() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "empty.db"
        database = Database(f"sqlite:///{path}")
        schema.upgrade(database)
        database.close()
        return path.read_bytes()
