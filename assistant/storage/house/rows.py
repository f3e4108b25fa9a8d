"""Who is alive, who does what is done once, and the secrets that all have in common; each function is a unit of work.

Instants are those of the database, whose clock is one for all.
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import peewee

from assistant.storage.database import UTCField, fitting

DEAD = timedelta(seconds=10)  # after which an instance that was not heard of is taken to be gone
FORGOTTEN = timedelta(minutes=10)  # after which its row goes


class Instance(peewee.Model):
    """A process that serves; it says every other second that it is there."""

    name = peewee.CharField(max_length=40, primary_key=True)
    address = peewee.CharField(max_length=200)
    begun = UTCField()
    seen = UTCField()

    class Meta:
        table_name = "instance"


class Turn(peewee.Model):
    """That one instance does something until that moment, and no other does."""

    name = peewee.CharField(max_length=100, primary_key=True)
    holder = peewee.CharField(max_length=40)
    until = UTCField()

    class Meta:
        table_name = "turn"


class HouseKey(peewee.Model):
    """A secret of the whole installation."""

    name = peewee.CharField(max_length=40, primary_key=True)
    secret = peewee.BlobField()

    class Meta:
        table_name = "house_key"


OF_NOW: list[type[peewee.Model]] = [Instance, Turn]  # they are true of this moment only, and go nowhere else
ALL: list[type[peewee.Model]] = [*OF_NOW, HouseKey]


def moment() -> datetime:
    """This moment, by the database's clock."""
    asked = fitting(Instance, sqlite="", postgres="SELECT clock_timestamp() AT TIME ZONE 'UTC'")
    if not asked:
        return datetime.now(UTC)
    found: datetime = Instance._meta.database.execute_sql(asked).fetchone()[0]  # noqa: SLF001 - Peewee's own way
    return found.replace(tzinfo=UTC)


def beat(name: str, address: str) -> set[str]:
    """Says that the instance is there; returns the names of all that are alive."""
    now = moment()
    if not Instance.update(seen=now).where(Instance.name == name).execute():
        Instance.create(name=name, address=address, begun=now, seen=now)
        Instance.delete().where(Instance.seen < now - FORGOTTEN).execute()
    return {row.name for row in _alive(now)}


def alive() -> list[Instance]:
    """Those that are there, the first that began first."""
    return list(_alive(moment()))


def leave(name: str) -> None:
    """Says that the instance is gone; what it had taken is free."""
    Instance.delete().where(Instance.name == name).execute()
    Turn.delete().where(Turn.holder == name).execute()


def take(what: str, holder: str, seconds: float) -> bool:
    """Whether it is the holder's turn to do this; then it is for so many seconds, or as long as the holder lives."""
    now = moment()
    row = Turn.get_or_none(Turn.name == what)
    if row is not None and row.holder != holder and row.until > now and _alive(now, row.holder).exists():
        return False
    until = now + timedelta(seconds=seconds)
    Turn.insert(name=what, holder=holder, until=until).on_conflict(
        conflict_target=[Turn.name], preserve=[Turn.holder, Turn.until]
    ).execute()
    Turn.delete().where(Turn.until < now - FORGOTTEN).execute()
    return True


def give(what: str, holder: str) -> None:
    """Lets others have the turn."""
    Turn.delete().where((Turn.name == what) & (Turn.holder == holder)).execute()


def key(name: str, make: Callable[[], bytes]) -> bytes:
    """The secret of that name, which is made when there is none; of any number that ask, all get the same."""
    found = HouseKey.get_or_none(HouseKey.name == name)
    if found is None:
        found = HouseKey.create(name=name, secret=make())
    return bytes(found.secret)


def _alive(now: datetime, name: str = "") -> "peewee.ModelSelect[Instance]":
    found = Instance.select().where(Instance.seen > now - DEAD).order_by(Instance.begun, Instance.name)
    return found.where(Instance.name == name) if name else found
