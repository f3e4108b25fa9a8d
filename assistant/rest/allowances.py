"""How much one may ask of the API: so much a minute, refilled all the time.

Each instance counts in memory, and tells the others ten times a second what it has counted: a request waits for nobody.
"""

import asyncio
import time
from collections import Counter
from dataclasses import dataclass
from typing import Any

from assistant.storage.house.house import House

WINDOW = 60.0  # seconds
TOLD_AFTER = 0.1  # seconds
COUNTED = "requests counted"  # what others are told
KNOWN = 10_000  # askers that are remembered; the others have asked nothing for a minute


@dataclass(slots=True)
class _Left:
    amount: float
    at: float


@dataclass(frozen=True, slots=True)
class Allowance:
    """What is left for an asker: ``left`` of ``size``; ``refilled`` is in how many seconds all are back.

    ``wait`` is in how many seconds there is one again; 0 where this one passed.
    """

    name: str
    size: int
    left: int
    refilled: int
    wait: int

    @property
    def headers(self) -> dict[str, str]:
        """As programs are told, by the draft of the IETF."""
        return {
            "RateLimit-Policy": f'"{self.name}";q={self.size};w={int(WINDOW)}',
            "RateLimit": f'"{self.name}";r={self.left};t={self.refilled}',
        }


class Allowances:
    """What is left for whom."""

    def __init__(self, a_minute: int, house: House) -> None:
        """``a_minute`` requests are allowed to each key, four times as many to an address, in the whole house."""
        self._house, self._to_tell = house, Counter[tuple[str, str]]()
        house.on(COUNTED, self._heard)
        self._sizes = {"key": a_minute, "address": 4 * a_minute}
        self._left: dict[tuple[str, str], _Left] = {}

    def take(self, name: str, who: str) -> Allowance:
        """Counts a request of the asker, who is a ``key`` or an ``address``."""
        size, left = self._sizes[name], self._now(name, who)
        wait = 0
        if left.amount >= 1:
            left.amount -= 1
            self._count(name, who)
        else:
            wait = max(1, round((1 - left.amount) * WINDOW / size + 0.5))
        refilled = round((size - left.amount) * WINDOW / size + 0.5)
        return Allowance(name, size, max(0, int(left.amount)), refilled, wait)

    def _now(self, name: str, who: str) -> _Left:
        """What the asker has left at this moment."""
        size, now = self._sizes[name], time.monotonic()
        if len(self._left) > KNOWN:
            self._left = {key: left for key, left in self._left.items() if now - left.at < WINDOW}
        left = self._left.setdefault((name, who), _Left(size, now))
        left.amount, left.at = min(size, left.amount + (now - left.at) * size / WINDOW), now
        return left

    def _count(self, name: str, who: str) -> None:
        if self._house.alone:
            return
        if not self._to_tell:
            asyncio.get_running_loop().call_later(TOLD_AFTER, self._tell)
        self._to_tell[name, who] += 1

    def _tell(self) -> None:
        self._house.say(COUNTED, [[*asker, count] for asker, count in self._to_tell.items()])
        self._to_tell.clear()

    def _heard(self, _by: str, what: Any) -> None:
        for name, who, count in what:
            left = self._now(name, who)
            # Below nothing, but not far: what was let through elsewhere at the same moment counts later.
            left.amount = max(left.amount - count, -self._sizes[name])
