"""Which vectors have yet to be made, and those that are kept; each method is part of a unit of work.

What changes is put down as due by the room that changes it, for each set that there is. What was there before a set is
walked through, the latest first, a step at a time. Who makes vectors claims what is due, so that several instances
make each once.
"""

import array
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from peewee import fn

from assistant.retrieval import vectors
from assistant.retrieval.meaning.rows import Part, SetRow, Tables
from assistant.retrieval.passages import CUTTER

MEANT = 2048  # vectors of which the mean is made at most: more would not move it
STEP = 200  # items that are looked at together
CLAIMED = timedelta(minutes=10)  # after which another makes what one did not
OVER = 1.02  # times as many as are kept of a person at most, before some go


@dataclass(frozen=True, slots=True)
class Model:
    """A version of a model that makes vectors."""

    name: str
    digest: str


Made = Sequence[tuple[Part, Sequence[float] | None]]  # None is what the model refused


class Making:
    """Makes what is due, in one room's tables."""

    def __init__(self, tables: Tables) -> None:
        """Of this room."""
        self._tables = tables

    def waits(self, model: Model, now: datetime) -> bool:
        """Whether anything may be due for the model; it only reads, and costs little."""
        home = self._known(model)
        if home is None:
            return bool(self._tables.items.select().exists())
        return bool(home.walked) or self._free(home, now).exists()

    def claim(self, model: Model, limit: int, token: str, now: datetime) -> list[Part] | None:
        """The parts of so many items that are due, the latest first, which nobody else gets for now.

        None where nothing is due; an empty list where one should look again.
        """
        home, due = self._home(model), self._tables.due
        rows = self._free(home, now).order_by(due.item.desc()).limit(limit)
        items = [row.item_id for row in rows]
        if not items:
            return [] if self._walk(home) else None
        parts = sorted(self._tables.parts(items), key=lambda part: (-part.item, part.number))
        speaking = {part.item for part in parts}
        if silent := [item for item in items if item not in speaking]:
            self._forget(home, silent)
            due.delete().where((due.set == home) & due.item.in_(silent)).execute()
        mine = (due.set == home) & due.item.in_(list(speaking))
        due.update(token=token, until=now + CLAIMED).where(mine).execute()
        return parts

    def release(self, token: str) -> None:
        """Lets others have what was claimed and not made."""
        due = self._tables.due
        due.update(token="").where(due.token == token).execute()

    def keep(self, model: Model, token: str, made: Made) -> None:
        """Keeps the vectors of what was claimed, in the place of what its items had."""
        home, due = self._home(model), self._tables.due
        vector = next((one for _, one in made if one is not None), None)
        if not home.dimension and vector is not None:
            home.dimension = len(vector)
            home.save(only=[type(home).dimension])
        mine = (due.set == home) & (due.token == token) & due.item.in_([part.item for part, _ in made])
        items = {row.item_id for row in due.select(due.item).where(mine)}
        self._forget(home, items)
        middle = _mean(home)
        rows = [self._row(home, part, one, middle) for part, one in made if part.item in items]
        if rows:
            self._tables.vectors.insert_many(rows).execute()
        due.delete().where(mine).execute()
        self._center(home)
        for user in {part.user for part, _ in made} if self._tables.most else ():
            self._shed(home, user)

    def completes(self, model: Model) -> bool:
        """Whether ``complete`` has anything to say; it only reads."""
        home, sets, due = self._known(model), self._tables.sets, self._tables.due
        if home is None or home.walked or not home.dimension or not self._tables.ready():
            return False
        if home.whole and not sets.select().where(sets.id != home.id).exists():
            return False
        return not due.select().where(due.set == home).exists()

    def complete(self, model: Model) -> None:
        """Says that the model's set is whole, where it is, and lets go of those of which it takes the place."""
        if self.completes(model):
            home, sets = self._home(model), self._tables.sets
            sets.update(whole=True).where(sets.id == home.id).execute()
            sets.delete().where(sets.id != home.id).execute()

    def wants_probes(self, model: Model) -> bool:
        """Whether nobody has said yet what the probes mean to the model."""
        home = self._known(model)
        return home is not None and home.dimension > 0 and not home.probes

    def keep_probes(self, model: Model, made: Sequence[Sequence[float]]) -> None:
        """Keeps what the probes mean."""
        home = self._home(model)
        if all(len(one) == home.dimension for one in made):
            home.probes = b"".join(array.array("f", vectors.unit(one)).tobytes() for one in made)
            home.save(only=[type(home).probes])

    def _free(self, home: SetRow, now: datetime) -> Any:
        due = self._tables.due
        return due.select(due.item).where((due.set == home) & ((due.token == "") | (due.until < now)))

    def _known(self, model: Model) -> SetRow | None:
        sets = self._tables.sets
        found: SetRow | None = sets.get_or_none((sets.digest == model.digest) & (sets.cutter == CUTTER))
        return found

    def _home(self, model: Model) -> SetRow:
        """The set of the model; where there is none yet, a new one, for which everything is to be looked at."""
        items = self._tables.items
        return self._known(model) or self._tables.sets.create(
            model=model.name, digest=model.digest, dimension=0, cutter=CUTTER,
            walked=1 + int(items.select(fn.MAX(items.id)).scalar() or 0),
        )  # fmt: skip

    def _walk(self, home: SetRow) -> bool:
        """Puts down what is due of the items that come next; whether there were any to look at."""
        if not home.walked:
            return False
        items, kept, due = self._tables.items, self._tables.vectors, self._tables.due
        rows: Any = items.select(items.id, items.user).where(items.id < home.walked)
        pairs = list(rows.order_by(items.id.desc()).limit(STEP).tuples())
        full = {user for user in {user for _, user in pairs} if self._is_full(home, user)}
        there = (kept.set == home) & kept.item.in_([item for item, _ in pairs])
        known = {row.item_id for row in kept.select(kept.item).where(there)}
        wanted = [{"set": home, "item": item} for item, user in pairs if user not in full and item not in known]
        if wanted:
            due.insert_many(wanted).on_conflict_ignore().execute()
        home.walked = pairs[-1][0] if len(pairs) == STEP else 0
        home.save(only=[type(home).walked])
        return True

    def _is_full(self, home: SetRow, user: int) -> bool:
        return bool(self._tables.most) and self._count(home, user) >= self._tables.most

    def _count(self, home: SetRow, user: int) -> int:
        kept = self._tables.vectors
        return int(kept.select().where((kept.set == home) & (kept.user == user)).count())

    def _shed(self, home: SetRow, user: int) -> None:
        """Lets go of the user's oldest, where there are too many."""
        kept, most = self._tables.vectors, self._tables.most
        count = self._count(home, user)
        if count > most * OVER:
            mine = kept.select(kept.id).where((kept.set == home) & (kept.user == user))
            old = [row.id for row in mine.order_by(kept.item, kept.number).limit(count - most)]
            kept.delete().where(kept.id.in_(old)).execute()

    def _forget(self, home: SetRow, items: Collection[int]) -> None:
        kept = self._tables.vectors
        kept.delete().where((kept.set == home) & kept.item.in_(list(items))).execute()

    def _row(self, home: SetRow, part: Part, one: Sequence[float] | None, middle: list[float]) -> dict[str, Any]:
        kept = vectors.packed(one, middle) if one is not None and len(one) == home.dimension else None
        return {
            "set": home, "item": part.item, "number": part.number, "user": part.user,
            "bits": kept.bits if kept else b"", "scale": kept.scale if kept else 0.0,
            "body": kept.body if kept else b"",
        }  # fmt: skip

    def _center(self, home: SetRow) -> None:
        """Makes the mean, and all signs with it, anew each time that there are twice as many vectors."""
        if home.counted >= MEANT:
            return
        kept = self._tables.vectors
        there = (kept.set == home) & (kept.scale > 0)
        count = kept.select().where(there).count()
        if not count or count < 2 * home.counted:
            return
        found: Any = kept.select(kept.id, kept.scale, kept.body).where(there)
        rows: list[tuple[int, float, bytes]] = list(found.tuples())
        middle = vectors.mean(vectors.unpacked(bytes(body), scale) for _, scale, body in rows)
        home.mean, home.counted = array.array("f", middle).tobytes(), count
        home.save(only=[type(home).mean, type(home).counted])
        for row, scale, body in rows:
            bits = vectors.signs(vectors.unpacked(bytes(body), scale), middle)
            kept.update(bits=bits).where(kept.id == row).execute()


def _mean(home: SetRow) -> list[float]:
    return list(array.array("f", bytes(home.mean)))
