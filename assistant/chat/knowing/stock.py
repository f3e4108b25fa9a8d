"""What there is to know, as other rooms hand it over; each function takes the user first and only reads."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.chat.knowing.sources import Given

Scope = Collection[int] | None  # ids of notes; None for all of them


@dataclass(frozen=True)
class Stock:
    """The notes. ``size`` says how many there are, and their characters where there are few of them.

    ``mean`` says what a question means, as ``find`` takes it; None where nothing could say so. ``titled`` are those
    whose titles begin with some words, ``tagged`` those with a tag or one below it.
    """

    mean: Callable[[str], Awaitable[Any]]
    fresh: Callable[[int], object]  # lets what was just written be found; a unit of work
    find: Callable[[int, str, Scope, int, Any], list[Given]]  # for a question, so many, the best first
    size: Callable[[int, Scope], tuple[int, int]]
    whole: Callable[[int, Scope], list[Given]]  # every passage, note after note
    titled: Callable[[int, str, int], list[tuple[int, str]]]
    tagged: Callable[[int, str], list[int]]
    tags: Callable[[int, str, int], list[str]]  # that begin so
    # Which of the messages mean what is asked: each with the number of its part, the nearest first.
    within: Callable[[Sequence[int], Any], list[tuple[int, int]]]
