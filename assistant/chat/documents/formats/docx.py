"""Word's files, by mammoth."""

import io

from assistant.chat.documents.formats.html import as_markdown
from assistant.chat.documents.formats.packed import Packed
from assistant.chat.documents.formats.page_texts import UnreadableError, in_parts


def parts(data: bytes) -> list[str]:
    """The text in parts, with headings, lists, tables and notes; raises UnreadableError for what cannot be read."""
    import mammoth  # noqa: PLC0415 - only where there is one

    packed = Packed(data)
    for name in ("word/document.xml", "word/footnotes.xml", "word/comments.xml", "word/numbering.xml"):
        if packed.has(name):
            packed.xml(name)  # refuses bombs before mammoth opens them
    try:
        html = mammoth.convert_to_html(
            io.BytesIO(data),
            convert_image=mammoth.images.img_element(lambda _image: {}),
            include_embedded_style_map=False,
        ).value
    except (KeyError, ValueError, AttributeError, TypeError, IndexError, OSError):
        raise UnreadableError("This file is damaged: its text cannot be read.") from None
    return in_parts(as_markdown(html))
