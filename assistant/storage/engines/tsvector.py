"""Words and phrases, as PostgreSQL's full-text index takes them.

They are folded and cut here: its own parser depends on the locale, and takes addresses and numbers for one word. A
vector has limits, within which long texts are found all the same: see ``FREQUENT``.
"""

import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import accumulate, chain, pairwise, repeat

from assistant.storage.tokens import SINGLES

LONGEST = 500  # characters of a word that count
POSITIONS, TIMES = 16_383, 255  # the last place that a vector knows, and so many places of one word
LARGEST = 900_000  # bytes of a vector; words that are met for the first time beyond it are not found
OWNER = "\x01"  # before whose text it is, which is a word too: the index itself keeps people apart
# Before a word not all of whose places are known. A phrase with it is taken for there where all its words are and,
# of characters that are words, each two that must be neighbours.
FREQUENT = "\x02"
TOGETHER = 64  # words of a phrase that are asked for; the rest of one that is longer is taken for there
GAP = 2  # places between two parts, over which no phrase reaches
KINDS, OTHERS = frozenset("LNM"), frozenset(("So", "Co", "Cn"))


class _Table(dict[int, str]):
    """What the index sees of each character: a part of a word, or none."""

    def __missing__(self, code: int) -> str:
        kind = unicodedata.category(chr(code))
        self[code] = seen = chr(code) if kind[0] in KINDS or kind in OTHERS else " "
        return seen


_TABLE = _Table()


def words(cut: str) -> list[str]:
    """The words of a text that was folded and cut."""
    found = cut.translate(_TABLE).split()
    return found if max(map(len, found), default=0) <= LONGEST else [word[:LONGEST] for word in found]


def vector(owner: int, parts: Iterable[tuple[str, str]]) -> str:
    """The literal of the vector of that person's text; each part is a weight (A to D) and what is cut from it."""
    found = [(weight, words(text)) for weight, text in parts]
    begins = list(accumulate((max(0, len(some) - 1) + GAP for _, some in found), initial=1))
    places = defaultdict[str, list[str]](list)
    for at, (weight, some) in zip(begins, found, strict=False):
        names = _places(weight)
        for word, place in zip(some, chain(names[at : at + len(some)], repeat(names[-1])), strict=False):
            places[word].append(place)
    kept = _fitting(places)
    beyond = set[str]().union(
        *(some[max(0, POSITIONS + 1 - at) :] for at, (_, some) in zip(begins, found, strict=False))
    )
    frequent = {word for word, known in kept.items() if len(known) > TIMES or word in beyond}
    marks = _marks(frequent, [some for _, some in found])
    written = [f"'{word}':{','.join(known[:TIMES])}" for word, known in kept.items()]
    return " ".join([f"'{OWNER}{owner}'", *written, *(f"'{mark}'" for mark in marks)])


@cache
def _places(weight: str) -> list[str]:
    """The places of a vector, by their numbers, as they are written."""
    return [f"{at}{weight}" for at in range(POSITIONS + 1)]


def _fitting(places: dict[str, list[str]]) -> dict[str, list[str]]:
    """As many words as a vector holds, those that came first."""
    if 12 * sum(map(len, places)) < LARGEST:  # no word is empty, and no character has more than four bytes
        return places
    sizes = accumulate(8 + len(word.encode()) for word in places)
    return {word: known for (word, known), size in zip(places.items(), sizes, strict=True) if size <= LARGEST}


def phrase(cut: str, *, prefix: bool = False, weight: str = "") -> str:
    """The query for words that stand together, the last of them as a beginning with ``prefix``."""
    found = words(cut)
    prefix, found = prefix and len(found) <= TOGETHER, found[:TOGETHER]
    parts = [f"'{word}'" + (f":{weight}" if weight else "") for word in found]
    marks = [f"'{FREQUENT}{word}'" for word in found]
    if prefix:
        parts[-1], marks[-1] = f"'{found[-1]}':*{weight}", f"{marks[-1]}:*"
    if len(parts) == 1:
        return parts[0]
    near, some = " <-> ".join(parts), " | ".join(dict.fromkeys(marks))
    pairs = [f"({_beside(*pair)})" for pair in dict.fromkeys(pairwise(found)) if _are_single(*pair)]
    return f"(({near}) | ({' & '.join([*parts, f'({some})', *pairs])}))"


def query(owner: int, wanted: Iterable[str], without: Iterable[str] = ()) -> str:
    """The query for all that is wanted of a person's texts, and for nothing of the others."""
    return " & ".join([f"'{OWNER}{owner}'", *wanted, *(f"!({one})" for one in without)])


def _marks(frequent: set[str], parts: list[list[str]]) -> Iterator[str]:
    yield from (f"{FREQUENT}{word}" for word in frequent)
    if any(map(SINGLES.fullmatch, frequent)):
        for part in parts:
            yield from {a + b for a, b in pairwise(part) if _are_single(a, b) and (a in frequent or b in frequent)}


def _are_single(first: str, second: str) -> bool:
    return bool(SINGLES.fullmatch(first) and SINGLES.fullmatch(second))


def _beside(first: str, second: str) -> str:
    """That two stand together: as places say, or by the pair that is noted where these are not known."""
    return f"'{first}' <-> '{second}' | '{first}{second}'"
