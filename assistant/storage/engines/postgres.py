"""What only PostgreSQL does.

Units take one lock of the whole database, so that each may check and then act, as on SQLite: one set of rules, and
of tests, holds for both. Serialisable transactions would be right as well, but fail falsely by the dozen.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit

import peewee
import psycopg

from assistant.storage.engines.engine import Trouble
from assistant.storage.engines.server import Server, UnsureError

T = TypeVar("T")
log = logging.getLogger(__name__)
UNITS, SCHEMA = 0x61737369, 0x61737370  # names of the two locks
CONNECT_TIMEOUT = 5  # seconds
PAUSE, LONGEST_PAUSE = 0.05, 0.5  # seconds between two tries
REPEATED = {"40001", "40P01"}  # two were in each other's way, and neither did anything
KNOWN = {
    "53100": Trouble(
        "The database server's disk is full, so this could not be saved. Free some space there.", full=True
    ),
    "53300": Trouble("The database server has too many connections. Try again in a moment."),
    "55P03": Trouble("The database is busy with something else. Try again in a moment."),
    "25006": Trouble("The database can only be read at the moment. Try again later."),
}
AWAY = Trouble("The database server cannot be reached at the moment. Try again shortly.")
UNSURE = Trouble("The connection to the database broke while this was being saved. Look whether it was, and try again.")
REFUSED = Trouble("The database refused this. The log says why.")


class Postgres:
    """A server; each thread keeps a connection of its own, and opens another when that was lost."""

    advice = "Start the database server, or check ASSISTANT_DATABASE_URL."

    def __init__(self, url: str, folder: Path) -> None:
        """``url`` is as libpq takes it, beginning with ``postgresql://``."""
        self.folder = folder
        self.lost = 0
        self._away = 0.0  # since when nobody reaches it
        self.peewee = Server(
            url, prefer_psycopg3=True, connect_timeout=CONNECT_TIMEOUT, application_name="assistant",
            keepalives_idle=30, keepalives_interval=10, keepalives_count=3, client_encoding="utf8",
        )  # fmt: skip
        parts = urlsplit(url)
        self.shown = f"PostgreSQL {parts.path.strip('/')} on {parts.hostname or 'this machine'}"

    @property
    def connections(self) -> int:
        """How many connections are open."""
        return sum(not one.closed for one in tuple(self.peewee.connections))

    @contextmanager
    def unit(self, patience: float) -> Iterator[None]:
        """A transaction that no other unit runs beside, in any process; waits at most so many seconds for its turn."""
        with self.peewee.atomic():
            # The next statement of the same connection has its own patience again.
            self.peewee.later(
                "SELECT set_config('lock_timeout', %s, true), pg_advisory_xact_lock(%s)",
                (f"{max(1, round(patience * 1000))}ms", UNITS),
            )
            yield

    def steadily(self, act: Callable[[], T], patience: float) -> T:
        """What the act returns; it is begun again when it was undone, for at most so many seconds.

        That is so when the connection was lost before the end of the transaction, or while the server starts. Who
        comes when the server has been away for longer is told at once.
        """
        until, pause = time.monotonic() + patience, PAUSE
        while True:
            try:
                done = act()
            except (peewee.DatabaseError, peewee.InterfaceError) as error:
                if not self._may_begin_again(error):
                    raise
                now = time.monotonic()
                self._away = self._away or now
                if now + pause > min(until, self._away + patience):
                    raise
            else:
                self._away = 0.0
                return done
            time.sleep(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def _may_begin_again(self, error: BaseException) -> bool:
        lost, unsure = self.peewee.is_lost() or self.peewee.is_closed(), isinstance(error, UnsureError)
        self.lost += lost
        if lost and not self.peewee.in_transaction():
            self.peewee.close()
        return not unsure and (lost or _state(error) in REPEATED)

    @contextmanager
    def alone(self) -> Iterator[None]:
        """While it lasts no other process changes the schema; what is done then is done as a whole or not at all."""
        with self.peewee.atomic():
            self.peewee.execute_sql(
                "SELECT set_config('lock_timeout', '0', true), pg_advisory_xact_lock(%s)", (SCHEMA,)
            )
            yield

    def before_upgrade(self, version: int) -> None:
        """Nothing: the server's own backups are its owner's, and an upgrade that fails leaves nothing behind."""

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """A transaction that only reads: it sees one moment, whatever others write, and holds up nobody."""
        with self.peewee.atomic("REPEATABLE READ"):
            self.peewee.execute_sql("SET TRANSACTION READ ONLY")
            yield

    def close(self) -> None:
        """Lets go of all connections, of whichever thread."""
        self.peewee.close()
        for connection in self.peewee.connections:
            connection.close()

    def trouble(self, error: BaseException) -> Trouble:
        """What is wrong, in words; the server's own, in which texts of people may stand, go to the log."""
        if isinstance(error, UnsureError):
            return UNSURE
        state = _state(error) or ""
        if state in KNOWN:
            return KNOWN[state]
        if not state or state.startswith(("08", "57")):
            log.warning("the database server: %s", error)
            return AWAY
        log.error("the database refused a statement", exc_info=error)
        return REFUSED


def _state(error: BaseException) -> str | None:
    """The five characters by which the server says what is wrong; None where it never got so far."""
    cause = getattr(error, "orig", None)
    return cause.sqlstate if isinstance(cause, psycopg.Error) else None
