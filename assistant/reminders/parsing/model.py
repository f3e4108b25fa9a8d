"""What the reading of a sentence passes on: tokens, expressions, and at the end what was understood."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Values = tuple[int, ...]
Span = tuple[int, int]
ProblemKind = Literal["past", "ambiguous", "impossible", "unknown_zone", "too_long", "no_text"]

STOPPING = frozenset({"past", "impossible", "no_text", "too_long", "unknown_zone"})  # with these nothing is stored


@dataclass(frozen=True, slots=True)
class Instead:
    """The other of two things that a sentence could mean: the sentence that says it, and its ``words`` for that."""

    sentence: str
    words: str


@dataclass(frozen=True, slots=True)
class Problem:
    """What cannot be as it was said, or what was assumed, in a short sentence.

    ``instead`` is there where there are two things that it could mean.
    """

    kind: ProblemKind
    sentence: str
    instead: Instead | None = None


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a sentence means; ``local`` is naive wall-clock time in ``zone``.

    The zone is UTC where the time from now that was said ends the second time that clocks show an hour.
    """

    text: str
    local: datetime | None
    zone: str
    rule: str = ""
    after_done: str = ""
    leads: tuple[int, ...] = (0,)
    spans: tuple[Span, ...] = ()
    problems: tuple[Problem, ...] = ()
    language: str = "en"
    priority: int = 0
    tags: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """A word, number or sign of the sentence, with all it can mean by category."""

    text: str
    start: int
    end: int
    categories: Mapping[str, Values]


@dataclass(frozen=True, slots=True)
class Expression:
    """Neighbouring tokens that say one thing about time; ``strength`` is how surely they do."""

    kind: str
    strength: int
    first: int
    after: int
    items: tuple[tuple[str, Values], ...]

    def all(self, *categories: str) -> Iterator[Values]:
        """The values of these categories in the order they were said."""
        return (values for category, values in self.items if category in categories)

    def one(self, *categories: str) -> Values | None:
        """The first value of these categories."""
        return next(self.all(*categories), None)

    def has(self, *categories: str) -> bool:
        """Whether one of these categories was said."""
        return self.one(*categories) is not None
