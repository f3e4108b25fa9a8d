"""PostgreSQL's part in a copy."""

import uuid
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from assistant.storage.copying.tables import Row, Table
from assistant.storage.database import Database

AT_ONCE = 2000  # rows that the server sends at a time
ROOM = "256MB"  # that the server may take while it makes an index: in less it has to begin one again and again
OTHERS = """
SELECT 1 FROM pg_stat_activity
WHERE datname = current_database() AND application_name = 'assistant' AND pid <> pg_backend_pid()
"""


class ServerSide:
    """A database on a server."""

    def __init__(self, database: Database) -> None:
        """``database`` is open in this thread; it waits for as long as the other side is at work."""
        self._peewee: Any = database.peewee
        self._execute("SET idle_in_transaction_session_timeout = 0")

    def size(self) -> int:
        """Bytes that it takes."""
        return int(self._execute("SELECT pg_database_size(current_database())").fetchone()[0])

    def in_use(self) -> bool:
        """Whether another process of the product is connected to it."""
        return self._execute(OTHERS).fetchone() is not None

    def rows(self, table: Table) -> Iterator[Row]:
        """All rows, one after the other; the server keeps those that were not asked for yet."""
        names = ", ".join(f'"{column}"' for column in table.columns)
        with self._peewee.in_peewees_words(), self._peewee.connection().cursor(name=uuid.uuid4().hex) as cursor:
            cursor.itersize = AT_ONCE
            cursor.execute(f'SELECT {names} FROM "{table.name}"')  # noqa: S608 - names of ours
            yield from cursor

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        """Writes the rows as they are, keys and all."""
        with self._peewee.without_indexes(table.name):
            self._peewee.fill(table.name, table.columns, rows)

    def given(self, table: Table) -> int:
        """The largest key that was ever given."""
        last, called = self._execute(f"SELECT last_value, is_called FROM {self._sequence(table)}").fetchone()  # noqa: S608
        return int(last) if called else 0

    def give(self, table: Table, last: int) -> None:
        """Makes the next key be one above ``last``."""
        self._execute("SELECT setval(?, ?)", (self._sequence(table), last))

    @contextmanager
    def whole(self, tables: list[Table]) -> Iterator[None]:
        """All that is written in it is there at its end, or nothing; no trigger acts, and all references hold."""
        with self._peewee.atomic(), self._peewee.without_references():
            self._execute(f"SET LOCAL maintenance_work_mem = '{ROOM}'")
            for table in tables:
                self._execute(f'ALTER TABLE "{table.name}" DISABLE TRIGGER USER')
            yield
            for table in tables:
                self._execute(f'ALTER TABLE "{table.name}" ENABLE TRIGGER USER')

    def finish(self) -> None:
        """Lets the server count what it has, so that it plans well from the beginning."""
        self._execute("ANALYZE")

    def _sequence(self, table: Table) -> str:
        found = self._execute("SELECT pg_get_serial_sequence(?, 'id')", (f'"{table.name}"',))
        return str(found.fetchone()[0])

    def _execute(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        return self._peewee.execute_sql(sql, values)
