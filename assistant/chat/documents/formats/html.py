"""HTML as Markdown: what a page says, without what it does."""

import re

from assistant.chat.documents.formats.page_texts import in_parts
from assistant.chat.documents.formats.plain import BOMS

CODING = re.compile(rb"<meta[^>]+charset=[\"']?\s*([\w-]+)", re.IGNORECASE)
SILENT = (
    "script",
    "style",
    "template",
    "noscript",
    "svg",
    "head",
    "title",
    "iframe",
    "object",
    "img",
    "picture",
    "video",
)
INSIDE, BACK = re.compile(r"^#"), "↑"  # links within the text, and those from a footnote back to its place
GAPS = re.compile(r"\n{3,}")


def parts(data: bytes) -> list[str]:
    """The text in parts."""
    return in_parts(as_markdown(decoded(data)))


def as_markdown(html: str) -> str:
    """The text of the HTML, with headings, lists and tables as Markdown writes them."""
    from bs4 import BeautifulSoup  # noqa: PLC0415 - only where there is any
    from bs4.element import PreformattedString  # noqa: PLC0415
    from markdownify import MarkdownConverter  # noqa: PLC0415

    soup = BeautifulSoup(html, "html.parser")
    for silent in [*soup(SILENT), *soup(string=lambda text: isinstance(text, PreformattedString))]:
        silent.extract()  # comments and declarations among them
    for link in soup("a", href=INSIDE):
        if link.get_text() == BACK:
            link.extract()
        else:
            link.unwrap()
    text = MarkdownConverter(heading_style="ATX", bullets="-", escape_misc=False).convert_soup(soup)
    return GAPS.sub("\n\n", "\n".join(line.rstrip() for line in text.splitlines())).strip()


def decoded(data: bytes) -> str:
    """The HTML in the coding that it says it has."""
    said = CODING.search(data[:2048])
    begun = next((coding for sign, coding in BOMS if data.startswith(sign)), "")
    try:
        return data.decode(begun or (said[1].decode("ascii") if said else "utf-8"))
    except (UnicodeDecodeError, LookupError):
        return data.decode("cp1252", "replace")
