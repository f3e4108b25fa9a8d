"""PDF, by PDFium: the text of its pages, and pages as pictures."""

import io
from collections.abc import Iterator
from typing import Any

from assistant.chat.documents.formats.page_texts import Progress, UnreadableError, check_count, check_length

LONGEST_SIDE = 1568  # pixels, as of other pictures
PASSWORD = 4  # PDFium's number for it
LOCKED = "This PDF is protected by a password. Remove it and send the file again."
DAMAGED = "This PDF is damaged and cannot be read."


def pages(data: bytes, progress: Progress) -> list[str]:
    """The text of each page; raises UnreadableError for what cannot be read."""
    document = _opened(data)
    count = len(document)
    check_count(count)
    found: list[str] = []
    length = 0
    for number in range(count):
        progress(number + 1, count)
        found.append(_text(document, number))
        length += len(found[-1])
        check_length(length)
    return found or [""]


def pictures(data: bytes, first: int, most: int) -> Iterator[bytes]:
    """At ``most`` so many pages from the ``first`` (0) on, as JPEG."""
    document = _opened(data)
    for number in range(first, min(len(document), first + most)):
        page = document[number]
        side = max(page.get_size())
        if not 0 < side < float("inf"):
            raise UnreadableError(DAMAGED)
        out = io.BytesIO()
        page.render(scale=LONGEST_SIDE / side).to_pil().convert("RGB").save(out, "JPEG", quality=85)
        page.close()
        yield out.getvalue()


def _opened(data: bytes) -> Any:
    import pypdfium2  # noqa: PLC0415 - only where there is one

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError(LOCKED if getattr(error, "err_code", 0) == PASSWORD else DAMAGED) from None


def _text(document: Any, number: int) -> str:
    """The text of the page; none of one that is damaged by itself."""
    import pypdfium2  # noqa: PLC0415

    try:
        page = document[number]
        words = page.get_textpage()
        text = str(words.get_text_bounded())
        words.close()
        page.close()
    except pypdfium2.PdfiumError:
        return ""
    # A soft hyphen at a line's end stands as this sign in what PDFium says.
    return text.replace("\r\n", "\n").replace("\ufffe\n", "").replace("\ufffe", "").replace("\x02", "").strip()
