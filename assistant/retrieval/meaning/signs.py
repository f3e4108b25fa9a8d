"""A person's vectors as they are looked through: their signs, held in memory for those who asked last."""

import array
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from peewee import fn

from assistant.retrieval.meaning.rows import SetRow, VectorRow

HELD = 4  # people whose signs are kept in memory
STALE = 0.2  # of those that were looked at; as many were gone, and all are read anew


@dataclass(slots=True)
class Signs:
    """The ids of vectors and their signs; the ``noise`` that was measured when there were ``heard`` of them."""

    counted: int
    last: int = 0
    rows: "array.array[int]" = field(default_factory=lambda: array.array("q"))
    bits: list[int] = field(default_factory=list)
    noise: float = 0.0
    heard: int = 0


class Held:
    """The signs of those who asked last, which is all that is looked through."""

    def __init__(self, kept: type[VectorRow]) -> None:
        """Of nobody yet."""
        self._kept, self._lock, self._held = kept, Lock(), dict[tuple[int, int], Signs]()

    def of(self, user: int, home: SetRow) -> Signs:
        """Those of the user in the set; only what came since the last time is read."""
        kept = self._kept
        mine = (kept.set == home) & (kept.user == user)
        last = int(kept.select(fn.MAX(kept.id)).where(mine).scalar() or 0)
        with self._lock:
            found = self._held.pop((user, home.id), None)
            if found is None or found.counted != home.counted:
                found = Signs(home.counted)
            if found.last < last:
                self._read(found, mine)
            self._held[user, home.id] = found
            for key in list(self._held)[:-HELD]:
                del self._held[key]
        return found

    def forget(self, user: int, home: SetRow) -> None:
        """Reads those of the user anew the next time."""
        with self._lock:
            self._held.pop((user, home.id), None)

    def clear(self) -> None:
        """Holds nothing more."""
        with self._lock:
            self._held.clear()

    def _read(self, found: Signs, mine: Any) -> None:
        kept = self._kept
        rows: Any = kept.select(kept.id, kept.bits).where(mine & (kept.id > found.last)).order_by(kept.id)
        for row, bits in rows.tuples().iterator():
            found.last = row
            if bits:
                found.rows.append(row)
                found.bits.append(int.from_bytes(bits, "big"))
