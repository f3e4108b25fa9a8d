"""Three-way merge of texts by lines, and the comparison of two texts that it rests on."""

from array import array
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

EXACT = 40_000  # comparisons of lines that repeat, in one place and
EXACT_ALL = 1_000_000  # in all; what would take more counts as rewritten

Lines = Sequence[str]
Block = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Hunk:
    """The base's lines from ``start`` up to ``end`` became ``lines``."""

    start: int
    end: int
    lines: tuple[str, ...]


def merge(base: str, mine: str, theirs: str) -> str | None:
    """Both sides' changes in one text; None where they overlap or touch, unless they are the same."""
    if mine in {theirs, base}:
        return theirs
    if theirs == base:
        return mine
    old = base.split("\n")
    both = {*hunks(old, mine.split("\n")), *hunks(old, theirs.split("\n"))}
    ordered = sorted(both, key=lambda hunk: (hunk.start, hunk.end))
    if any(after.start <= before.end for before, after in pairwise(ordered)):
        return None
    lines, at = [], 0
    for hunk in ordered:
        lines += [*old[at : hunk.start], *hunk.lines]
        at = hunk.end
    return "\n".join([*lines, *old[at:]])


def hunks(old: Lines, new: Lines) -> list[Hunk]:
    """What changed between two lists of lines, in order."""
    changes, i, j = [], 0, 0
    for start, other, length in [*blocks(old, new), (len(old), len(new), 0)]:
        if start > i or other > j:
            changes.append(Hunk(i, start, tuple(new[j:other])))
        i, j = start + length, other + length
    return changes


def blocks(old: Lines, new: Lines) -> list[Block]:
    """Runs of lines that both have, in order, each as (place in old, place in new, length).

    Lines that occur once in each are matched first and split the rest, which is matched the same
    way; what is left without such a line is compared exactly when it is short.
    """
    pairs: list[tuple[int, int]] = []
    allowance = EXACT_ALL
    todo = [(0, len(old), 0, len(new))]
    while todo:
        i, i_end, j, j_end = todo.pop()
        while i < i_end and j < j_end and old[i] == new[j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        while i < i_end and j < j_end and old[i_end - 1] == new[j_end - 1]:
            i_end, j_end = i_end - 1, j_end - 1
            pairs.append((i_end, j_end))
        if i == i_end or j == j_end:
            continue
        anchors = _anchors(old, new, (i, i_end, j, j_end))
        size = (i_end - i) * (j_end - j)
        if not anchors and size <= min(EXACT, allowance):
            allowance -= size
            pairs += _exact(old, new, (i, i_end, j, j_end))
        if not anchors:
            continue
        pairs += anchors
        edges = [(i - 1, j - 1), *anchors, (i_end, j_end)]
        todo += [(a + 1, c, b + 1, d) for (a, b), (c, d) in pairwise(edges)]
    return list(_runs(sorted(pairs)))


def _anchors(old: Lines, new: Lines, span: tuple[int, int, int, int]) -> list[tuple[int, int]]:
    i, i_end, j, j_end = span
    counts, others = Counter(old[i:i_end]), Counter(new[j:j_end])
    once = {new[at]: at for at in range(j, j_end) if others[new[at]] == 1}
    pairs = [(at, once[old[at]]) for at in range(i, i_end) if counts[old[at]] == 1 and old[at] in once]
    # The longest run of pairs in which both places grow (patience sorting).
    tops: list[int] = []
    chain: list[int] = []
    before: list[int] = []
    for number, (_, place) in enumerate(pairs):
        pile = bisect_left(tops, place)
        before.append(chain[pile - 1] if pile else -1)
        tops[pile : pile + 1] = [place]
        chain[pile : pile + 1] = [number]
    kept = []
    at = chain[-1] if chain else -1
    while at >= 0:
        kept.append(pairs[at])
        at = before[at]
    return kept[::-1]


def _exact(old: Lines, new: Lines, span: tuple[int, int, int, int]) -> Iterator[tuple[int, int]]:
    i, i_end, j, j_end = span
    rows, columns = i_end - i, j_end - j
    # longest[a][b]: how many lines match between old[i + a:] and new[j + b:]
    longest = [array("H", bytes(2 * (columns + 1))) for _ in range(rows + 1)]
    for a in range(rows - 1, -1, -1):
        for b in range(columns - 1, -1, -1):
            same = old[i + a] == new[j + b]
            longest[a][b] = longest[a + 1][b + 1] + 1 if same else max(longest[a + 1][b], longest[a][b + 1])
    a = b = 0
    while a < rows and b < columns:
        if old[i + a] == new[j + b]:
            yield i + a, j + b
            a, b = a + 1, b + 1
        elif longest[a + 1][b] >= longest[a][b + 1]:
            a += 1
        else:
            b += 1


def _runs(pairs: list[tuple[int, int]]) -> Iterator[Block]:
    start = 0
    for at in range(1, len(pairs) + 1):
        if at == len(pairs) or pairs[at] != (pairs[at - 1][0] + 1, pairs[at - 1][1] + 1):
            yield *pairs[start], at - start
            start = at
