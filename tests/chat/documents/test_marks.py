"""Marks of pages in answers lead to their page; what names none is taken out."""

from collections.abc import Sequence

import pytest

from assistant.chat.documents.marks import Page, linked, named
from assistant.chat.knowing.citations import doubts_of
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


def test_what_does_not_stand_on_the_page_makes_its_mark_grey() -> None:
    pages = {(7, 1): "The roof costs 640 € and is due on 3 May.", (7, 2): "Mr Sands signs it.", (7, 3): "Nothing."}

    def doubt(said: str, named: Sequence[Page]) -> list[str]:
        return doubts_of(said, [pages[page] for page in named])

    def grey(html: str) -> bool:
        return "cite-doubt" in linked(html, {1: ROOF}, doubt)

    assert not grey("<p>It costs 640 € [D1 p. 1].</p>")
    assert grey("<p>It costs 460 € [D1 p. 1].</p>")
    assert not grey("<p>In 1999. It costs <b>640 €</b> [D1 p. 1].</p>")  # only the sentence before it
    assert not grey("<p>It costs 460 €.</p><p>It is signed [D1 p. 2].</p>")
    assert grey("<p>It is due on 4 May [D1 p. 1].</p>")
    assert not grey("<p>Due on 3 May, says Mr Sands [D1 p. 1-2].</p>")
    assert grey("<p>Due on 3 May, says Mr Sands [D1 p. 2].</p>")
    assert not grey("<p>It costs 460 € [D1].</p>")  # the whole document is meant
    both = linked("<p>640 € [D1 p. 1] and then 12 % [D1 p. 3].</p>", {1: ROOF}, doubt)
    assert both.count("cite-doubt") == 1
    assert "Not found there: “12”." in both
    assert named("As it says [D1 p. 2] (and [D1, S. 3-4]), not [D9 p. 1].", {1: ROOF}) == {(7, 2), (7, 3), (7, 4)}
