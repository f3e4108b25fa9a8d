"""OpenDocument texts: paragraphs, headings, lists and tables of ``content.xml``."""

from collections.abc import Iterator
from typing import Any

from assistant.chat.documents.formats.packed import Packed
from assistant.chat.documents.formats.page_texts import in_parts

TEXT, TABLE = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}", "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}"
LEVEL, SPACES = f"{TEXT}outline-level", f"{TEXT}c"
DEEPEST, WIDEST = 6, 200  # levels of headings; spaces that one sign may stand for
SIGNS = {f"{TEXT}tab": "\t", f"{TEXT}line-break": "\n"}
# What is no part of the text itself: what was struck out, and what stands at the edge.
SILENT = {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{TEXT}note-citation"}


def parts(data: bytes) -> list[str]:
    """The text in parts."""
    root = Packed(data).xml("content.xml")
    return in_parts("\n\n".join(block for block in _blocks(root) if block.strip()))


def _blocks(at: Any) -> Iterator[str]:
    for one in at:
        if one.tag in SILENT:
            continue
        if one.tag == f"{TEXT}h":
            yield f"{'#' * min(DEEPEST, _number(one.get(LEVEL)))} {_words(one).strip()}"
        elif one.tag == f"{TEXT}p":
            yield _words(one)
        elif one.tag == f"{TEXT}list":
            yield "\n".join(_items(one, 0))
        elif one.tag == f"{TABLE}table":
            yield "\n".join(_rows(one))
        else:
            yield from _blocks(one)


def _items(at: Any, depth: int) -> Iterator[str]:
    for item in at:
        for one in item:
            if one.tag == f"{TEXT}list":
                yield from _items(one, depth + 1)
            else:
                yield f"{'  ' * depth}- {_words(one).strip()}"


def _rows(table: Any) -> Iterator[str]:
    for number, row in enumerate(table.iter(f"{TABLE}table-row")):
        cells = [" ".join(_words(cell).split()) for cell in row if cell.tag == f"{TABLE}table-cell"]
        yield f"| {' | '.join(cells)} |"
        if number == 0:
            yield f"|{' --- |' * len(cells)}"


def _words(at: Any) -> str:
    found = [at.text or ""]
    for one in at:
        if one.tag == f"{TEXT}s":
            found.append(" " * _number(one.get(SPACES)))
        elif one.tag in SIGNS:
            found.append(SIGNS[one.tag])
        elif one.tag == f"{TEXT}note":
            found.append(f" ({_words(one).strip()})")
        elif one.tag not in SILENT:
            found.append(_words(one))
        found.append(one.tail or "")
    return "".join(found)


def _number(said: str | None) -> int:
    return min(WIDEST, int(said)) if said and said.isascii() and said.isdigit() else 1
