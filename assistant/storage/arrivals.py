"""Rows on their way in: marked as deleted in a far future, so that no list shows them until all of them are there.

1. Whoever brings rows begins an arrival, and writes its rows with its mark, in units of work as small as it likes.
2. One small unit of work says that all are there. From then on the arrival counts, whatever happens.
3. The marks are taken off, piece by piece; a process that starts goes on with that, and removes what is of an
   arrival that was never said to be whole.
"""

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from itertools import chain
from typing import Any

import peewee

from assistant.storage.database import KeyField, UTCField

FIRST = datetime(9000, 1, 1, tzinfo=UTC)  # an instant from here on is a mark


class Arrival(peewee.Model):
    """Rows of one user that came from elsewhere; ``rest`` is what is to be done once they are whole, as JSON."""

    id = KeyField()
    user = peewee.IntegerField()
    begun = UTCField()
    whole = peewee.BooleanField(default=False)
    rest = peewee.TextField(default="{}")

    class Meta:
        table_name = "arrival"


class Departure(peewee.Model):
    """That an account is gone, and what it had is being removed."""

    user = peewee.IntegerField(primary_key=True)
    begun = UTCField()

    class Meta:
        table_name = "departure"


ALL: list[type[peewee.Model]] = [Arrival, Departure]


def insert(model: type[peewee.Model], /, **values: Any) -> int:
    """The id of a new row with these values; of thousands, each takes a tenth of the time that Peewee's own takes."""
    statement, kept, rest = _prepared(model, tuple(values))
    row = [keep(value) for keep, value in zip(kept, values.values(), strict=True)]
    (id,) = model._meta.database.execute_sql(statement, (*row, *rest)).fetchone()  # noqa: A001, SLF001
    return int(id)


def insert_all(model: type[peewee.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Writes new rows, which name the same columns, in one statement; none where there are none."""
    if rows:
        statement, kept, rest = _prepared(model, tuple(rows[0]), len(rows))
        values = [(*(keep(value) for keep, value in zip(kept, row.values(), strict=True)), *rest) for row in rows]
        model._meta.database.execute_sql(statement, tuple(chain.from_iterable(values)))  # noqa: SLF001


@lru_cache(200)
def _prepared(
    model: type[peewee.Model], names: tuple[str, ...], rows: int = 0
) -> tuple[str, tuple[Callable[[Any], Any], ...], tuple[Any, ...]]:
    """The statement for so many rows, or one that tells its id; what keeps each value; values of all other columns."""
    meta = model._meta  # noqa: SLF001 - Peewee's own way to the columns
    rest = [field for name, field in meta.fields.items() if field.default is not None and name not in names]
    fields = [*(meta.fields[name] for name in names), *rest]
    columns, marks = ", ".join(f'"{field.column_name}"' for field in fields), f"({', '.join('?' * len(fields))})"
    statement = f'INSERT INTO "{meta.table_name}" ({columns}) VALUES {", ".join([marks] * max(1, rows))}'  # noqa: S608
    kept = tuple(meta.fields[name].db_value for name in names)
    return statement + ("" if rows else " RETURNING id"), kept, tuple(field.db_value(field.default) for field in rest)


def mark_of(arrival: int) -> datetime:
    """What stands in the rows of this arrival where the instant of their deletion stands."""
    return FIRST + timedelta(seconds=arrival)
