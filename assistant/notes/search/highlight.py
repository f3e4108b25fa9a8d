"""Shows where a note was hit: its text as safe HTML in which the hits stand in <mark>."""

import html
import re
from collections.abc import Iterable, Iterator

from assistant.notes.search.query import Term
from assistant.storage.text import compose, fold_composed, original

LOOKED_AT = (10_000, 200_000)  # characters of a text: most hits stand early, and folding takes time
BEFORE, LENGTH = 60, 200  # characters of a snippet


class Highlighter:
    """Marks what some terms match."""

    def __init__(self, terms: Iterable[Term]) -> None:
        patterns = [term.pattern.pattern for term in terms]
        self._pattern = re.compile("|".join(patterns)) if patterns else None

    def snippet(self, text: str) -> str:
        """The words around the first hit, marked; the beginning where there is none."""
        text, at = self._first(text)
        start = _word_after(text, at - BEFORE, at)
        end = _word_before(text, start + LENGTH, at)
        shown = self.highlight(text[start:end])
        return ("…" if text[:start].strip() else "") + shown + ("…" if text[end:].strip() else "")

    def highlight(self, text: str) -> str:
        """The whole of a composed text, marked, on one line."""
        pieces, at = [], 0
        for start, end in self._spans(text):
            pieces += [html.escape(text[at:start]), "<mark>", html.escape(text[start:end]), "</mark>"]
            at = end
        return " ".join("".join([*pieces, html.escape(text[at:])]).split())

    def _first(self, text: str) -> tuple[str, int]:
        seen = compose(text[: LOOKED_AT[0]])
        for reach in LOOKED_AT if self._pattern else ():
            seen = compose(text[:reach])
            if self._pattern and (hit := self._pattern.search(fold_composed(seen))):
                return seen, original(seen, hit.start())
            if len(text) <= reach:
                break
        return seen, 0

    def _spans(self, text: str) -> Iterator[tuple[int, int]]:
        if self._pattern is None:
            return
        last = 0
        for hit in self._pattern.finditer(fold_composed(text)):
            start, end = original(text, hit.start()), original(text, hit.end() - 1) + 1
            if start >= last:
                yield start, end
                last = end


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
