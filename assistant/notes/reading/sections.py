"""The parts of a note that links name: what stands under a heading, or a block that ends with ``^name``."""

import re

from assistant.components.markdown.outline import outline
from assistant.components.markdown.titles import HEADING_ID
from assistant.notes import front_matter

BLOCK_END = r"(?:^|[ \t])\^{}[ \t]*$"
EMPTY = re.compile(r"\s*")
LIST_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]")


def section(text: str, part: str) -> str | None:
    """What stands under the heading, with it, or in the block of that name; None where there is none.

    ``part`` is said as ``titles.part_of`` says it.
    """
    lines = front_matter.split(text)[1].split("\n")
    found = _lines(lines, part)
    return None if found is None else "\n".join(lines[found.start : found.stop])


def begins(text: str, part: str, passage: str) -> int | None:
    """Where that part of the text begins, or the passage with these first words; None where there is none of it."""
    if part:
        return place(text, part)
    at = text.find(passage) if passage else -1
    return at if at >= 0 else None


def place(text: str, part: str) -> int | None:
    """Where that part of the text begins, in characters; None where there is none."""
    body = front_matter.split(text)[1]
    lines = body.split("\n")
    found = _lines(lines, part)
    return None if found is None else len(text) - len(body) + sum(len(line) + 1 for line in lines[: found.start])


def _lines(lines: list[str], part: str) -> range | None:
    if part.startswith("^"):
        return _block(lines, part[1:])
    headings = outline("\n".join(lines))
    for number, heading in enumerate(headings):
        if heading.id == HEADING_ID + part:
            after = (other.line for other in headings[number + 1 :] if other.level <= heading.level)
            return range(heading.line, next(after, len(lines)))
    return None


def _block(lines: list[str], name: str) -> range | None:
    ends = re.compile(BLOCK_END.format(re.escape(name)))
    end = next((number for number, line in enumerate(lines) if ends.search(line)), None)
    if end is None:
        return None
    start = end
    if lines[end].strip() == f"^{name}":  # it names what stands above
        while start and EMPTY.fullmatch(lines[start - 1]):
            start -= 1
    while start and not EMPTY.fullmatch(lines[start - 1]) and not LIST_ITEM.match(lines[start]):
        start -= 1
    return range(start, end + 1)
