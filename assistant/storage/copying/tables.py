"""Tables, whatever they are of: what their rows mean on either database, and sums that tell two of them apart."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

import peewee

Row = tuple[Any, ...]
MODULUS = 2**128


@dataclass(frozen=True, slots=True)
class Table:
    """A table: its columns, and what turns what the database says of some of them into what it means."""

    name: str
    columns: tuple[str, ...]
    meanings: tuple[Callable[[Any], Any] | None, ...]
    counted: bool  # whether its key is a number that the database gives

    def meant(self, rows: Iterable[Row]) -> Iterator[Row]:
        """The rows as both databases mean them."""
        meanings = [(at, meaning) for at, meaning in enumerate(self.meanings) if meaning]
        for row in rows:
            values = list(row)
            for at, meaning in meanings:
                if values[at] is not None:
                    values[at] = meaning(values[at])
            yield tuple(values)


class Sum:
    """How many rows there are, and a number that any other row would change; their order does not matter."""

    def __init__(self) -> None:
        """No rows yet."""
        self.rows, self._total = 0, 0

    def of(self, rows: Iterable[Row]) -> Iterator[Row]:
        """Hands the rows on, counting them."""
        for row in rows:
            # As Python writes them, no two different rows are the same.
            digest = hashlib.blake2b(repr(row).encode("utf-8", "surrogatepass"), digest_size=16).digest()
            self.rows += 1
            self._total = (self._total + int.from_bytes(digest, "little")) % MODULUS
            yield row

    @property
    def checksum(self) -> str:
        """The number, as people compare it."""
        return f"{self._total:032x}"

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sum) and (self.rows, self._total) == (other.rows, other._total)

    def __hash__(self) -> int:
        return hash((self.rows, self._total))


def tables(models: Iterable[type[peewee.Model]]) -> list[Table]:
    """The tables of the models; one that refers to another comes after it."""
    return [_table(model) for model in cast("Any", peewee).sort_models(list(models))]


def _table(model: type[peewee.Model]) -> Table:
    about: Any = model._meta  # noqa: SLF001 - as Peewee documents it
    fields = about.sorted_fields
    return Table(
        about.table_name,
        tuple(field.column_name for field in fields),
        tuple(_meaning(field) for field in fields),
        isinstance(about.primary_key, peewee.AutoField),
    )


def _meaning(field: peewee.Field) -> Callable[[Any], Any] | None:
    kinds: tuple[tuple[type[peewee.Field], Callable[[Any], Any]], ...] = (
        (peewee.BooleanField, bool), (peewee.DateTimeField, _instant), (peewee.BlobField, bytes),
        (peewee.FloatField, float),
    )  # fmt: skip
    return next((meaning for kind, meaning in kinds if isinstance(field, kind)), None)


def _instant(value: str | datetime) -> datetime:
    return datetime.fromisoformat(value) if isinstance(value, str) else value
