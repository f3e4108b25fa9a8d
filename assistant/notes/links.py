"""``[[Title]]`` in Markdown source, outside code; ``[[Title|label]]`` and ``[[Title#heading]]`` too."""

import re
import unicodedata

from assistant.components.markdown import WIKI, wiki_title
from assistant.notes.source import prose

UNWRITABLE = re.compile(r"[\[\]|\s]+")


def found(text: str) -> set[str]:
    """The keys of the titles that the text links to."""
    if "[[" not in text:
        return set()
    return {key(wiki_title(link[1])) for link in WIKI.finditer(prose(text))} - {""}


def renamed(text: str, old: str, new: str) -> str:
    """The text with its links to the title ``old`` leading to ``new``; labels and headings stay."""
    wanted, written = key(old), UNWRITABLE.sub(" ", new).strip()
    pieces, at = [], 0
    for link in WIKI.finditer(prose(text)):
        title = wiki_title(link[1])
        if key(title) == wanted:
            pieces += [text[at : link.start(1)], written]
            at = link.start(1) + len(title)
    return "".join([*pieces, text[at:]])


def key(title: str) -> str:
    """A title as links compare it: without case, and without what cannot stand in a link."""
    return UNWRITABLE.sub(" ", unicodedata.normalize("NFC", title).casefold()).strip()
