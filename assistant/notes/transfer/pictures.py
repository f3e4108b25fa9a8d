"""The pictures and files that a text shows or leads to: beside it in the archive, or in its own letters."""

import base64
import binascii
import re
from collections.abc import Collection
from functools import partial
from urllib.parse import unquote

from assistant.notes import attachments
from assistant.notes.markdown_source import prose
from assistant.notes.transfer.archive_reader import Archive, Entry
from assistant.notes.transfer.imported_note import ImportedNote

ENDINGS = attachments.PICTURES
OTHER_ENDINGS = {"svg", "bmp", "tif", "tiff", "heic", "heif", "avif", "ico"}  # of pictures that cannot be shown here
OF_NOTES = {"md", "markdown", "mdown", "mkd", "txt", "text", "html", "htm", "xhtml", "enex", "jex"}
TABLE = re.compile(r"[0-9a-f]{32}(?:_all)?\.csv\Z")  # of Notion, which comes as a note
FILES = (
    ENDINGS | OTHER_ENDINGS | {"pdf", "zip", "mp3", "mp4", "m4a", "mov", "wav", "ogg", "webm", "docx", "xlsx", "pptx"}
)
INSIDE = ";base64,"
SHOWN = 80  # characters of a name that is told
MISSING = "Its {} {} is not among the files."

EMBED = re.compile(r"(!\[\[|\[\[)([^\[\]\n|#]{1,500})(?:#[^\[\]\n|]{0,500})?(?:\|([^\[\]\n]{0,500}))?\]\]")
TARGET = r"(<[^<>\n]{1,1000}>|(?:[^\s<>()]|\([^\s<>()]{0,200}\)){1,1000})"
IMAGE = re.compile(
    rf"((?:!\[|\[)[^\[\]\n]{{0,1000}}\]\()[ \t]*{TARGET}([ \t]+(?:\"[^\"\n]{{0,500}}\"|'[^'\n]{{0,500}}'))?[ \t]*\)"
)
DEFINITION = re.compile(rf"^( {{0,3}}\[[^\[\]\n^][^\[\]\n]{{0,500}}\]:[ \t]*){TARGET}", re.MULTILINE)
SIGNS = {"[[": EMBED, "](": IMAGE, "]:": DEFINITION}  # without which none of them stands in a text
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
SIZE = re.compile(r"\d{1,4}(?:x\d{1,4})?")
DATA = re.compile(
    r"(?:(?<=\()|(?<=: )|(?<=<))data:image/[a-z0-9.+-]{1,40}(?:;[a-z0-9=-]{1,40})?;base64,([A-Za-z0-9+/%=]+)"
)


def unpack(note: ImportedNote, entry: Entry) -> None:
    """Makes pictures of those that stand in the text in letters."""
    if INSIDE not in note.text:
        return

    def put(found: re.Match[str]) -> str:
        data = decoded(found[1])
        if not data:
            return found[0]
        name = f"{entry.stem} {len(note.pictures) + 1}"
        return note.mention(
            Entry(f"{entry.path}#{name}", len(data), None, partial(bytes, data), in_letters=True), name, ""
        )

    note.text = DATA.sub(put, note.text)


def decoded(letters: str) -> bytes:
    """The bytes that stand in these letters; none where they are no such letters."""
    try:
        plain = (unquote(letters) if "%" in letters else letters).rstrip("=")
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""


def mention(note: ImportedNote, archive: Archive, entry: Entry, *, also: Collection[str] = ()) -> None:
    """Puts mentions where the text shows files of the archive or leads to them, and says which are not in it.

    ``also`` are paths of files that come in this way though they look like notes.
    """
    if "[" not in note.text:
        return
    text, pieces, at = note.text, [], 0
    # Where they stand is read off the text without its code, in which every character keeps its place.
    bare = prose(text)
    patterns = [one for sign, one in SIGNS.items() if sign in bare]
    for each in sorted((f for one in patterns for f in one.finditer(bare)), key=lambda each: each.start()):
        target = each[2].rstrip("\\").strip() if each.re is EMBED else unquote(each[2].strip("<>"))
        if each.start() < at or SCHEME.match(target) or "\x00" in target:
            continue
        picture = archive.find(entry.folder, target) or archive.find(entry.folder, target.partition("#")[0])
        if picture is None or not (is_attached(picture) or picture.path in also):
            if picture is None and not also and each[0].startswith("!") and (what := _kind(target)):
                note.remarks.append(MISSING.format(what, target[-SHOWN:]))
            continue
        name = picture.path.rpartition("/")[2]
        pieces += [
            text[at : each.start()],
            note.mention(picture, name, text[each.start() : each.end()], _shape(each, name)),
        ]
        at = each.end()
    note.text = "".join([*pieces, text[at:]])


def _shape(found: re.Match[str], name: str) -> tuple[str, str]:
    if found.re is EMBED:
        label = (found[3] or "").rstrip("\\").strip()
        name = name.replace("[", "").replace("]", "")
        alt = f"{name}|{label}" if SIZE.fullmatch(label) else label or name
        return f"{found[1][:-2]}[{alt}](", ")"
    return (found[1], "") if found.re is DEFINITION else (found[1], f"{found[3] or ''})")


def is_attached(entry: Entry) -> bool:
    """Whether a file comes as what is attached to the notes that name it, and not as a note of its own."""
    return bool(entry.ending) and entry.ending not in OF_NOTES and not TABLE.search(entry.path)


def _kind(target: str) -> str:
    """What a name that is not among the files stands for; empty for what may be a note."""
    ending = target.rpartition(".")[2].lower() if "." in target else ""
    return "picture" if ending in ENDINGS | OTHER_ENDINGS else "file" if ending in FILES else ""
