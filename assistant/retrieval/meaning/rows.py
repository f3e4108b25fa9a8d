"""The tables in which a room keeps what its texts mean, and how it hands over its texts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import peewee

from assistant.storage.database import KeyField, UTCField


class SetRow(peewee.Model):
    """The vectors of one version of a model, by texts that were cut in one way.

    Their signs are without the ``mean`` of so many as were ``counted``. What has a lower id than ``walked`` has yet to
    be looked at; ``whole`` once everything has been there. ``probes`` are what questions mean that nobody's texts
    answer. The ``dimension`` is 0 until the first vector is there.
    """

    id = KeyField()
    model = peewee.CharField(max_length=200)
    digest = peewee.CharField(max_length=100)
    dimension = peewee.IntegerField()
    cutter = peewee.IntegerField()
    counted = peewee.IntegerField(default=0)
    mean = peewee.BlobField(default=b"")
    whole = peewee.BooleanField(default=False)
    walked = peewee.IntegerField(default=0)
    probes = peewee.BlobField(null=True)


class VectorRow(peewee.Model):
    """What a part of an item means; without signs where the model refused it, so that only its words find it.

    A room adds ``set`` and ``item``.
    """

    id = KeyField()
    set_id: int
    item_id: int
    set: Any
    item: Any
    number = peewee.IntegerField(default=0)  # of the part, in its item
    user = peewee.IntegerField()
    bits = peewee.BlobField()
    scale = peewee.FloatField()
    body = peewee.BlobField()


class DueRow(peewee.Model):
    """An item whose vectors have yet to be made for a set; whose ``token`` it has makes them, ``until`` then.

    A room adds ``set`` and ``item``, which are the key.
    """

    set_id: int
    item_id: int
    set: Any
    item: Any
    token = peewee.CharField(max_length=40, default="")
    until = UTCField(null=True)


@dataclass(frozen=True, slots=True)
class Part:
    """A text of which one vector is made: a part of the user's item."""

    item: int
    number: int
    user: int
    text: str


@dataclass(frozen=True, slots=True)
class Tables:
    """A room's tables. ``items`` have an id and a user.

    ``parts`` are the texts of items with these ids, in any order; ``ready`` says that all items are there that should
    be. Of one person at most so many as ``most`` are kept, the latest; 0 is all of them.
    """

    items: Any
    sets: type[SetRow]
    vectors: type[VectorRow]
    due: type[DueRow]
    parts: Callable[[Sequence[int]], list[Part]]
    ready: Callable[[], bool] = lambda: True
    most: int = 0
