"""A text cut into passages: at headings and paragraphs, each so long that it says something by itself."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass

CUTTER = 1  # changes with how texts are cut
LEAST, MOST = 600, 1200  # characters of a passage
LARGEST = 6000  # characters of a table, or of code, that stays whole
BETWEEN = " › "  # headings of a place
HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*?)[ \t#]*$")
FENCE = re.compile(r" {0,3}(`{3,}|~{3,})")
ROW = re.compile(r"\s*\|")
SIGNS = re.compile(r"[*_`~\[\]]+")
SENTENCE = re.compile(r"(?<=[.!?…:;])\s+|\n+")


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a text: the headings above it, its words, and where it begins, in characters.

    ``digest`` is the same wherever title, place and words are the same.
    """

    place: str
    text: str
    start: int
    digest: str


@dataclass(frozen=True, slots=True)
class _Block:
    start: int
    end: int
    path: tuple[str, ...]
    kind: str  # heading, text, or whole for what is not cut


def split(title: str, text: str) -> list[Passage]:
    """The passages of the text, in order; together they hold all that is written in it."""
    found: list[Passage] = []
    for start, end, path in _packed(text):
        words = text[start:end].strip()
        if words:
            begin = start + text[start:end].index(words[0])
            place = BETWEEN.join(path)
            found.append(Passage(place, words, begin, digest(title, place, words)))
    return found


def whole(title: str, place: str, text: str) -> str:
    """The passage with its title and its place in front, as it is looked for."""
    head = BETWEEN.join(filter(None, (title, place)))
    return f"{head}\n{text}" if head else text


def digest(title: str, place: str, text: str) -> str:
    """What tells the passage from every other."""
    return hashlib.blake2b(whole(title, place, text).encode("utf-8", "replace"), digest_size=16).hexdigest()


def _packed(text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Where passages begin and end: as many blocks as there is room for; a section that is long stands alone."""
    open_at, end, only_heading = -1, -1, False
    path: tuple[str, ...] = ()
    for block in _blocks(text):
        for start, stop in _cut(text, block):
            size = end - open_at
            new_section = block.kind == "heading" and size >= LEAST
            if open_at >= 0 and not only_heading and (new_section or stop - open_at > MOST):
                yield open_at, end, path
                open_at = -1
            if open_at < 0:
                open_at, path = start, block.path
                only_heading = True
            end = stop
            only_heading = only_heading and block.kind == "heading"
    if open_at >= 0:
        yield open_at, end, path


def _cut(text: str, block: _Block) -> Iterator[tuple[int, int]]:
    """The block, or pieces of one that is too long: lines of what stays whole, else sentences, else words."""
    most, at = LARGEST if block.kind == "whole" else MOST, block.start
    while block.end - at > most:
        left, piece = block.end - at, text[at : at + most]
        alike = left // -(-left // (most * 9 // 10))  # so that no little end is left over
        ends = [found.end() for found in SENTENCE.finditer(piece)] if block.kind != "whole" else []
        end = min((one for one in ends if one >= most // 3), key=lambda one: abs(one - alike), default=0)
        end = end or piece.rfind("\n") + 1 or piece.rfind(" ") + 1 or most
        yield at, at + end
        at += end
    yield at, block.end


def _blocks(text: str) -> Iterator[_Block]:
    """Headings, paragraphs, tables and code, in order."""
    at = begin = 0
    kind, fence, headings = "", "", list[tuple[int, str]]()
    for line in text.split("\n"):
        end, path = min(len(text), at + len(line) + 1), tuple(words for _, words in headings)
        wanted = _kind(line, fence)
        closes = bool(fence) and line.strip().startswith(fence) and not line.strip().strip(fence[0])
        heading = HEADING.match(line) if wanted == "heading" else None
        if kind and wanted != kind:
            yield _Block(begin, at, path, kind)
            kind = ""
        if heading:
            level = len(heading[1])
            headings = [one for one in headings if one[0] < level]
            headings.append((level, SIGNS.sub("", heading[2]).strip()[:80]))
            yield _Block(at, end, tuple(words for _, words in headings), "heading")
        elif wanted and not kind:
            begin, kind = at, wanted
        if not fence and (opened := FENCE.match(line)):
            fence = opened[1]
        elif closes:
            fence = ""
        at = end
    if kind:
        yield _Block(begin, len(text), tuple(words for _, words in headings), kind)


def _kind(line: str, fence: str) -> str:
    if fence or FENCE.match(line) or ROW.match(line):
        return "whole"
    if HEADING.match(line):
        return "heading"
    return "text" if line.strip() else ""
