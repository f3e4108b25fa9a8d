"""What a database does when it is copied from or to."""

from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager
from typing import Protocol

import peewee

from assistant.storage.copying.file_side import FileSide
from assistant.storage.copying.server_side import ServerSide
from assistant.storage.copying.tables import Row, Table
from assistant.storage.database import Database


class Side(Protocol):
    """One of the two databases."""

    def size(self) -> int:
        """Bytes that it takes."""

    def in_use(self) -> bool:
        """Whether another process of the product is connected to it, as far as it can be told."""

    def rows(self, table: Table) -> Iterator[Row]:
        """All rows, one after the other."""

    def fill(self, table: Table, rows: Iterable[Row]) -> None:
        """Writes the rows as they are, keys and all."""

    def given(self, table: Table) -> int:
        """The largest key that was ever given; no row that is deleted may be taken for a new one."""

    def give(self, table: Table, last: int) -> None:
        """Makes the next key be one above ``last``."""

    def whole(self, tables: list[Table]) -> AbstractContextManager[object]:
        """All that is written in it is there at its end, or nothing; no trigger acts, and all references hold."""

    def finish(self) -> None:
        """Makes what was written last, and known to whoever plans queries."""


def side(database: Database) -> Side:
    """The database's own way."""
    return FileSide(database) if isinstance(database.peewee, peewee.SqliteDatabase) else ServerSide(database)
