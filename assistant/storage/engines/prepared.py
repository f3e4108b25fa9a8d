"""Queries whose SQL is made once: to make it takes Peewee several times as long as the database takes to answer."""

import inspect
from collections.abc import Callable
from typing import Any, Generic, TypeVar

import peewee

from assistant.text import LARGEST

M = TypeVar("M", bound=peewee.Model)


def prepared(model: type[M]) -> Callable[[Callable[..., Any]], "Prepared[M]"]:
    """Makes of a function, which makes a query for its arguments, one that answers it with rows of ``model``.

    The arguments are values as the database takes them, and stand each for one value of the query.
    """
    return lambda query: Prepared(model, query)


class Prepared(Generic[M]):
    """A query of one model that is asked again and again with other values."""

    def __init__(self, model: type[M], query: Callable[..., Any]) -> None:
        """Its SQL is made when it is first asked, once for each kind of database."""
        self._model, self._query = model, query
        self._places = tuple(_Place() for _ in inspect.signature(query).parameters)
        self._made: dict[type[peewee.Database], tuple[str, list[Any]]] = {}

    def __call__(self, *values: object) -> list[M]:
        """The rows for these values."""
        sql, parameters = self._sql()
        # A number that is larger than any row's, as an address may hold, is that of no row.
        fitting = [0 if isinstance(one, int) and abs(one) > LARGEST else one for one in values]
        given = dict(zip(self._places, fitting, strict=True))
        filled = [given[one] if isinstance(one, _Place) else one for one in parameters]
        return list(self._model.raw(sql, *filled))

    def first(self, *values: object) -> M | None:
        """The first of the rows for these values; None where there is none."""
        return next(iter(self(*values)), None)

    def _sql(self) -> tuple[str, list[Any]]:
        database = type(self._model._meta.database)  # noqa: SLF001 - as Peewee documents it
        if database not in self._made:
            self._made[database] = self._query(*(peewee.Value(one, converter=False) for one in self._places)).sql()
        return self._made[database]


class _Place:
    """Where a value goes."""
