"""A page of HTML on its way to Markdown, and the pictures that stand in it."""

import re
from functools import partial
from typing import Any

from assistant.errors import Invalid
from assistant.notes.transfer.archive_reader import Entry
from assistant.notes.transfer.imported_note import ImportedNote
from assistant.notes.transfer.pictures import decoded

LARGEST = 2_000_000  # characters, without its pictures
DEEPEST = 150  # elements inside elements
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9:-]*)[^<>]*>")
ALONE = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr", "p",
         "li", "td", "th", "tr", "option", "dt", "dd", "en-media", "en-todo"}  # fmt: skip
LETTERS = re.compile(r"data:image/[a-zA-Z0-9.+-]{1,40};(?:[a-zA-Z0-9=-]{1,40};)?base64,([A-Za-z0-9+/%=\s]+)")
INSIDE = re.compile(r"inside:(\d+)")
SHOWN = re.compile(r"!\[[^\[\]\n]*\]\(inside:(\d+)\)")
STRAY = re.compile(r"<(?![^<>]*>)")  # no tag, for whose end the parser would look through all that follows
DECLARED = re.compile(r"<[?!][^<>]{0,2000}>")
BLANKS = re.compile(r"\n{3,}")

TOO_LARGE = "It is too large to be read as a page."
TOO_DEEP = "Its elements stand too deep in each other."


class Markup:
    """A page that is on its way to Markdown; ``soup`` may be changed before ``text`` is asked for."""

    def __init__(self, html: str, *, lines: bool = False) -> None:
        """Raises Invalid for what is too large or too deep. With ``lines``, each division is a line."""
        self.pictures: list[bytes] = []
        html = STRAY.sub("&lt;", DECLARED.sub("", LETTERS.sub(self._put_aside, html)))
        if len(html) > LARGEST:
            raise Invalid(TOO_LARGE)
        if _depth(html) > DEEPEST:
            raise Invalid(TOO_DEEP)
        from bs4 import BeautifulSoup  # noqa: PLC0415 - heavy, and few imports have pages

        self.soup = BeautifulSoup(html, "html.parser")
        self._lines = lines

    def text(self, part: Any = None) -> str:
        """The page, or a part of it, as Markdown, in which pictures that stood in it are called ``inside:0``."""
        part = part or self.soup
        from assistant.notes.transfer.html.converter import Converter, nest  # noqa: PLC0415

        _write_formulas(self.soup, part)
        nest(part)
        try:
            made = Converter(lines=self._lines).convert_soup(part)
        except RecursionError:
            raise Invalid(TOO_DEEP) from None
        return BLANKS.sub("\n\n", "\n".join(map(str.rstrip, made.split("\n")))).strip("\n")

    def show(self, note: ImportedNote, known: list[Entry]) -> None:
        """Makes mentions of the pictures: of those that stood in the page, and then of those that are ``known``."""
        pictures = enumerate(self.pictures, 1)
        own = [
            Entry(f"{note.path}#{at}", len(data), None, partial(bytes, data), in_letters=True) for at, data in pictures
        ]
        inside = [*own, *known]

        def put(found: re.Match[str]) -> str:
            number = int(found[1])
            if number >= len(inside):
                return ""
            entry = inside[number]
            return note.mention(entry, entry.path.rpartition("/")[2], "", (found[0].partition("(")[0] + "(", ")"))

        note.text = SHOWN.sub(put, note.text)

    def _put_aside(self, found: re.Match[str]) -> str:
        self.pictures.append(decoded("".join(found[1].split())))
        return f"inside:{len(self.pictures) - 1}"


def _write_formulas(soup: Any, part: Any) -> None:
    """Makes formulas of those that have their TeX with them."""
    for source in part.find_all("annotation", encoding="application/x-tex"):
        whole = source.find_parent(class_="katex-display") or source.find_parent(class_="katex")
        whole = whole or source.find_parent("math") or source
        alone = "katex-display" in (whole.get("class") or []) or whole.get("display") == "block"
        whole.replace_with(soup.new_tag("tex-formula", tex=source.get_text().strip(), alone=alone))


def _depth(html: str) -> int:
    depth = deepest = 0
    for tag in TAG.finditer(html):
        if tag[2].lower() not in ALONE and not tag[0].endswith("/>"):
            depth = max(0, depth - 1) if tag[1] else depth + 1
            deepest = max(deepest, depth)
    return deepest
