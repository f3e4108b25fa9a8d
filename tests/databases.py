"""Databases that have their schema: it is brought up once, and each test begins with a copy."""

import tempfile
from functools import cache
from pathlib import Path

from assistant.storage import schema
from assistant.storage.database import Database


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
