"""What kind of file it is: by its first bytes, and among texts by its name."""

from pathlib import PurePath

from assistant.chat.documents.formats import docx, epub, html, odt, pdf, plain
from assistant.chat.documents.formats.packed import Packed
from assistant.chat.documents.formats.page_texts import Progress, UnreadableError

IN_PAGES = {"pdf": pdf.pages, "epub": epub.parts}
IN_PARTS = {"docx": docx.parts, "odt": odt.parts, "html": html.parts, "csv": plain.table_parts}
PDF_WITHIN = 1024  # bytes before which the sign of a PDF stands
OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES, WORD = "[Content_Types].xml", b"wordprocessingml.document.main"
INSTEAD = "{} cannot be read. Save it as PDF and send that."
PICTURES = {".png", ".jpg", ".jpeg", ".gif", ".webp", ".bmp", ".tif", ".tiff", ".heic", ".avif"}
HTML = (b"<!doctype html", b"<html", b"<?xml")
NAMED = {".htm": "html", ".html": "html", ".xhtml": "html", ".md": "markdown", ".markdown": "markdown", ".csv": "csv",
         ".tsv": "csv", ".txt": "text", ".log": "text", "": "text"}  # fmt: skip


def read(data: bytes, name: str, progress: Progress) -> tuple[str, list[str]]:
    """The kind of the file, and the texts of its pages or parts; raises UnreadableError for what cannot be read."""
    kind = kind_of(data, name)
    if kind in IN_PAGES:
        return kind, IN_PAGES[kind](data, progress)
    return kind, IN_PARTS.get(kind, plain.parts)(data)


def kind_of(data: bytes, name: str) -> str:
    """The kind: pdf, docx, odt, epub, html, csv, markdown, text or code."""
    if not data.strip():
        raise UnreadableError("This file is empty.")
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf"
    if data.startswith(b"PK"):
        return _kind_of_zip(Packed(data))
    if data.startswith(OLD_OFFICE):
        raise UnreadableError(INSTEAD.format("This old kind of office file"))
    if data.startswith(b"{\\rtf"):
        raise UnreadableError(INSTEAD.format("RTF"))
    if PurePath(name).suffix.lower() in PICTURES:
        raise UnreadableError("This is not a picture that can be read. Use JPEG, PNG, WebP or GIF.")
    named = NAMED.get(PurePath(name).suffix.lower(), "code")
    looks_like_html = named in {"text", "html"} and data[:PDF_WITHIN].lstrip().lower().startswith(HTML[:2])
    return "html" if looks_like_html else named


def _kind_of_zip(packed: Packed) -> str:
    types = packed.read(TYPES) if packed.has(TYPES) else b""
    if WORD in types:
        return "docx"
    kind = packed.read("mimetype").strip() if packed.has("mimetype") else b""
    if kind == b"application/epub+zip":
        return "epub"
    if kind == b"application/vnd.oasis.opendocument.text":
        return "odt"
    if types:
        raise UnreadableError(INSTEAD.format("This kind of office file"))
    raise UnreadableError("What is in this zip cannot be read. Unpack it and send the files in it.")
