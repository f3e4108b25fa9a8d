"""Text as the database keeps it, and as it is compared when one searches and sorts."""

import re
import unicodedata

from assistant.errors import Invalid
from assistant.text import mend_surrogates

# Marks that people leave out when they search: Latin, Greek and Cyrillic accents, Hebrew points,
# Arabic vowels, variants of emoji. Vowel signs of other scripts are letters there and stay.
MARKS = re.compile("[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe2f]")


def check_fits(text: str, most: int) -> None:
    """Raises Invalid (field text) for a text of more than so many characters."""
    if len(text) > most:
        raise Invalid(f"This has {len(text):,} characters; {most:,} fit.", field="text")


def clean(text: str) -> str:
    """The text as it can be stored: one kind of line end, no NUL, no half characters."""
    if text.isascii() and "\r" not in text and "\x00" not in text:
        return text
    return mend_surrogates(text).replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


def one_line(text: str) -> str:
    """The text as it can be stored, on one line and without spaces around it."""
    return " ".join(clean(text).split())


def fold(text: str) -> str:
    """The text as it is searched: without differences of case, accents, width and control characters."""
    # The same for most titles and words, in a fiftieth of the time.
    return text.lower() if text.isascii() and text.isprintable() else fold_composed(compose(text))


def fold_case(text: str) -> str:
    """The text as names are compared: without differences of case, with its accents."""
    return unicodedata.normalize("NFC", text).casefold()


def compose(text: str) -> str:
    """The text with accents as part of their letters, the form that ``fold_composed`` takes."""
    return text if text.isascii() else unicodedata.normalize("NFC", text)


def fold_composed(text: str) -> str:
    """A composed text, folded character by character, so that the start of one folds to the start."""
    return text.translate(_TABLE)


def original(text: str, position: int) -> int:
    """Where in a composed text the character stands that folded to ``position``."""
    if text.isascii():  # each character folds to one
        return position
    low, high = 0, len(text)
    # A mark that stands alone folds to nothing: the place is that of the next character.
    if len(fold_composed(text[:position])) == position and fold_composed(text[position : position + 1]):
        return position
    while low < high:
        middle = (low + high) // 2
        if len(fold_composed(text[: middle + 1])) <= position:
            low = middle + 1
        else:
            high = middle
    return low


def sort_key(title: str) -> str:
    """What the alphabet sorts a title by."""
    return " ".join(fold(title[:100]).split())


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
