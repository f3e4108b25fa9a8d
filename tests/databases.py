"""Databases that have their schema: it is brought up once, and each test begins with a copy."""

import tempfile
from functools import cache
from pathlib import Path

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
