"""The kinds of what a person has, handed in by the rooms."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

PIECE = 100  # rows that are deleted at once: others wait for no more


@dataclass(frozen=True)
class Kind:
    """One of them: its name, what to call so many, how much there is, and how it is deleted.

    ``kept`` tells a user's number and bytes; ``delete_some`` deletes so many for good, and says how many it found;
    ``prepare`` is awaited before.
    """

    name: str
    one: str
    many: str
    kept: Callable[[int], tuple[int, int]]
    delete_some: Callable[[int, int], int]
    prepare: Callable[[int], Awaitable[None]] | None = None

    def count(self, number: int) -> str:
        """So many of them, in words."""
        return f"{number:,} {self.one if number == 1 else self.many}"
