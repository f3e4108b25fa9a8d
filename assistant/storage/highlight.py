"""Shows in a text where the words stand that were typed, in whatever case and with whatever accents."""

import re
from collections.abc import Iterator

from markupsafe import Markup, escape

from assistant.storage.text import compose, fold, fold_composed, original
from assistant.storage.tokens import EDGES, literal

BEFORE, LENGTH = 60, 180  # characters of a snippet
LOOKED_AT = (20_000, 200_000)  # characters of a text: most hits stand early, and folding takes time


def highlight(text: str, words: str) -> Markup:
    """The text as safe HTML in which the words stand in <mark>."""
    text = compose(text)
    shown, at = Markup(), 0
    for start, end in _spans(text, words):
        shown += escape(text[at:start]) + Markup("<mark>{}</mark>").format(text[start:end])
        at = end
    return shown + escape(text[at:])


def snippet(text: str, words: str) -> Markup:
    """The part of the text around the first of the words, on one line; its beginning where there is none."""
    text, first = _first(text, words)
    start = text.find(" ", first - BEFORE, first) + 1 if first > BEFORE else 0
    end = text.rfind(" ", first, start + LENGTH) if len(text) > start + LENGTH else len(text)
    end = end if end > first else start + LENGTH
    return Markup("{}{}{}").format(
        "…" if start else "", highlight(text[start:end], words), "…" if end < len(text) else ""
    )


def _first(text: str, words: str) -> tuple[str, int]:
    """The text on one line, as far as it was looked at, and where the first of the words stands in it."""
    seen = ""
    for reach in LOOKED_AT:
        seen = compose(" ".join(text[:reach].split()))
        for start, _end in _spans(seen, words):
            return seen, start
        if len(text) <= reach:
            break
    return seen, 0


def has_words(text: str, words: str) -> bool:
    """Whether the text has all the words."""
    folded = fold(text)
    return all(word in folded for word in fold(words).split())


def _spans(text: str, words: str) -> Iterator[tuple[int, int]]:
    wanted = sorted(
        {literal(word) or word.strip(EDGES + ".") or word for word in fold(words).split()}, key=len, reverse=True
    )
    if not wanted:
        return
    last = 0
    for hit in re.finditer("|".join(map(_pattern, wanted)), fold_composed(text)):
        start, end = original(text, hit.start()), original(text, hit.end() - 1) + 1
        if start >= last:
            yield start, end
            last = end


def _pattern(word: str) -> str:
    """The word up to where it ends in the text; scripts without cases often have no spaces either."""
    return re.escape(word) + (r"[^\W_]*" if word[-1].upper() != word[-1] else "")
