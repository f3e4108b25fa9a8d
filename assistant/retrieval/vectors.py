"""Vectors of texts, small enough to look through all of them: a bit for each sign, and a byte for each number.

The signs are those of what is left once the mean of the stock is taken away: without that they tell little, as all
texts of one model point much the same way.
"""

import array
import math
import operator
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

LARGEST = 127  # of a number in a byte
SOME = 4000  # distances of a large stock from which the others are guessed
WHOLE = 4096  # parts of one
LEAST, SHARE, MOST = 200, 0.05, 250  # of a stock that are compared exactly: so much of it, within these bounds


@dataclass(frozen=True, slots=True)
class Packed:
    """A vector of length one as it is kept: its signs, its numbers as bytes, and what one of these is worth."""

    bits: bytes
    body: bytes
    scale: float


def packed(vector: Sequence[float], mean: Sequence[float]) -> Packed:
    """The vector as it is kept; ``mean`` is that of its stock, or empty."""
    one = unit(vector)
    scale = max(map(abs, one), default=0.0) / LARGEST or 1.0
    body = array.array("b", (round(number / scale) for number in one))
    return Packed(signs(one, mean), body.tobytes(), scale)


def unit(vector: Sequence[float]) -> list[float]:
    """The vector with the length one; raises ValueError for one that has none."""
    length = math.sqrt(math.fsum(number * number for number in vector))
    if not length or not math.isfinite(length):
        raise ValueError("a vector without a direction")
    return [number / length for number in vector]


def signs(vector: Sequence[float], mean: Sequence[float]) -> bytes:
    """The signs of what is left of it without the mean, a bit each."""
    less = zip(vector, mean, strict=True) if mean else ((number, 0.0) for number in vector)
    bits = "".join("1" if number > other else "0" for number, other in less)
    return int(bits or "0", 2).to_bytes(-(-len(vector) // 8), "big")


def unpacked(body: bytes, scale: float) -> list[float]:
    """The numbers of what was kept, nearly as they were."""
    return [number * scale for number in array.array("b", body)]


def mean(vectors: Iterable[Sequence[float]]) -> list[float]:
    """The mean of the vectors; empty for none."""
    total: list[float] = []
    count = 0
    for vector in vectors:
        total = list(map(operator.add, total, vector)) if total else list(vector)
        count += 1
    return [number / count for number in total]


def candidates(bits: int, stock: Sequence[int]) -> list[int]:
    """Where in the stock of signs those stand that may be nearest, in no order."""
    most = min(MOST, max(LEAST, int(len(stock) * SHARE)))
    distances = [(bits ^ one).bit_count() for one in stock]
    if len(distances) <= most:
        return list(range(len(distances)))
    # How far that reaches is guessed from some of them, which takes less than to put all in order.
    some = sorted(distances[:: len(distances) // SOME + 1])
    far = some[min(len(some) - 1, 3 * most * len(some) // len(distances) + 5)]
    near = [at for at, distance in enumerate(distances) if distance <= far]
    if len(near) < most:
        near = list(range(len(distances)))
    return sorted(near, key=distances.__getitem__)[:most]


def likeness(vector: Sequence[float]) -> Callable[[bytes, float], float]:
    """What says how like a vector that was kept is to this one of length one: 1.0 for the same."""
    # Whole numbers are multiplied in half the time, and say the same to the fourth place.
    whole = [round(number * WHOLE) for number in vector]

    def like(body: bytes, scale: float) -> float:
        found: int = sum(map(operator.mul, whole, array.array("b", body)))
        return found * scale / WHOLE

    return like
