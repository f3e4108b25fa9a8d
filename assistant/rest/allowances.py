"""How much one may ask of the API: so much a minute, refilled all the time; each instance counts by itself."""

import time
from dataclasses import dataclass

WINDOW = 60.0  # seconds
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

    def __init__(self, a_minute: int) -> None:
        """``a_minute`` requests are allowed to each key, four times as many to an address."""
        self._sizes = {"key": a_minute, "address": 4 * a_minute}
        self._left: dict[tuple[str, str], _Left] = {}

    def take(self, name: str, who: str) -> Allowance:
        """Counts a request of the asker, who is a ``key`` or an ``address``."""
        size, now = self._sizes[name], time.monotonic()
        if len(self._left) > KNOWN:
            self._left = {key: left for key, left in self._left.items() if now - left.at < WINDOW}
        left = self._left.setdefault((name, who), _Left(size, now))
        left.amount, left.at = min(size, left.amount + (now - left.at) * size / WINDOW), now
        wait = 0
        if left.amount >= 1:
            left.amount -= 1
        else:
            wait = max(1, round((1 - left.amount) * WINDOW / size + 0.5))
        refilled = round((size - left.amount) * WINDOW / size + 0.5)
        return Allowance(name, size, int(left.amount), refilled, wait)
