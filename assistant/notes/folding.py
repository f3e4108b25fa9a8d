"""Folds texts so that accents, case and width make no difference, and cuts them for the index."""

import re
import unicodedata

# Marks that people leave out when they search: Latin, Greek and Cyrillic accents, Hebrew points,
# Arabic vowels, variants of emoji. Vowel signs of other scripts are letters there and stay.
MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f]")

# Written without spaces between words, so that each character is a word of its own: kana, Han,
# Hangul, their rarer planes, and emoji.
SINGLES = re.compile(
    "[\u2600-\u27bf\u3005-\u3007\u3040-\u30ff\u3130-\u318f\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U0001f000-\U0001faff\U0001b000-\U0001b16f\U00020000-\U0003ffff]"
)
LETTERS = frozenset(("L", "N", "M"))
OTHERS = frozenset(("So", "Co", "Cn"))


class _Table(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        kind = unicodedata.category(character)
        if kind in {"Cc", "Cs", "Cf"}:
            folded = character if character in "\n\t" else " "
        else:
            loose = MARKS.sub("", unicodedata.normalize("NFKD", character))
            folded = unicodedata.normalize("NFC", loose.casefold())
        self[code] = folded
        return folded


_TABLE = _Table()


def composed(text: str) -> str:
    """The text with accents as part of their letters: the form that ``letters`` goes through."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def letters(text: str) -> str:
    """A composed text, folded character by character, so that the start of one folds to the start."""
    return text.translate(_TABLE)


def fold(text: str) -> str:
    """The text as it is compared when one searches: without case, accents and control characters."""
    return letters(composed(text))


def cut(folded: str) -> str:
    """A folded text for the index and its questions: characters that are words stand alone."""
    return folded if folded.isascii() else SINGLES.sub(r" \g<0> ", folded)


def ends_single(folded: str) -> bool:
    """Whether the last character is a word of its own, of which nothing can be the beginning."""
    return SINGLES.fullmatch(folded[-1:]) is not None


def has_words(folded: str) -> bool:
    """Whether the index would see a word in it."""
    return any(unicodedata.category(c)[0] in LETTERS or unicodedata.category(c) in OTHERS for c in folded)


def sort_key(title: str) -> str:
    """What the alphabet sorts a title by."""
    return " ".join(fold(title[:100]).split())


def original(text: str, position: int) -> int:
    """Where in a composed text the character stands that folded to ``position``."""
    low, high = 0, len(text)
    if len(letters(text[:position])) == position:
        return position
    while low < high:
        middle = (low + high) // 2
        if len(letters(text[: middle + 1])) <= position:
            low = middle + 1
        else:
            high = middle
    return low
