"""What is in a file, kind by kind."""

import pytest

from assistant.chat.documents.formats.detection import read
from assistant.chat.documents.formats.page_texts import PART, UnreadableError
from tests.chat.documents.files import docx, epub, odt, paragraph, pdf, zipped

TABLE = (
    "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Part</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Price</w:t></w:r></w:p></w:tc>"
    "</w:tr><w:tr><w:tc><w:p><w:r><w:t>Roof</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>900</w:t></w:r></w:p></w:tc>"
    "</w:tr></w:tbl>"
)
READ = {
    "report.pdf": (
        pdf(["The roof is\n12 years old.", "It leaks."]),
        "pdf",
        ["The roof is\n12 years old.", "It leaks."],
    ),
    "scan.pdf": (pdf([""]), "pdf", [""]),
    "letter.docx": (
        docx(paragraph("Roof", "Heading1") + paragraph("It leaks &amp; drips.") + TABLE),
        "docx",
        ["# Roof\n\nIt leaks & drips.\n\n|  |  |\n| --- | --- |\n| Part | Price |\n| Roof | 900 |"],
    ),
    "letter.odt": (
        odt(
            '<text:h text:outline-level="2">Roof</text:h><text:p>It<text:s text:c="2"/>leaks<text:note><text:note-body>'
            "<text:p>since May</text:p></text:note-body></text:note>.</text:p><text:list><text:list-item><text:p>one"
            "</text:p><text:list><text:list-item><text:p>two</text:p></text:list-item></text:list></text:list-item>"
            "</text:list><table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell>"
            "<table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
        ),
        "odt",
        ["## Roof\n\nIt  leaks (since May).\n\n- one\n  - two\n\n| a | b |\n| --- | --- |"],
    ),
    "book.epub": (
        epub(["<h1>One</h1><p>It <em>leaks</em>.</p>", "<h1>Two</h1><p>It dries.</p>"]),
        "epub",
        ["# One\n\nIt *leaks*.", "# Two\n\nIt dries."],
    ),
    "page.html": (
        b"<!doctype html><title>x</title><style>p{}</style><h2>Roof</h2><script>alert(1)</script><!-- x --><p>It leaks"
        b"<img src='http://evil.example/p.gif'></p><ul><li>a</li><li>b</li></ul>",
        "html",
        ["## Roof\n\nIt leaks\n\n- a\n- b"],
    ),
    "umlaut.html": ("<meta charset=iso-8859-1><p>Müll".encode("latin-1"), "html", ["Müll"]),
    "notes.txt": (b"Dach: dicht\r\nseit Mai", "text", ["Dach: dicht\nseit Mai"]),
    "old.txt": ("Müller".encode("cp1252"), "text", ["Müller"]),
    "wide.txt": ("Müller".encode("utf-16"), "text", ["Müller"]),
    "list.md": (b"# Roof\n\n- leaks\n", "markdown", ["# Roof\n\n- leaks"]),
    "prices.csv": (b"part,price\nroof,900\n", "csv", ["part,price\nroof,900"]),
    "main.py": (b"print('roof')\n", "code", ["print('roof')"]),
    "Makefile": (b"all:\n\techo\n", "text", ["all:\n\techo"]),
}
REFUSED = {
    "empty.txt": (b" \n", "This file is empty."),
    "photo.heic": (b"\0\0\0\x18ftypheic" + bytes(40), "This is not a picture that can be read."),
    "program.exe": (b"MZ" + bytes(40), "This is not a kind of file that can be read."),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Save it as PDF"),
    "letter.rtf": (b"{\\rtf1 hello}", "RTF cannot be read."),
    "sheet.xlsx": (zipped({"[Content_Types].xml": "<Types/>", "xl/workbook.xml": "<x/>"}), "Save it as PDF"),
    "photos.zip": (zipped({"a.jpg": b"x"}), "Unpack it and send the files in it."),
    "cut.docx": (docx(paragraph("Roof"))[:200], "it cannot be unpacked"),
    "cut.pdf": (b"%PDF-1.7\n1 0 obj", "This PDF is damaged"),
    "locked.epub": (epub(["<p>x"], **{"META-INF/rights.xml": "<x/>"}), "locked by its publisher"),
    "none.epub": (epub([]), "names no chapters"),
    "long.txt": (b"word " * 400_001, "more than 2 million characters"),
    "many.pdf": (pdf(["x"] * 501), "This has 501 pages; at most 500 are read."),
}


@pytest.mark.parametrize("name", READ)
def test_each_kind_is_read(name: str) -> None:
    data, kind, pages = READ[name]
    assert read(data, name, lambda at, of: None) == (kind, pages)


@pytest.mark.parametrize("name", REFUSED)
def test_what_cannot_be_read_says_why(name: str) -> None:
    data, sentence = REFUSED[name]
    with pytest.raises(UnreadableError) as refused:
        read(data, name, lambda at, of: None)
    assert sentence in str(refused.value)


def test_pages_are_counted_while_they_are_read() -> None:
    told: list[tuple[int, int]] = []
    read(pdf(["a", "b", "c"]), "x.pdf", lambda at, of: told.append((at, of)))
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_text_without_pages_is_cut_between_paragraphs_and_a_table_says_its_columns_again() -> None:
    text = "\n\n".join(f"Paragraph {n}. " + "words " * 60 for n in range(40))
    _, parts = read(text.encode(), "x.md", lambda at, of: None)
    assert len(parts) > 3
    assert all(len(part) <= PART and part.startswith("Paragraph") for part in parts)
    rows = "name,note\n" + "".join(f'{n},"two\nlines {n}"\n' for n in range(1000))
    _, parts = read(rows.encode(), "x.csv", lambda at, of: None)
    assert len(parts) > 3
    assert all(part.startswith("name,note\n") and part.count('"') % 2 == 0 for part in parts)
