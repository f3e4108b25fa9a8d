"""What only SQLite does."""

import fcntl
import os
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import peewee

from assistant.storage.engines.engine import Trouble
from assistant.storage.tokens import index_words

T = TypeVar("T")
BUSY_TIMEOUT = 5  # seconds that a statement waits for another process' write
BACKUPS_KEPT = 5
FULL = "disk is full"  # SQLite's own words


class Sqlite:
    """A file, and what stands beside it."""

    lost = 0
    advice = "Put the newest file from data/backups in its place."

    def __init__(self, path: Path) -> None:
        """The folder of ``path`` is made when it is missing."""
        self.path = path
        self.shown, self.folder = str(path), path.parent
        path.parent.mkdir(parents=True, exist_ok=True)
        self.peewee = peewee.SqliteDatabase(
            str(path),
            pragmas={
                "journal_mode": "wal",
                "foreign_keys": 1,
                "synchronous": "full",
                "busy_timeout": BUSY_TIMEOUT * 1000,
                "cache_size": -16_000,
            },
            timeout=BUSY_TIMEOUT,
        )
        # The triggers of the index of messages fold as everything else does.
        self.peewee.register_function(index_words, "index_words", 1)

    @property
    def connections(self) -> int:
        """None: a file is opened, not connected to."""
        return 0

    @contextmanager
    def unit(self, patience: float) -> Iterator[None]:
        """A transaction that no other that writes runs beside; waits at most so many seconds for its turn."""
        self.peewee.execute_sql(f"PRAGMA busy_timeout = {round(patience * 1000)}")  # type: ignore[no-untyped-call]
        # IMMEDIATE: a transaction that reads first and then writes would otherwise fail
        # at once, without waiting, when another process wrote in between.
        with self.peewee.atomic("IMMEDIATE"):
            yield

    def steadily(self, act: Callable[[], T], patience: float) -> T:  # noqa: ARG002 - SQLite itself waits
        """What the act returns: a file is not lost, and whoever writes is alone."""
        return act()

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While it lasts no other process changes the schema."""
        with self.path.with_suffix(".lock").open("w") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            yield

    def before_upgrade(self, version: int) -> None:
        """Copies the file of that version into ``backups``, of which the newest are kept."""
        folder = self.path.parent / "backups"
        stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%SZ")
        backup_file(self.path, folder / f"before-upgrade-from-{version}-{stamp}.db")
        for old in sorted(folder.glob("before-upgrade-*.db"), key=lambda file: file.stat().st_mtime)[:-BACKUPS_KEPT]:
            old.unlink()

    def snapshot(self) -> AbstractContextManager[object]:
        """A transaction that only reads: it sees one moment, whatever others write, and holds up nobody."""
        return self.peewee.atomic()

    def close(self) -> None:
        """Lets go of the file in this thread; in others when they end."""
        self.peewee.close()

    def trouble(self, error: BaseException) -> Trouble:
        """What is wrong with the file, in words."""
        words = str(_first(error))
        return Trouble(_sentence(words), full=FULL in words)


def _first(error: BaseException) -> BaseException:
    """The failure that counts: rolling back what a full disk has ended already fails once more, in other words."""
    while "no transaction is active" in str(error) and error.__context__ is not None:
        error = error.__context__
    return error


def _sentence(words: str) -> str:
    known = {
        FULL: "The disk is full, so this could not be saved. Free some space and try again.",
        "locked": "The database is busy with something else. Try again in a moment.",
        "readonly": "The data folder cannot be written to. Check its permissions.",
        "unable to open": "The database file cannot be opened. Check that the data folder exists.",
        "malformed": "The database file is damaged. Put the newest backup in its place.",
    }
    return next((sentence for sign, sentence in known.items() if sign in words), f"The database says: {words}.")


def backup_file(source: Path, target: Path) -> None:
    """Copies the SQLite file ``source`` to ``target``, whole even while it is in use.

    The copy is written beside its target and renamed, so that a file that is there is complete.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    unfinished = target.with_suffix(target.suffix + ".part")
    with sqlite3.connect(source) as old, sqlite3.connect(unfinished) as new:
        old.backup(new)
    old.close()
    new.close()
    unfinished.chmod(0o600)
    os.replace(unfinished, target)  # noqa: PTH105 - atomic on one file system, by its documentation
