"""Marks of pages in answers lead to their page; what names none is taken out."""

import pytest

from assistant.chat.documents.marks import linked
from assistant.chat.models import Document

ROOF = Document(id=7, name="roof <1>.pdf", kind="pdf", pages=12)
LETTER = Document(id=9, name="letter.docx", kind="docx", pages=2)


def mark(row: Document, page: int, words: str) -> str:
    name = "roof &lt;1&gt;.pdf" if row is ROOF else row.name
    where = f"{'p.' if row is ROOF else 'part'} {page}"
    return f' <a class="page-mark" href="/documents/{row.id}?p={page}" title="{name}, {where}">{words}</a>'


ONE = {
    "It is old [D1 p. 3].": f"It is old{mark(ROOF, 3, 'p. 3')}.",
    "It is old (p. 3).": f"It is old{mark(ROOF, 3, 'p. 3')}.",
    "It is old 【D1, page 3】": f"It is old{mark(ROOF, 3, 'p. 3')}",
    "Alt [S. 3; D1 p. 5]": f"Alt{mark(ROOF, 3, 'p. 3')}{mark(ROOF, 5, 'p. 5')}",
    "Old [D1 pp. 3-4]": f"Old{mark(ROOF, 3, 'p. 3')}",
    "Old [D1]": f"Old{mark(ROOF, 1, 'p. 1')}",
    "Wrong [D1 p. 99], [D2 p. 1].": "Wrong,.",
    "See (page 99) and (p. 0)": "See (page 99) and (p. 0)",
    "<code>[D1 p. 3]</code> <a href='/x'>[D1 p. 3]</a> <p title=\"[D1 p. 3]\">": None,
    "A list [1] and (3) and [x](p)": None,
}
TWO = {
    "Old [D2 p. 1] [D1 p. 2]": f"Old{mark(LETTER, 1, 'letter.docx, part 1')}"
    f"{mark(ROOF, 2, 'roof &lt;1&gt;.pdf, p. 2')}",
    "Whose (p. 1)": None,
}


@pytest.mark.parametrize("html", ONE)
def test_of_one_document(html: str) -> None:
    assert linked(html, {1: ROOF}) == (ONE[html] or html)
    assert linked(html, {}) == html


@pytest.mark.parametrize("html", TWO)
def test_of_two(html: str) -> None:
    assert linked(html, {1: ROOF, 2: LETTER}) == (TWO[html] or html)
