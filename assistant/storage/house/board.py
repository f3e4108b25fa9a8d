"""What each instance says of the work that it does, such as how far it is; all can show it, and ask for more."""

import asyncio
from collections.abc import Callable
from typing import Any

from assistant.storage.house.house import JOINED, House

Told = Callable[[str, Any], None]
TOLD_EVERY = 0.5  # seconds, how far a work is


class Board:
    """The works of one kind, by their keys; each is done by one instance, and what is said of it can be JSON."""

    def __init__(self, house: House | None, kind: str, *, heard: Told, asked: Told, orphaned: Told) -> None:
        """Without a ``house`` nobody else is told, nor heard.

        ``heard`` is what another instance says of its work, None once it is over; ``asked`` what another asks of a
        work of this one; ``orphaned`` what was said last of a work whose instance died.
        """
        self._house, self._kind = house, kind
        self._heard, self._asked, self._orphaned = heard, asked, orphaned
        self._own: dict[str, Any] = {}
        self._theirs: dict[str, tuple[str, Any]] = {}
        if house is not None and not house.alone:
            house.on(kind, self._hear)
            house.on(f"{kind} asked", lambda _by, what: self._asked(*what))
            house.on(JOINED, lambda by, _what: self._tell(by))
            house.on_gone(self._gone)

    def put(self, key: str, value: Any) -> None:
        """Says this of a work that is done here; None once it is over."""
        if self._house is None or self._house.alone:
            return
        if value is None:
            self._own.pop(key, None)
        else:
            self._own[key] = value
            self._theirs.pop(key, None)
        self._house.say(self._kind, [key, value])

    async def repeat(self, say: Callable[[], None]) -> None:
        """Has it said how far a work is, again and again until cancelled; ends at once where nobody else hears."""
        while self._house is not None and not self._house.alone:
            say()
            await asyncio.sleep(TOLD_EVERY)

    def ask(self, key: str, what: Any) -> None:
        """Asks this of whoever does that work elsewhere."""
        if self._house is not None and key in self._theirs:
            self._house.say(f"{self._kind} asked", [key, what], self._theirs[key][0])

    def has(self, key: str) -> bool:
        """Whether the work is done elsewhere."""
        return key in self._theirs

    def _tell(self, to: str) -> None:
        if self._house is not None:
            for key, value in self._own.items():
                self._house.say(self._kind, [key, value], to)

    def _hear(self, by: str, what: Any) -> None:
        key, value = what
        if value is not None:
            self._theirs[key] = (by, value)
        elif self._theirs.get(key, ("",))[0] == by:
            del self._theirs[key]
        else:
            return
        self._heard(key, value)

    def _gone(self, name: str) -> None:
        for key, (by, value) in list(self._theirs.items()):
            if by == name:
                del self._theirs[key]
                self._orphaned(key, value)
