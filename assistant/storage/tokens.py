"""Where the indexes of texts see words in a folded text, and what else stands in it."""

import re
import unicodedata

from assistant.storage.text import fold

# Written without spaces between words, so that each character is a word of its own: kana, Han,
# Hangul, their rarer planes, and emoji.
SINGLES = re.compile(
    "[\u2600-\u27bf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001f000-\U0001faff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
# What only parts words or sentences, and is not looked for.
PLAIN = frozenset(" \t\n.,;:!?…'\"`()[]{}‘’‚“”„«»‹›-‐‑–—_/\\、。，！？：；「」『』（）【】")
EDGES = "".join(PLAIN - {"."})  # of what is typed; a dot before a word is part of it
DOT_BEFORE = re.compile(r"\.\w")  # as in .NET, and in the names of files
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
    return any(map(_seen, folded))


def literal(folded: str) -> str:
    """What of a folded word the index cannot tell and the text itself must have; empty where it tells all.

    That is so for signs such as those of ``c++`` and ``#``; what parts sentences is left out.
    """
    bare = folded.strip(EDGES).rstrip(".")
    if DOT_BEFORE.match(bare):
        return bare
    bare = bare.lstrip(".")
    return bare if any(not _seen(c) and c not in PLAIN and not c.isspace() for c in bare) else ""


def index_words(text: str) -> str:
    """The text as the indexes keep it: folded, and cut where characters are words of their own."""
    return cut(fold(text))


def _seen(character: str) -> bool:
    category = unicodedata.category(character)
    return category[0] in LETTERS or category in OTHERS
