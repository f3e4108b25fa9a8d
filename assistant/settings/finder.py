"""Finds settings by their words and by others that people use for them."""

from collections.abc import Iterable
from dataclasses import dataclass

from assistant.storage.text import fold


@dataclass(frozen=True)
class Entry:
    """Something that can be set: where it stands, and the words that lead to it."""

    section: str
    section_title: str
    name: str
    title: str
    words: str = ""

    @property
    def address(self) -> str:
        """Where it is shown."""
        return f"/settings/{self.section}?at={self.name}#{self.name}"


def find(entries: Iterable[Entry], typed: str) -> list[Entry]:
    """The entries in which each word that was typed begins a word; those that say it in their title come first."""
    wanted = fold(typed).split()
    if not wanted:
        return []
    ranked = [(rank, entry) for entry in entries if (rank := _rank(entry, wanted)) is not None]
    return [entry for _, entry in sorted(ranked, key=lambda found: found[0])]


def _rank(entry: Entry, wanted: list[str]) -> int | None:
    title, rest = _words(entry.title), _words(f"{entry.section_title} {entry.words}")
    missing = [word for word in wanted if not any(one.startswith(word) for one in title)]
    if any(not any(one.startswith(word) for one in rest) for word in missing):
        return None
    return len(missing)


def _words(text: str) -> list[str]:
    folded = fold(text)
    return "".join(sign if sign.isalnum() else " " for sign in folded).split() + folded.split()
