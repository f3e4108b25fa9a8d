"""What passages mean, as vectors of a model: kept, and the nearest found; each function is part of a unit of work."""

import array
from collections.abc import Sequence
from dataclasses import dataclass
from threading import Lock
from typing import Any

from peewee import fn

from assistant.notes.models import Note, NotePassage, NoteUnsplit, PassageVector, VectorSet
from assistant.retrieval import vectors
from assistant.retrieval.passages import CUTTER, whole

MEANT = 4096  # vectors of which the mean is made at most: more would not move it
NEAREST = 50
HELD = 4  # people whose signs are kept in memory


@dataclass(frozen=True, slots=True)
class Model:
    """A version of a model that makes vectors."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question means, to the model that made this set."""

    set: int
    vector: list[float]


@dataclass(slots=True)
class _Signs:
    """The signs of a person's passages, as they were when the last vector had this id and there were so many."""

    state: tuple[int, int, int]
    passages: list[int]
    bits: list[int]


class Held:
    """The signs of those who asked last, which is all that is looked through."""

    def __init__(self) -> None:
        """Of nobody yet."""
        self._lock, self._held = Lock(), dict[tuple[int, int], _Signs]()

    def of(self, user: int, home: VectorSet) -> _Signs:
        """Those of the user in the set, read anew where there are others by now."""
        mine = (PassageVector.set == home) & (PassageVector.user == user)
        rows: Any = PassageVector.select(fn.MAX(PassageVector.id), fn.COUNT(PassageVector.id)).where(mine)
        last, count = rows.tuples()[0]
        state = (int(last or 0), int(count), home.counted)
        with self._lock:
            found = self._held.pop((user, home.id), None)
        if found is None or found.state != state:
            rows = PassageVector.select(PassageVector.passage, PassageVector.bits).where(mine).tuples()
            pairs = [(passage, int.from_bytes(bits, "big")) for passage, bits in rows.iterator() if bits]
            found = _Signs(state, [passage for passage, _ in pairs], [bits for _, bits in pairs])
        with self._lock:
            self._held[user, home.id] = found
            for key in list(self._held)[:-HELD]:
                del self._held[key]
        return found


def serving(digests: Sequence[str]) -> VectorSet | None:
    """The set that answers questions: the latest whole one of a model that is still there, else the latest at all."""
    found: VectorSet | None = (
        VectorSet.select()
        .where(VectorSet.digest.in_(list(digests)))
        .order_by(VectorSet.whole.desc(), VectorSet.id.desc())
        .first()
    )
    return found


def due(model: Model, limit: int) -> list[tuple[int, str]]:
    """Passages, each with its words, that have no vector of the model yet, the latest first; none from the trash."""
    sets = VectorSet.select(VectorSet.id).where((VectorSet.digest == model.digest) & (VectorSet.cutter == CUTTER))
    there = PassageVector.select(PassageVector.passage).where(
        (PassageVector.passage == NotePassage.id) & PassageVector.set.in_(sets)
    )
    rows: Any = NotePassage.select(NotePassage.id, Note.title, NotePassage.place, NotePassage.text).join(Note)
    rows = rows.where(Note.trashed.is_null() & ~fn.EXISTS(there)).order_by(NotePassage.id.desc()).limit(limit)
    return [(passage, whole(title, place, text)) for passage, title, place, text in rows.tuples()]


def keep(model: Model, made: Sequence[tuple[int, Sequence[float] | None]]) -> None:
    """Keeps the vectors of passages; None is one that the model refused."""
    if not made:
        return
    vector = next((one for _, one in made if one is not None), None)
    home = _home(model, len(vector) if vector is not None else 0)
    if home is None:
        return
    middle = _mean(home)
    known: Any = NotePassage.select(NotePassage.id, NotePassage.user)
    users = dict(known.where(NotePassage.id.in_([passage for passage, _ in made])).tuples())
    for passage, one in made:
        if passage in users:
            kept = vectors.packed(one, middle) if one is not None and len(one) == home.dimension else None
            PassageVector.insert(
                set=home, passage=passage, user=users[passage], bits=kept.bits if kept else b"",
                scale=kept.scale if kept else 0.0, body=kept.body if kept else b"",
            ).on_conflict_ignore().execute()  # fmt: skip
    _center(home)


def complete(model: Model) -> None:
    """Says that the model's set is whole, and lets go of those of which it takes the place."""
    home = VectorSet.get_or_none((VectorSet.digest == model.digest) & (VectorSet.cutter == CUTTER))
    if home is None or NoteUnsplit.select().exists():
        return
    if not home.whole:
        VectorSet.update(whole=True).where(VectorSet.id == home.id).execute()
    VectorSet.delete().where(VectorSet.id != home.id).execute()


def nearest(user: int, asked: Asked, held: Held) -> list[tuple[int, float]]:
    """The passages of the user that mean most nearly what is asked, each with how like it is, the nearest first."""
    home = VectorSet.get_or_none(VectorSet.id == asked.set)
    if home is None or len(asked.vector) != home.dimension:
        return []
    one, found = vectors.unit(asked.vector), held.of(user, home)
    places = vectors.candidates(int.from_bytes(vectors.signs(one, _mean(home)), "big"), found.bits)
    chosen = [found.passages[at] for at in places]
    rows: Any = PassageVector.select(PassageVector.passage, PassageVector.scale, PassageVector.body)
    rows = rows.where((PassageVector.set == home) & PassageVector.passage.in_(chosen)).tuples()
    like = [(passage, vectors.likeness(one, bytes(body), scale)) for passage, scale, body in rows]
    return sorted(like, key=lambda pair: -pair[1])[:NEAREST]


def _home(model: Model, dimension: int) -> VectorSet | None:
    """The set of the model; where there is none yet, a new one of that dimension, if it is known."""
    mine = (VectorSet.digest == model.digest) & (VectorSet.cutter == CUTTER)
    known: VectorSet | None = VectorSet.get_or_none(mine & (VectorSet.dimension == dimension) if dimension else mine)
    if known is not None or not dimension:
        return known
    return VectorSet.create(model=model.name, digest=model.digest, dimension=dimension, cutter=CUTTER, mean=b"")


def _mean(home: VectorSet) -> list[float]:
    return list(array.array("f", bytes(home.mean)))


def _center(home: VectorSet) -> None:
    """Makes the mean, and all signs with it, anew each time that there are twice as many vectors."""
    count = PassageVector.select().where((PassageVector.set == home) & (PassageVector.scale > 0)).count()
    if count < 2 * home.counted or home.counted >= MEANT or not count:
        return
    rows = list(PassageVector.select().where((PassageVector.set == home) & (PassageVector.scale > 0)))
    numbers = [vectors.unpacked(bytes(row.body), row.scale) for row in rows]
    middle = vectors.mean(numbers)
    home.mean, home.counted = array.array("f", middle).tobytes(), count
    home.save(only=[VectorSet.mean, VectorSet.counted])
    for row, one in zip(rows, numbers, strict=True):
        PassageVector.update(bits=vectors.signs(one, middle)).where(PassageVector.id == row.id).execute()
