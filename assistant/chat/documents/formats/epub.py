"""Books: the chapters of an EPUB in the order in which they are read."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from assistant.chat.documents.formats.html import as_markdown, decoded
from assistant.chat.documents.formats.packed import Packed
from assistant.chat.documents.formats.page_texts import Progress, UnreadableError, chapters_in_parts

CONTAINER, OPF = "{urn:oasis:names:tc:opendocument:xmlns:container}", "{http://www.idpf.org/2007/opf}"
CHAPTERS = 2000


def parts(data: bytes, progress: Progress) -> list[str]:
    """The text in parts; each chapter begins one. Raises UnreadableError for what cannot be read."""
    packed = Packed(data)
    if packed.has("META-INF/rights.xml"):
        raise UnreadableError("This book is locked by its publisher and cannot be read.")
    return chapters_in_parts(_chapters(packed, progress))


def _chapters(packed: Packed, progress: Progress) -> Iterator[str]:
    names = _order(packed)
    for number, name in enumerate(names, 1):
        progress(number, len(names))
        if packed.has(name):
            yield as_markdown(decoded(packed.read(name)))


def _order(packed: Packed) -> list[str]:
    """The names of the chapters' files."""
    root = packed.xml("META-INF/container.xml").find(f".//{CONTAINER}rootfile")
    place = root.get("full-path", "") if root is not None else ""
    package = packed.xml(place)
    files = {
        item.get("id"): posixpath.normpath(posixpath.join(posixpath.dirname(place), unquote(item.get("href", ""))))
        for item in package.iter(f"{OPF}item")
        if "html" in item.get("media-type", "")
    }
    found = [files[ref.get("idref")] for ref in package.iter(f"{OPF}itemref") if ref.get("idref") in files]
    if not found or len(found) > CHAPTERS:
        raise UnreadableError("This book names no chapters that can be read.")
    return found
