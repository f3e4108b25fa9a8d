"""Whether a backup can be relied on: each file as it was written, the database sound, and no row missing."""

import hashlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

from assistant.errors import Invalid

DAMAGED = "This backup is damaged and cannot be relied on"


def check_files(folder: Path, files: dict[str, tuple[int, str]]) -> None:
    """Raises Invalid unless each file is there as the manifest says."""
    for name, (size, expected) in files.items():
        path = folder / name
        if not path.is_file():
            raise Invalid(f"{DAMAGED}: {name} is missing.")
        if path.stat().st_size != size or digest(path) != expected:
            raise Invalid(f"{DAMAGED}: {name} is not as it was written.")


def check_database(path: Path, rows: dict[str, int] | None = None) -> str:
    """The file's SHA-256; raises Invalid unless the database in it is sound and has these rows."""
    # Two readers of one file at the same time: the sum takes as long as the check.
    with ThreadPoolExecutor(1) as beside:
        summed = beside.submit(digest, path)
        check_soundness(path, rows)
        return summed.result()


def check_soundness(path: Path, rows: dict[str, int] | None = None) -> None:
    """Raises Invalid unless the database in the file is sound and has these rows."""
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            # Read in place, and each page once: that is half the work.
            database.execute(f"PRAGMA mmap_size = {path.stat().st_size}")
            database.execute("PRAGMA cache_size = 50")
            _check(database, rows)
    except sqlite3.Error:
        raise Invalid(f"{DAMAGED}: its database cannot be read.") from None


def _check(database: sqlite3.Connection, rows: dict[str, int] | None) -> None:
    if database.execute("PRAGMA integrity_check(1)").fetchone() != ("ok",):
        raise Invalid(f"{DAMAGED}: its database is not sound.")
    if database.execute("PRAGMA foreign_key_check").fetchone() is not None:
        raise Invalid(f"{DAMAGED}: rows in its database lead nowhere.")
    if rows is not None and counts(database) != rows:
        raise Invalid(f"{DAMAGED}: its database has other rows than were copied.")


def counts(database: sqlite3.Connection) -> dict[str, int]:
    """How many rows each table has."""
    listing = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name"
    tables = [name for (name,) in database.execute(listing) if not name.startswith("sqlite_")]
    # Names come from the database's own list.
    return {name: int(database.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]) for name in tables}  # noqa: S608


def digest(path: Path) -> str:
    """The SHA-256 of the file."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
