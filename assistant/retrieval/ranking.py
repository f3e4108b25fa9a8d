"""Which passages fit a question best: by any of its words, the rare ones counting most."""

import math
from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from assistant.retrieval.questions import WORD, Sought, sought
from assistant.storage.tokens import index_words

T = TypeVar("T", bound=Hashable)
SATURATION, LENGTH = 1.2, 0.5  # as BM25 names them k1 and b
K = 10  # of reciprocal ranks
TELLING = 0.3  # of what was looked for; what has less of it says nothing beside what means it


@dataclass(frozen=True, slots=True)
class Ranked:
    """The passage at this place of those that were given; ``share`` of what was looked for stands in it (0 to 1)."""

    at: int
    score: float
    share: float


def best(question: str, texts: Sequence[str], limit: int) -> list[Ranked]:
    """The texts that fit the question, best first; those that have none of its words are left out."""
    return ranked(sought(question), texts)[:limit]


def ranked(
    wanted: Sequence[Sought], texts: Sequence[str], known: Mapping[Sought, int] | None = None, total: int = 0
) -> list[Ranked]:
    """As ``best``. ``known`` says in how many of ``total`` passages each word stands, where these are only some."""
    counted = [Counter(WORD.findall(index_words(text))) for text in texts]
    hits = [[_hits(one, words) for one in wanted] for words in counted]
    total = total or len(texts)
    known = known or {one: sum(bool(row[at]) for row in hits) for at, one in enumerate(wanted)}
    weights = [rarity(known.get(one, 0), total) for one in wanted]
    lengths = [sum(words.values()) for words in counted]
    usual = max(1.0, sum(lengths) / max(1, len(lengths)))
    found = []
    for at, row in enumerate(hits):
        slow = SATURATION * (1 - LENGTH + LENGTH * lengths[at] / usual)
        score = sum(w * hit * (SATURATION + 1) / (hit + slow) for w, hit in zip(weights, row, strict=True) if hit)
        if score:
            share = sum(w for w, hit in zip(weights, row, strict=True) if hit) / sum(weights)
            # Of two that say the same often, the one that says more of what was asked.
            found.append(Ranked(at, score * (0.5 + share), share))
    return sorted(found, key=lambda one: -one.score)


def rarity(count: int, total: int) -> float:
    """How much a word counts that stands in so many of all."""
    return math.log(1 + (max(total, count) - count + 0.5) / (count + 0.5))


def fused(rankings: Sequence[tuple[Sequence[T], float]]) -> list[T]:
    """Several rankings as one; each counts by its weight, and a place in it by the reciprocal of its rank."""
    scores: dict[T, float] = {}
    for order, weight in rankings:
        for rank, one in enumerate(order):
            scores[one] = scores.get(one, 0.0) + weight / (K + rank + 1)
    return sorted(scores, key=lambda one: -scores[one])


def both(words: Sequence[tuple[T, float]], near: Sequence[T]) -> list[T]:
    """What has the words, each with its share of them, and what means it, as one ranking.

    The words count little where few of them were found.
    """
    telling = [(one, share) for one, share in words if share >= TELLING or not near]
    share = telling[0][1] if telling else 0.0
    return fused([([one for one, _ in telling], min(1.0, 2 * share)), (near, 1.0)])


def _hits(one: Sought, words: Counter[str]) -> float:
    if not one.prefix:
        return float(words.get(one.stem, 0))
    return sum(one.fits(word) * count for word, count in words.items() if word.startswith(one.stem))
