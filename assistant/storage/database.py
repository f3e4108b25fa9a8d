"""The database: opened by URL, used by whole functions on its own threads."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextvars import ContextVar, copy_context
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

import peewee

from assistant.errors import AssistantError
from assistant.storage.engines.addresses import engine, file_of
from assistant.storage.engines.engine import Engine
from assistant.storage.events import Change, Events
from assistant.storage.reserve import Reserve
from assistant.text import LARGEST

P = ParamSpec("P")
T = TypeVar("T")

PATIENCE = 5  # seconds that a unit of work waits for its turn, or for the database
LEAST_PATIENCE = 0.1  # seconds, however long it waited for its turn
READERS = 2

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

    def __init__(self, url: str, events: Events | None = None, *, folder: Path = Path("data")) -> None:
        """``url`` is ``sqlite:///path``, whose folder is made when it is missing, or ``postgresql://…``.

        With the latter, ``folder`` is where files are kept that are no rows.
        """
        self.url = url
        self.events = events or Events()
        self.engine: Engine = engine(url, folder)
        self.peewee = self.engine.peewee
        self.folder = self.engine.folder
        self.reserve = Reserve(self.folder / "reserve")
        self.before_commit: list[Callable[[], object]] = []
        # Hear of each work whether it was a ``read`` or a ``write``, the seconds that it waited and that it took.
        self.observers: list[Callable[[str, float, float], None]] = []
        self._writer = ThreadPoolExecutor(1, thread_name_prefix="database-write")
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="database-read")

    @property
    def path(self) -> Path:
        """The database's file; raises NoFile where it is on a server."""
        return file_of(self.url)

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
        self.events.spread(dict.fromkeys(changes))
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
        result: T = self.in_words(self._patient_unit, time.monotonic(), function, *args, **kwargs)[0]
        return result

    def in_words(self, function: Callable[..., T], /, *args: object, **kwargs: object) -> T:
        """The result of ``function``; the database's own failures become StorageFailed sentences."""
        try:
            return function(*args, **kwargs)
        except peewee.IntegrityError:
            raise
        except (peewee.DatabaseError, peewee.InterfaceError) as error:
            sentence, full = self.engine.trouble(error)
            raise (DiskFull if full else StorageFailed)(sentence) from error

    async def _submit(self, pool: ThreadPoolExecutor, how: Callable[..., T], /, *args: object, **kwargs: object) -> T:
        loop = asyncio.get_running_loop()
        # What is logged there belongs to the request that asks.
        within = copy_context()
        asked = time.monotonic()

        def work() -> T:
            begun = time.monotonic()
            try:
                return within.run(self.in_words, how, *args, **kwargs)
            finally:
                for observe in self.observers:
                    observe("write" if pool is self._writer else "read", begun - asked, time.monotonic() - begun)

        return await loop.run_in_executor(pool, work)

    def _patient_unit(
        self, asked: float, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, list[Change]]:
        """As ``_unit``; those that wait behind each other for a locked database give up at the same moment."""

        def left() -> float:
            return max(LEAST_PATIENCE, PATIENCE - (time.monotonic() - asked))

        return self.engine.steadily(lambda: self._unit(left(), function, *args, **kwargs), left())

    def _unit(
        self, patience: float, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs
    ) -> tuple[T, list[Change]]:
        changes: list[Change] = []
        token = _changes.set(changes)
        try:
            with self.engine.unit(patience):
                result = function(*args, **kwargs)
                for act in self.before_commit:
                    act()
                return result, changes
        finally:
            _changes.reset(token)

    def _read_unit(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        return self.engine.steadily(lambda: function(*args, **kwargs), PATIENCE)

    def close(self) -> None:
        """Waits for what is under way and lets go of the file, or of its connections."""
        for pool, threads in ((self._readers, READERS), (self._writer, 1)):
            for _ in range(threads):
                pool.submit(self.peewee.close)
            pool.shutdown(wait=True)
        self.engine.close()


def fitting(model: type[peewee.Model], *, sqlite: T, postgres: T) -> T:
    """The one of the two that fits the database in which ``model`` lives."""
    return sqlite if isinstance(model._meta.database, peewee.SqliteDatabase) else postgres  # noqa: SLF001


def later(model: type[peewee.Model], sql: str, values: Sequence[Any] = ()) -> None:
    """Does what answers nothing, in a unit of work: a server is sent it together with the statement after it."""
    database = model._meta.database  # noqa: SLF001 - Peewee's own way to the database
    getattr(database, fitting(model, sqlite="execute_sql", postgres="later"))(sql, values)


def changed(user: int, topic: str, id: int = 0) -> None:  # noqa: A002 - the row's own word
    """Says, inside a unit of work, that ``user``'s pages should look again once it lasts."""
    changes = _changes.get()
    if changes is not None:
        changes.append(Change(user, topic, id))
