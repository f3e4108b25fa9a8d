"""Files that are text: notes, code, tables."""

import csv
import io

from assistant.chat.documents.formats.page_texts import PART, UnreadableError, check_length, in_parts

BOMS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
BINARY = "This is not a kind of file that can be read. Send a PDF, DOCX, ODT, EPUB, HTML or text file."
LONGEST_HEAD = 400  # characters of the names of columns that are said again in each part
CONTROLS = frozenset(range(32)) - {8, 9, 10, 12, 13, 27}  # that texts do not have


def decoded(data: bytes) -> str:
    """The text; raises UnreadableError for what is none."""
    coding = next((coding for sign, coding in BOMS if data.startswith(sign)), "")
    try:
        return data.decode(coding or "utf-8")
    except UnicodeDecodeError:
        if coding or CONTROLS & set(data):
            raise UnreadableError(BINARY) from None
        return data.decode("cp1252", "replace")


def parts(data: bytes) -> list[str]:
    """The text in parts."""
    text = decoded(data)
    if "\0" in text:
        raise UnreadableError(BINARY)
    return in_parts(text.replace("\r\n", "\n").replace("\r", "\n"))


def table_parts(data: bytes) -> list[str]:
    """The rows of a table in parts; each says the names of the columns again."""
    text = decoded(data).replace("\r\n", "\n").replace("\r", "\n").strip("\n")
    check_length(len(text))
    rows = _rows(text)
    head = rows[0] if rows and len(rows[0]) <= LONGEST_HEAD else ""
    found: list[str] = []
    part: list[str] = []
    size = 0
    for row in rows:
        if part and size + len(row) > PART:
            found.append("\n".join(part))
            part, size = ([head] if head else []), len(head)
        part.append(row)
        size += len(row) + 1
    found.append("\n".join(part))
    return found


def _rows(text: str) -> list[str]:
    """The rows as they stand: one may go over several lines."""
    lines, rows, at = text.split("\n"), [], 0
    reader = csv.reader(io.StringIO(text))
    try:
        for _ in reader:
            rows.append("\n".join(lines[at : reader.line_num]))
            at = reader.line_num
    except csv.Error:
        return lines
    return rows
