"""What is read of a file: a text for each page, or a text without pages in parts."""

from collections.abc import Callable, Iterable

PAGES = 500
CHARACTERS = 2_000_000
PART = 4000  # characters of a part, so that the longest text has as many parts as a document may have pages
Progress = Callable[[int, int], None]  # hears how many pages of how many are read


class UnreadableError(Exception):
    """The file is not read; the message says why, for people."""


def check_count(pages: int) -> None:
    """Raises UnreadableError for more pages than are read."""
    if pages > PAGES:
        raise UnreadableError(f"This has {pages:,} pages; at most {PAGES} are read. Send the part that you ask about.")


def check_length(characters: int) -> None:
    """Raises UnreadableError for more text than is read."""
    if characters > CHARACTERS:
        raise UnreadableError("This has more than 2 million characters. Send the part that you ask about.")


def in_parts(text: str) -> list[str]:
    """The text in parts, which end between paragraphs where that is possible, else between lines or words."""
    check_length(len(text))
    parts: list[str] = []
    rest = text.strip()
    while len(rest) > PART:
        cut = next((at for sign in ("\n\n", "\n", " ") if (at := rest.rfind(sign, PART // 2, PART)) > 0), PART)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip("\n ")
    return [*parts, rest] if rest or not parts else parts


def chapters_in_parts(texts: Iterable[str]) -> list[str]:
    """Texts in parts; each begins one of its own."""
    parts: list[str] = []
    length = 0
    for text in texts:
        length += len(text)
        check_length(length)
        parts += in_parts(text) if text.strip() else []
    return parts or [""]
