"""Links between files of an archive whose names change as they come in."""

import posixpath
import re
from collections.abc import Callable
from urllib.parse import quote, unquote

from assistant.notes.links import written
from assistant.notes.markdown_source import prose

LEADS = re.compile(rf"(?<!!)\[[^\[\]\n]{{0,1000}}\]\({written.TARGET}[^()\n]{{0,500}}\)")


def relinked(text: str, home: str, find: Callable[[str], str], label: Callable[[str], str] | None = None) -> str:
    """The text of a note at ``home``, with links leading to the paths that ``find`` gives for what they name.

    Where it gives none, the link stays. ``label`` gives words for a path to links without any.
    """
    if "](" not in text:
        return text
    pieces, at = [], 0
    for link in LEADS.finditer(prose(text)):
        target = link[1].strip("<>")
        path, sign, part = target.partition("#")
        there = find(unquote(path)) if path else ""
        if there:
            words = label(there) if label and link[0].startswith("[]") else ""
            begun = f"[{words}](" if words else text[link.start() : link.start(1)]
            pieces += [text[at : link.start()], begun, address(home, there) + sign + part]
            at = link.end(1)
    return "".join([*pieces, text[at:]])


def is_file(target: str) -> bool:
    """Whether an address may be that of a file beside the one that has it."""
    return not written.SCHEME.match(target)


def address(home: str, there: str) -> str:
    """How a file leads to another."""
    return quote(posixpath.relpath(there, posixpath.dirname(home) or "."), safe="/")
