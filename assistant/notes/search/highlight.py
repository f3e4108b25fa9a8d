"""Shows where a note was hit: its text as safe HTML in which the hits stand in <mark>."""

import html
import re
from collections.abc import Iterable, Iterator

from assistant.notes.markdown_source import plain
from assistant.notes.search.query import Term
from assistant.storage.text import compose, fold_composed, original

LOOKED_AT = (10_000, 200_000)  # characters of a text: most hits stand early, and folding takes time
BEFORE, LENGTH = 60, 200  # characters of a snippet
ESCAPED = re.compile("[&<>\"']")  # as most texts have none of
AROUND = 300  # characters before a hit that are read for its snippet, and twice as many after it


class Highlighter:
    """Marks what some terms match."""

    def __init__(self, terms: Iterable[Term]) -> None:
        some = list(terms)
        self._pattern = re.compile("|".join(term.pattern.pattern for term in some)) if some else None
        self._beginnings = [term.beginning for term in some]

    def snippet(self, text: str, title: str = "") -> str:
        """The words around the first hit, marked, without Markdown's own marks; the beginning where there is none.

        The line that is the ``title`` already is left out, unless the only hit is in it.
        """
        text, at = self._first(text)
        for left_out in (title, ""):
            before, words, after = _plain_around(text, at, left_out)
            hit = self._search(fold_composed(words))
            if hit or not self._pattern:
                return self._cut(words, original(words, hit.start()) if hit else 0, before, after)
        return self._cut(text, at)  # it stands in an address, or in what only marks

    def _cut(self, words: str, at: int, before: str = "", after: str = "") -> str:
        start = _word_after(words, at - BEFORE, at)
        end = _word_before(words, start + LENGTH, at)
        cut_before, cut_after = before.strip() or words[:start].strip(), after.strip() or words[end:].strip()
        return ("…" if cut_before else "") + self.highlight(words[start:end]) + ("…" if cut_after else "")

    def highlight(self, text: str) -> str:
        """The whole of a composed text, marked, on one line."""
        pieces, at = [], 0
        escape = html.escape if ESCAPED.search(text) else str
        for start, end in self._spans(text):
            pieces += [escape(text[at:start]), "<mark>", escape(text[start:end]), "</mark>"]
            at = end
        return " ".join("".join([*pieces, escape(text[at:])]).split())

    def _begins(self, folded: str) -> bool:
        """Whether there can be a hit at all."""
        return any(beginning in folded for beginning in self._beginnings)

    def _search(self, folded: str) -> re.Match[str] | None:
        return self._pattern.search(folded) if self._pattern and self._begins(folded) else None

    def _first(self, text: str) -> tuple[str, int]:
        seen = compose(text[: LOOKED_AT[0]])
        for reach in LOOKED_AT if self._pattern else ():
            seen = compose(text[:reach])
            if hit := self._search(fold_composed(seen)):
                return seen, original(seen, hit.start())
            if len(text) <= reach:
                break
        return seen, 0

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        folded, last, ascii_alone = fold_composed(text), 0, text.isascii()
        for hit in self._pattern.finditer(folded) if self._pattern and self._begins(folded) else ():
            if ascii_alone:  # each character folds to one
                yield hit.span()
                continue
            start, end = original(text, hit.start()), original(text, hit.end() - 1) + 1
            if start >= last:
                yield start, end
                last = end


def _plain_around(text: str, at: int, title: str) -> tuple[str, str, str]:
    """What stands before the lines around the hit, their words without the title, and what comes after."""
    start = max(0, text.rfind("\n", 0, max(0, at - BEFORE)) + 1, at - AROUND)
    end = text.find("\n", at + LENGTH)
    end = min(at + 2 * AROUND, len(text) if end < 0 else end)
    lines = [plain(line) for line in text[start:end].split("\n")]
    before = text[:start]
    before = "" if plain(before.strip()) == title else before
    return before, " ".join(line for line in lines if line and line != title), text[end:]


def _word_after(text: str, start: int, at: int) -> int:
    if start <= 0:
        return 0
    space = re.compile(r"\s").search(text, start, at)
    return space.end() if space else start


def _word_before(text: str, end: int, at: int) -> int:
    if end >= len(text):
        return len(text)
    spaces = [found.start() for found in re.compile(r"\s").finditer(text, max(at, end - BEFORE), end)]
    return spaces[-1] if spaces else end
