"""SQLite's part in a copy."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from assistant.errors import Conflict
from assistant.storage.copying.tables import Row, Table
from assistant.storage.database import Database

TRIGGERS = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'"


class FileSide:
    """A file."""

    def __init__(self, database: Database) -> None:
        """``database`` is open in this thread."""
        self._peewee, self._path = database.peewee, database.path

    def size(self) -> int:
        """Bytes that it takes, with what is not in the file itself yet."""
        beside = self._path.with_name(f"{self._path.name}-wal")
        return sum(path.stat().st_size for path in (self._path, beside) if path.exists())

    def in_use(self) -> bool:
        """A file knows nothing of it; the lock of the data folder does."""
        return False

    def rows(self, table: Table) -> Iterator[Row]:
        """All rows, one after the other."""
        return iter(self._execute(f"SELECT {_names(table)} FROM {_quoted(table.name)}"))  # noqa: S608 - names of ours

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        """Writes the rows as they are, keys and all."""
        sql = f"INSERT INTO {_quoted(table.name)} ({_names(table)}) VALUES ({', '.join('?' * len(table.columns))})"  # noqa: S608
        self._peewee.connection().executemany(sql, rows)  # type: ignore[no-untyped-call]

    def given(self, table: Table) -> int:
        """The largest key that was ever given."""
        row = self._execute("SELECT seq FROM sqlite_sequence WHERE name = ?", (table.name,)).fetchone()
        return int(row[0]) if row else 0

    def give(self, table: Table, last: int) -> None:
        """Makes the next key be one above ``last``."""
        self._execute("DELETE FROM sqlite_sequence WHERE name = ?", (table.name,))
        self._execute("INSERT INTO sqlite_sequence (name, seq) VALUES (?, ?)", (table.name, last))

    @contextmanager
    def whole(self, tables: list[Table]) -> Iterator[None]:  # noqa: ARG002 - all triggers rest
        """All that is written in it is there at its end, or nothing; no trigger acts, and all references hold."""
        # The file is a new one that takes its place at the end: what a crash would leave is thrown away.
        for pragma in ("synchronous = OFF", "foreign_keys = OFF"):
            self._execute(f"PRAGMA {pragma}")
        with self._peewee.atomic():
            resting = self._execute(TRIGGERS).fetchall()
            for name, _ in resting:
                self._execute(f"DROP TRIGGER {_quoted(name)}")
            yield
            for _, sql in resting:
                self._execute(sql)
            if self._execute("PRAGMA foreign_key_check").fetchone():
                raise Conflict("Rows in the source lead nowhere: look at it with assistant doctor.")

    def finish(self) -> None:
        """Brings all into the file itself."""
        self._execute("PRAGMA wal_checkpoint(TRUNCATE)")
        self._execute("PRAGMA optimize")

    def _execute(self, sql: str, values: tuple[Any, ...] = ()) -> Any:
        return self._peewee.execute_sql(sql, values)  # type: ignore[no-untyped-call]


def _names(table: Table) -> str:
    return ", ".join(map(_quoted, table.columns))


def _quoted(name: str) -> str:
    return f'"{name}"'
