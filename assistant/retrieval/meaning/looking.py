"""The nearest of a person's vectors, and how near chance alone comes; each method only reads, in a unit of work."""

import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from peewee import SQL, NodeList

from assistant.retrieval import vectors
from assistant.retrieval.meaning.rows import SetRow, Tables
from assistant.retrieval.meaning.signs import STALE, Held, Signs

NEAREST = 50
# Questions that anybody's own texts hardly answer: how near they come to some, chance alone comes.
PROBES = (
    "How far is the moon from the earth?", "Who painted the Mona Lisa?", "What is the square root of two?",
    "Which river flows through Baghdad?", "How do volcanoes erupt?", "Who wrote Hamlet?",
    "What causes the northern lights?", "How many players are in a baseball team?",
    "Wie weit ist der Mond von der Erde entfernt?", "Wer hat die Mona Lisa gemalt?",
    "Welcher Fluss fließt durch Bagdad?", "Wie entstehen Vulkane?", "Wer schrieb den Faust?", "Woraus besteht Granit?",
    "Wie viele Spieler hat eine Handballmannschaft?", "Wie funktioniert ein Transistor?",
)  # fmt: skip
NOISE = 0.7  # of the probes come less near than what counts as near: the others are answered, more or less
SAMPLE, CLOSEST = 4096, 20  # signs that a probe is compared with, and how many of them exactly


@dataclass(frozen=True, slots=True)
class Asked:
    """What a question means, to models by their digests."""

    vectors: Mapping[str, Sequence[float]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Near:
    """A part of an item, and how like it is to what was asked; 1.0 is the same."""

    item: int
    number: int
    like: float


class Looking:
    """Looks through one room's tables."""

    def __init__(self, tables: Tables) -> None:
        """Of this room."""
        self._tables, self.held = tables, Held(tables.vectors)

    def serving(self, digests: Iterable[str]) -> SetRow | None:
        """The set that answers questions: the latest whole one of a model that is there, else the latest at all."""
        sets = self._tables.sets
        there = sets.digest.in_(list(digests)) & (sets.dimension > 0)
        found: SetRow | None = sets.select().where(there).order_by(sets.whole.desc(), sets.id.desc()).first()
        return found

    def nearest(self, user: int, asked: Asked) -> list[Near]:
        """What of the user's means most nearly what is asked, the nearest first."""
        home, one = self._fitting(asked)
        if home is None:
            return []
        found = self.held.of(user, home)
        places = vectors.candidates(_bits(one, home), found.bits)
        near = self._compared(home, one, _ids(self._tables.vectors.id, [found.rows[at] for at in places]))
        if len(near) < len(places) * (1 - STALE):
            self.held.forget(user, home)
        return near[:NEAREST]

    def among(self, asked: Asked, items: Sequence[int]) -> list[Near]:
        """As ``nearest``, of these items alone."""
        home, one = self._fitting(asked)
        return self._compared(home, one, _ids(self._tables.vectors.item, items)) if home else []

    def noise(self, user: int, asked: Asked) -> float:
        """How like something is by chance alone; 0.0 where nobody knows. It is measured with the user's own stock."""
        home, _ = self._fitting(asked)
        if home is None or not home.probes:
            return 0.0
        found = self.held.of(user, home)
        if len(found.bits) > 2 * found.heard:
            found.heard, found.noise = len(found.bits), self._measured(home, found)
        return found.noise

    def _measured(self, home: SetRow, found: Signs) -> float:
        step = max(1, len(found.bits) // SAMPLE)
        rows, bits, size = found.rows[::step], found.bits[::step], home.dimension
        numbers, likes = list(array.array("f", bytes(home.probes or b""))), list[float]()
        for begin in range(0, len(numbers), size):
            probe = numbers[begin : begin + size]
            signs = _bits(probe, home)
            far = [(signs ^ one).bit_count() for one in bits]
            closest = sorted(range(len(bits)), key=far.__getitem__)[:CLOSEST]
            near = self._compared(home, probe, _ids(self._tables.vectors.id, [rows[at] for at in closest]))
            likes.append(near[0].like if near else 0.0)
        return sorted(likes)[int(len(likes) * NOISE)]

    def _fitting(self, asked: Asked) -> tuple[SetRow | None, Sequence[float]]:
        """The set that answers, with what was asked as its model means it."""
        home = self.serving(asked.vectors)
        vector = asked.vectors[home.digest] if home else ()
        return (home, vectors.unit(vector)) if home and len(vector) == home.dimension else (None, ())

    def _compared(self, home: SetRow, one: Sequence[float], which: Any) -> list[Near]:
        kept = self._tables.vectors
        rows: Any = kept.select(kept.item, kept.number, kept.scale, kept.body)
        wanted = rows.where((kept.set == home) & (kept.scale > 0) & which)
        # As they are stored: to turn each into a row's values costs more than to compare them.
        found = kept._meta.database.execute(wanted)  # noqa: SLF001
        likeness = vectors.likeness(one)
        like = [Near(item, number, likeness(bytes(body), scale)) for item, number, scale, body in found]
        return sorted(like, key=lambda near: -near.like)


def _ids(field: Any, ids: Iterable[int]) -> Any:
    """That the field is one of these numbers; hundreds of parameters would take longer than what they are for."""
    return NodeList((field, SQL(f"IN ({','.join(map(str, map(int, ids))) or 'NULL'})")))


def _bits(vector: Sequence[float], home: SetRow) -> int:
    return int.from_bytes(vectors.signs(vector, array.array("f", bytes(home.mean))), "big")
