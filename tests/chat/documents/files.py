"""Small files of each kind, as other programs write them, and hostile ones."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "urn:oasis:names:tc:opendocument:xmlns"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="word/document.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
    'relationships/officeDocument"/></Relationships>'
)
LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE lol [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    + "]><lol>&a11;</lol>"
)


def pdf(pages: Iterable[str], *, count: int = 0, trailer: str = "") -> bytes:
    """A PDF with these pages of text; one that is empty has a drawing and no text, as a scan.

    ``count`` is how many pages it says it has.
    """
    texts = list(pages)
    first = 4
    kids = " ".join(f"{first + 2 * n} 0 R" for n in range(len(texts)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count or len(texts)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for number, text in enumerate(texts):
        lines = "".join(f"({line}) Tj 0 -14 Td " for line in text.splitlines())
        drawn = f"BT /F1 12 Tf 40 700 Td {lines}ET" if text else "0.4 g 60 400 300 200 re f"
        objects += [
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 760] /Contents {first + 2 * number + 1} 0 R "
            "/Resources << /Font << /F1 3 0 R >> >> >>".encode(),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn.encode("cp1252")),
        ]
    return _pdf(objects, trailer)


def _pdf(objects: list[bytes], trailer: str) -> bytes:
    out, places = io.BytesIO(b""), []
    out.write(b"%PDF-1.4\n")
    for number, one in enumerate(objects, 1):
        places.append(out.tell())
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, one))
    start = out.tell()
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1))
    out.write(b"".join(b"%010d 00000 n \n" % place for place in places))
    out.write(f"trailer << /Size {len(objects) + 1} /Root 1 0 R {trailer}>>\nstartxref\n{start}\n%%EOF".encode())
    return out.getvalue()


def swelling_pdf(megabytes: int) -> bytes:
    """A PDF of a few kB whose page unpacks to so many megabytes."""
    packer = zlib.compressobj(9, wbits=-15)
    block = packer.compress(b"q " * 500_000) + packer.flush(zlib.Z_FULL_FLUSH)
    flood = b"\x78\x9c" + block * megabytes + b"\x03\x00" + bytes(4)
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 420 760] /Contents 4 0 R >>"
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(flood), flood)
    return _pdf([b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", page, stream], "")


def lying_zip(name: str, content: bytes, told: int) -> bytes:
    """A zip whose file is said to be that long."""
    return zipped({name: content}).replace(struct.pack("<L", len(content)), struct.pack("<L", told))


def zipped(files: Mapping[str, str | bytes]) -> bytes:
    """A zip of these files."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in files.items():
            made.writestr(name, content)
    return out.getvalue()


def docx(body: str, **more: str) -> bytes:
    """A file of Word with this inside its body; ``more`` are other parts by their names."""
    document = f'<?xml version="1.0"?><w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
    parts = {"[Content_Types].xml": TYPES, "_rels/.rels": RELS, "word/document.xml": document}
    return zipped(parts | {f"word/{name}.xml": text for name, text in more.items()})


def paragraph(text: str, style: str = "") -> str:
    """A paragraph of Word's."""
    about = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{about}<w:r><w:t>{text}</w:t></w:r></w:p>"


def odt(body: str) -> bytes:
    """An OpenDocument text."""
    names = f'xmlns:office="{OFFICE}:office:1.0" xmlns:text="{OFFICE}:text:1.0" xmlns:table="{OFFICE}:table:1.0"'
    content = (
        f'<?xml version="1.0"?><office:document-content {names}><office:body><office:text>{body}</office:text>'
        "</office:body></office:document-content>"
    )
    return zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


def epub(chapters: Iterable[str], **more: str) -> bytes:
    """A book with these chapters, in HTML."""
    texts = list(chapters)
    items = "".join(
        f'<item id="c{n}" href="text/{n}.xhtml" media-type="application/xhtml+xml"/>' for n in range(len(texts))
    )
    order = "".join(f'<itemref idref="c{n}"/>' for n in range(len(texts)))
    package = (
        '<?xml version="1.0"?><package xmlns="http://www.idpf.org/2007/opf" version="3.0">'
        f"<manifest>{items}</manifest><spine>{order}</spine></package>"
    )
    container = (
        '<?xml version="1.0"?><container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0">'
        '<rootfiles><rootfile full-path="OPS/package.opf"/></rootfiles></container>'
    )
    files = {"mimetype": "application/epub+zip", "META-INF/container.xml": container, "OPS/package.opf": package}
    files |= {
        f"OPS/text/{n}.xhtml": f'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title>'
        f"</head><body>{text}</body></html>"
        for n, text in enumerate(texts)
    }
    return zipped(files | more)
