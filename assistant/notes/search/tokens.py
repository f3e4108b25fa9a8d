"""Where the index sees words in a folded text."""

import re
import unicodedata

# Written without spaces between words, so that each character is a word of its own: kana, Han,
# Hangul, their rarer planes, and emoji.
SINGLES = re.compile(
    "[\u2600-\u27bf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001f000-\U0001faff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
LETTERS = frozenset(("L", "N", "M"))
OTHERS = frozenset(("So", "Co", "Cn"))


def cut(folded: str) -> str:
    """A folded text for the index and its questions: characters that are words stand alone."""
    return folded if folded.isascii() else SINGLES.sub(r" \g<0> ", folded)


def ends_single(folded: str) -> bool:
    """Whether the last character is a word of its own, of which nothing can be the beginning."""
    return SINGLES.fullmatch(folded[-1:]) is not None


def has_words(folded: str) -> bool:
    """Whether the index would see a word in it."""
    return any(unicodedata.category(c)[0] in LETTERS or unicodedata.category(c) in OTHERS for c in folded)
