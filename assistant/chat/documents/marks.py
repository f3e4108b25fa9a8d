"""Marks of pages in answers, such as [D1 p. 3]: they lead to the page, or are taken out where there is none."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from html import unescape

from markupsafe import Markup

from assistant.chat.models import Document

SHORT = 24  # characters of a name in a mark
PAGE = r"(?:p(?:p|ages?)?\.?|S(?:eiten?)?\.?|parts?|Teile?)\s*(\d{1,4})(?:\s*[-–]\s*\d{1,4})?"
ONE = r"(?:D(\d{1,2})[\s,:]*)?" + PAGE + r"|D(\d{1,2})"
BRACKETS = re.compile(r"\s?(?:\[|【|\()((?:" + ONE + r")(?:\s*[,;]\s*(?:" + ONE + r"))*)(?:\]|】|\))", re.IGNORECASE)
EACH = re.compile(ONE, re.IGNORECASE)
# In HTML only texts between tags hold marks, and code and links keep theirs.
KEPT = re.compile(r"<(pre|code|a)\b.*?</\1>|<[^>]*>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
APART = re.compile(r"</?(?:p|li|td|th|div|br|hr|blockquote|tr|ul|ol|h[1-6])\b")  # where another sentence begins
RANGE = re.compile(r"(\d{1,4})\s*[-–]\s*(\d{1,4})")
LONGEST = 20  # pages of one mark
Page = tuple[int, int]  # the id of a document, and the number of the page
# What of the text before a mark does not stand on any of these pages; nothing where that is not known.
Doubt = Callable[[str, Sequence[Page]], Sequence[str]]


def linked(html: str, documents: Mapping[int, Document], doubt: Doubt = lambda _said, _pages: ()) -> str:
    """The safe HTML with its marks as links; ``documents`` go by their numbers.

    A mark that names no document or page is taken out; where there are no documents nothing is a mark. What ``doubt``
    finds is said by the mark.
    """
    if not documents:
        return html
    marks, parts, at = _Marks(documents, doubt), list[str](), 0
    for kept in KEPT.finditer(html):
        parts += [marks.text(html[at : kept.start()]), kept[0]]
        marks.pass_by(kept[0])
        at = kept.end()
    return "".join([*parts, marks.text(html[at:])])


def named(text: str, documents: Mapping[int, Document]) -> set[Page]:
    """The pages that the marks in an answer's text name."""
    marks = (EACH.finditer(found[1]) for found in BRACKETS.finditer(text)) if documents else ()
    return {page for said in marks for page in _pages(list(said), documents)}


class _Marks:
    """Reads an answer from its beginning, and knows what was said since the last mark, or in this paragraph."""

    def __init__(self, documents: Mapping[int, Document], doubt: Doubt) -> None:
        self._documents, self._doubt, self._said = documents, doubt, ""

    def pass_by(self, tag: str) -> None:
        self._said = "" if APART.match(tag) else self._said + unescape(TAG.sub("", tag))

    def text(self, text: str) -> str:
        made, at = list[str](), 0
        for found in BRACKETS.finditer(text):
            before = text[at : found.start()]
            self._said += unescape(before)
            made += [before, self._links(found)]
            at = found.end()
        self._said += unescape(text[at:])
        return "".join([*made, text[at:]])

    def _links(self, found: re.Match[str]) -> str:
        said, documents = list(EACH.finditer(found[1])), self._documents
        several, number, links = len(documents) > 1, 0, []
        pages = _pages(said, documents)
        doubts = self._doubt(self._said, pages) if pages else ()
        for one in said:
            number = int(one[1] or one[3] or number or 1)
            links.append(_link(documents.get(number), int(one[2] or 1), doubts, several=several))
        # “(page 3)” is anybody's way to write: only where one document has such a page it is a mark.
        unnamed = not any(one[1] or one[3] for one in said)
        if unnamed and (several or "" in links):
            self._said += found[0]
            return found[0]
        self._said = ""
        return "".join(links)


def _pages(said: Collection[re.Match[str]], documents: Mapping[int, Document]) -> list[Page]:
    """The pages that a mark names; none where it names only a document, of which all is meant."""
    found, number = list[Page](), 0
    for one in said:
        number = int(one[1] or one[3] or number or 1)
        document = documents.get(number)
        if document is None or not one[2]:
            return []
        several = RANGE.search(one[0])
        first, last = (int(several[1]), int(several[2])) if several else (int(one[2]), int(one[2]))
        found += [(document.id, page) for page in range(first, min(last, first + LONGEST) + 1)]
    return found


def _short(name: str) -> str:
    return name if len(name) <= SHORT else f"{name[: SHORT - 1].rstrip()}…"


def _link(document: Document | None, page: int, doubts: Sequence[str], *, several: bool) -> str:
    if document is None or not 1 <= page <= document.pages:
        return ""
    where = f"{'p.' if document.kind == 'pdf' else 'part'} {page}"
    words = f"{_short(document.name)}, {where}" if several else where
    title, css = f"{document.name}, {where}", "page-mark"
    if doubts:
        quoted = ", ".join(f"“{one}”" for one in doubts[:4])
        title, css = f"Not found there: {quoted}. {title}", "page-mark cite-doubt"
    return str(
        Markup(' <a class="{}" href="/documents/{}?p={}" title="{}">{}</a>').format(
            css, document.id, page, title, words
        )
    )
