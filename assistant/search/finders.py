"""What a room hands in to be searched, and what is found there."""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

NOTHING = Markup()


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that was found; title and snippet are safe HTML in which the words stand in <mark>.

    ``named`` says that the words stand in its title; ``about`` is plain text that stands beside it.
    """

    address: str
    title: Markup
    snippet: Markup = NOTHING
    when: datetime | None = None
    named: bool = False
    about: str = ""


@dataclass(frozen=True, slots=True)
class Finder:
    """Finds things of one kind, which has a ``name`` for addresses (and its icon) and one in ``words``.

    ``find`` takes the user, what was typed and how many at most, and returns the best first; for no words, what
    ``latest`` names. It is a unit of work that only reads.
    """

    name: str
    words: str
    icon: str
    find: Callable[[int, str, int], list[Hit]]
    latest: str = ""


def beside(near: Iterable[Hit], hits: Iterable[Hit]) -> list[Hit]:
    """Those that are near in meaning without what the other hits lead to already, at whatever passage."""
    known = {hit.address for hit in hits}
    return [hit for hit in near if hit.address.partition("?passage=")[0] not in known]


# Finds for the user what means nearly what was typed, so many at most, the nearest first; nothing where nobody can say.
Nearest = Callable[[int, str, int], Awaitable[list[Hit]]]
