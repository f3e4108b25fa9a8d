"""How what one instance says comes to the others: at once, in order, and lost where nobody listens."""

from collections.abc import Callable, Sequence
from typing import Protocol

Said = tuple[str, str]  # on which channel, and what


class WireLostError(Exception):
    """The service that carries it cannot be reached, or no longer."""


class Wire(Protocol):
    """A way to carry it."""

    shown: str  # what carries it, without a password

    async def listen(self, channels: Sequence[str], heard: Callable[[str], None], renewed: Callable[[], None]) -> None:
        """Hands on what is said on the channels; ``renewed`` says that from here on nothing is missed.

        Raises WireLostError.
        """

    async def say(self, said: Sequence[Said]) -> None:
        """Says it, in this order. Raises WireLostError, and then some of it may have been heard."""

    async def close(self) -> None:
        """Lets go of what it has."""
