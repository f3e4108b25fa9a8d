"""Reads Markdown and text files, with or without a header, from Obsidian or from our own export."""

import codecs
import re
from datetime import datetime, tzinfo
from urllib.parse import unquote

from assistant.errors import Invalid
from assistant.notes.markdown_source import prose, title_of
from assistant.notes.models import COLOURS
from assistant.notes.transfer import front_matter
from assistant.notes.transfer.archive_reader import Archive, Entry, megabytes
from assistant.notes.transfer.exporter import FOLDER, sum_of
from assistant.notes.transfer.front_matter import Header
from assistant.notes.transfer.imported_note import FILE_LIMIT, ImportedNote, key_of
from assistant.notes.validation import valid_text
from assistant.storage.file_names import safe
from assistant.storage.text import clean

ENDINGS = {"md", "markdown", "mdown", "mkd", "txt", "text"}
PICTURES = {"png", "jpg", "jpeg", "gif", "webp"}
KEY_LIMIT = 64  # characters

OWN = ("assistant-id", "assistant-sum", "attachments")
CREATED = ("created", "date", "created_at", "created-at", "date created", "date_created", "creation-date", "ctime")
UPDATED = (
    "updated", "modified", "updated_at", "updated-at", "last_modified", "last-modified", "lastmod",
    "date modified", "date_modified", "date updated", "mtime",
)  # fmt: skip
TAGS = ("tags", "tag")
FLAGS = ("pinned", "archived")
UNDERSTOOD = {"title", *CREATED, *UPDATED, *TAGS, *FLAGS, "colour", "color", *OWN}
LOOKS = {"aliases", "alias", "cssclasses", "cssclass"}  # of the app that wrote them; they say nothing here

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
GUESSED = "It is not in UTF-8 and was read as Western European: look at its accents."
BINARY = "It does not hold text."
CHANGED = "It was changed outside after the export, so it comes as a new note."

EMBED = re.compile(r"!\[\[([^\[\]\n|#]{1,500})(?:#[^\[\]\n|]{0,500})?(?:\|[^\[\]\n]{0,500})?\]\]")
IMAGE = re.compile(
    r"(!\[[^\[\]\n]{0,1000}\]\()"
    r"(<[^<>\n]{1,1000}>|(?:[^\s<>()]|\([^\s<>()]{0,200}\)){1,1000})"
    r"([ \t]+\"[^\"\n]{0,500}\")?\)"
)
SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:|//|#")
HASHTAG = re.compile(r"(?<![^\s(,;])(?<!\]\()#([\w/-]*[^\W\d_][\w/-]*)")


def read(archive: Archive, entry: Entry, *, zone: tzinfo, inline_tags: bool = False) -> ImportedNote:
    """The note that this file holds; a date without a zone is in ``zone``. Raises Invalid when it holds none."""
    if entry.size > FILE_LIMIT:
        raise Invalid(f"{megabytes(entry.size)}: a note holds 1 MB.")
    raw, guessed = decoded(entry.read())
    whole = clean(raw)
    header, body = front_matter.split(whole)
    valid_text(body)
    note = ImportedNote(entry.path, "", body)
    note.remarks += [GUESSED] if guessed else []
    note.tag(header.items(*TAGS))
    note.key = _own_key(header, body)
    if header.text("assistant-id"):
        _as_ours(note, header, archive, entry)
    else:
        _as_others(note, header, archive, entry, inline_tags=inline_tags)
    if not note.key:
        note.key = key_of("markdown", entry.path, whole)
    note.pinned, note.archived = (header.says(flag) for flag in FLAGS)
    colour = header.text("colour", "color").lower().replace("gray", "grey")
    note.colour = colour if colour in COLOURS else ""
    note.created, note.updated = _dates(header, entry, zone)
    return note


def decoded(data: bytes) -> tuple[str, bool]:
    """The text of a file, and whether its encoding was guessed. Raises Invalid for what is no text."""
    bom, encoding = next(((bom, name) for bom, name in BOMS if data.startswith(bom)), (b"", "utf-8"))
    try:
        return data[len(bom) :].decode(encoding), False
    except UnicodeError:
        # Hardly a control character stands in a text; in what is no text every tenth byte is one.
        if bom or len(CONTROLS.findall(data)) > len(data) / 100:
            raise Invalid(BINARY) from None
    try:
        return data.decode("cp1252"), True
    except UnicodeError:
        return data.decode("latin-1"), True


def _own_key(header: Header, body: str) -> str:
    known = header.text("assistant-id")
    fits = 0 < len(known) <= KEY_LIMIT
    return known if fits and header.text("assistant-sum") == sum_of(body) else ""


def _as_ours(note: ImportedNote, header: Header, archive: Archive, entry: Entry) -> None:
    note.entitle(header.text("title"))
    note.remarks += [] if note.key else [CHANGED]
    for line in header.listed("attachments"):
        file, _, name = line.partition(": ")
        found = archive.find(entry.folder, FOLDER + file)
        if found is None:
            note.remarks.append(f"Its picture {file} is not in the zip.")
            continue
        note.show(found, name)
        if FOLDER + file in note.text:
            note.text = note.text.replace(FOLDER + file, note.mention(found, name, FOLDER + file))


def _as_others(note: ImportedNote, header: Header, archive: Archive, entry: Entry, *, inline_tags: bool) -> None:
    note.tag([entry.folder, *(HASHTAG.findall(prose(note.text)) if inline_tags else [])])
    first = title_of(note.text)
    _mention_pictures(note, archive, entry)
    other = [name for name in header.lines if name not in UNDERSTOOD | LOOKS]
    if other:
        # Nothing that somebody wrote is thrown away, and a block of code disturbs the text least.
        lines = "\n".join("\n".join(header.lines[name]) for name in other)
        note.text = f"{note.text.rstrip()}\n\n```yaml\n{lines}\n```\n"
    title, stem = header.text("title"), entry.stem
    # Where the first line says the same, as far as a file can be named so, it stays the title.
    said = title == first if title else stem.casefold() in {first.casefold(), safe(first).casefold()}
    note.entitle("" if said else title or stem)


def _mention_pictures(note: ImportedNote, archive: Archive, entry: Entry) -> None:
    if "![" not in note.text:
        return
    text, pieces, at = note.text, [], 0
    # Where they stand is read off the text without its code, in which every character keeps its place.
    bare = prose(text)
    found = sorted([*EMBED.finditer(bare), *IMAGE.finditer(bare)], key=lambda each: each.start())
    for each in found:
        target = each[1].strip() if each.re is EMBED else unquote(each[2].strip("<>"))
        picture = None if SCHEME.match(target) else archive.find(entry.folder, target)
        if picture is None or picture.ending not in PICTURES or each.start() < at:
            continue
        name = picture.path.rpartition("/")[2]
        alt = name.replace("[", "").replace("]", "")
        shape = (f"![{alt}](", ")") if each.re is EMBED else (each[1], f"{each[3] or ''})")
        pieces += [text[at : each.start()], note.mention(picture, name, text[each.start() : each.end()], shape)]
        at = each.end()
    note.text = "".join([*pieces, text[at:]])


def _dates(header: Header, entry: Entry, zone: tzinfo) -> tuple[datetime | None, datetime | None]:
    created, updated = header.instant(*CREATED, zone=zone), header.instant(*UPDATED, zone=zone)
    try:
        modified = entry.modified and entry.modified.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        modified = None
    if updated is None:
        updated = modified if created is None or (modified and modified > created) else created
    return created or updated, updated
