"""The database: opened by URL, used by whole functions on its own threads."""

import asyncio
import os
import sqlite3
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import peewee

from assistant.errors import AssistantError
from assistant.storage.events import Change, Events
from assistant.storage.reserve import Reserve
from assistant.storage.tokens import index_words
from assistant.text import LARGEST

P = ParamSpec("P")
T = TypeVar("T")

BUSY_TIMEOUT = 5  # seconds that a statement waits for another process' write
LEAST_PATIENCE = 0.1  # seconds, however long it waited for its turn
READERS = 2
FULL = "disk is full"  # SQLite's own words

_changes: ContextVar[list[Change] | None] = ContextVar("changes", default=None)


class StorageFailed(AssistantError):  # noqa: N818 - read as a sentence, like its siblings
    """The database cannot be used right now: disk full, locked, read-only or damaged."""

    status = 503
    title = "Storage is not available"


class DiskFull(StorageFailed):
    """There is no space left."""


class UTCField(peewee.DateTimeField):
    """An aware instant; kept without a zone, in UTC, so that both databases sort it alike."""

    def db_value(self, value: datetime | None) -> datetime | None:
        """The instant as naive UTC; refuses a naive one, whose zone nobody knows."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        return value.astimezone(UTC).replace(tzinfo=None)

    def python_value(self, value: str | datetime | None) -> datetime | None:
        """The instant, aware, in UTC."""
        if value is None:
            return None
        naive = datetime.fromisoformat(value) if isinstance(value, str) else value
        return naive.replace(tzinfo=UTC)


class KeyField(peewee.AutoField):
    """A row's id, which is never given again after the row is gone.

    SQLite by itself would: then a new session took the place of one that has just ended, and an
    old link led to somebody's new conversation. PostgreSQL's sequences never do.
    """

    def db_value(self, value: Any) -> Any:
        """The id; one that is larger than any row's, as an address may hold, is that of no row."""
        number = super().db_value(value)  # type: ignore[no-untyped-call]
        return number if number is None or abs(number) <= LARGEST else 0

    def ddl(self, ctx: Any) -> Any:
        """The column's definition in the database's own words."""
        column = super().ddl(ctx)
        sqlite = isinstance(self.model._meta.database, peewee.SqliteDatabase)  # noqa: SLF001
        return peewee.NodeList((column, peewee.SQL("AUTOINCREMENT"))) if sqlite else column


class Database:
    """One database and the threads that use it.

    ``run`` is for everything that writes: one thread, one transaction a function, in order of
    arrival. ``read`` is for what only reads and may take long: other threads, which under WAL
    neither wait for a write nor hold one up.
    """

    def __init__(self, url: str, events: Events | None = None) -> None:
        """``url`` is ``sqlite:///path``; the folder of the path is made when it is missing."""
        self.url = url
        self.events = events or Events()
        self.path = Path(url.removeprefix("sqlite:///"))
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.reserve = Reserve(self.path.parent / "reserve")
        self.peewee = peewee.SqliteDatabase(
            str(self.path),
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
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="database-write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="database-read")

    def bind(self, models: list[type[peewee.Model]]) -> None:
        """Makes ``models`` live in this database."""
        self.peewee.bind(models)

    async def run(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``function``, run as one transaction; its changes are told once they last.

        Raises StorageFailed in words when the database cannot be used.
        """
        result: T
        asked = time.monotonic()
        result, changes = await self._submit(self._writer, self._patient_unit, asked, function, *args, **kwargs)
        # What changed many rows says the same many times, and pages look once.
        for change in dict.fromkeys(changes):
            self.events.publish(change)
        return result

    async def run_urgently(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As ``run``; on a full disk in the space that was held back for letting people in and out."""
        try:
            return await self.run(function, *args, **kwargs)
        except DiskFull:
            if not await asyncio.to_thread(self.reserve.spend):
                raise
        return await self.run(function, *args, **kwargs)

    async def read(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """The result of ``function``, which must not write. Raises StorageFailed like ``run``."""
        result: T = await self._submit(self._readers, self._read_unit, function, *args, **kwargs)
        return result

    def run_here(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As ``run``, on the calling thread: for the command line and before the loop runs."""
        result: T = in_words(self._unit)(function, *args, **kwargs)[0]
        return result

    async def _submit(self, pool: ThreadPoolExecutor, how: Callable[..., T], /, *args: object, **kwargs: object) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(pool, lambda: in_words(how)(*args, **kwargs))

    def _patient_unit(
        self, asked: float, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, list[Change]]:
        """As ``_unit``; those that wait behind each other for a locked database give up at the same moment."""
        left = max(LEAST_PATIENCE, BUSY_TIMEOUT - (time.monotonic() - asked))
        self.peewee.execute_sql(f"PRAGMA busy_timeout = {round(left * 1000)}")  # type: ignore[no-untyped-call]
        return self._unit(function, *args, **kwargs)

    def _unit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> tuple[T, list[Change]]:
        changes: list[Change] = []
        token = _changes.set(changes)
        try:
            # IMMEDIATE: a transaction that reads first and then writes would otherwise fail
            # at once, without waiting, when another process wrote in between.
            with self.peewee.atomic("IMMEDIATE"):
                return function(*args, **kwargs), changes
        finally:
            _changes.reset(token)

    def _read_unit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return function(*args, **kwargs)

    def close(self) -> None:
        """Waits for what is under way and lets go of the file."""
        for pool, threads in ((self._readers, READERS), (self._writer, 1)):
            for _ in range(threads):
                pool.submit(self.peewee.close)
            pool.shutdown(wait=True)
        self.peewee.close()


def changed(user: int, topic: str, id: int = 0) -> None:  # noqa: A002 - the row's own word
    """Says, inside a unit of work, that ``user``'s pages should look again once it lasts."""
    changes = _changes.get()
    if changes is not None:
        changes.append(Change(user, topic, id))


def in_words(function: Callable[..., T]) -> Callable[..., T]:
    """``function``, with the database's own failures turned into StorageFailed sentences."""

    def translated(*args: object, **kwargs: object) -> T:
        try:
            return function(*args, **kwargs)
        except peewee.IntegrityError:
            raise
        except (peewee.DatabaseError, peewee.InterfaceError) as error:
            words = str(_first(error))
            raise (DiskFull if FULL in words else StorageFailed)(_sentence(words)) from error

    return translated


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
