"""The headings of a text, by which it is cut into parts."""

from typing import NamedTuple

from assistant.components.markdown.parser import parser


class Heading(NamedTuple):
    """A heading: in which line it begins, from 0, how deep it is, and by what an address names it."""

    line: int
    level: int
    id: str


def outline(text: str) -> list[Heading]:
    """The headings of a note's text, in order."""
    try:
        tokens = parser(notes=True).parse(text)
    except RecursionError:
        return []
    return [
        Heading(token.map[0], int(token.tag[1:]), str(token.attrGet("id") or ""))
        for token in tokens
        if token.type == "heading_open" and token.map
    ]
