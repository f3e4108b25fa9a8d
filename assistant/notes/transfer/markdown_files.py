"""Reads Markdown and text files, with or without a header, from Obsidian or from our own export."""

import codecs
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from assistant.errors import Invalid
from assistant.notes import front_matter
from assistant.notes.front_matter import Header
from assistant.notes.markdown_source import prose, title_of
from assistant.notes.models import COLOURS
from assistant.notes.transfer import exporter, pictures
from assistant.notes.transfer.archive_reader import Archive, Entry, megabytes
from assistant.notes.transfer.imported_note import FILE_LIMIT, ImportedNote, key_of
from assistant.notes.validation import valid_text
from assistant.storage.file_names import safe
from assistant.storage.text import clean, one_line

ENDINGS = {"md", "markdown", "mdown", "mkd", "txt", "text"}
WITH_PICTURES = 100_000_000  # bytes of a text that has its pictures in it
KEY_LIMIT = 64  # characters

CREATED = (
    "created", "date", "created_at", "created-at", "created at", "date created", "date_created", "creation-date",
    "created time", "ctime",
)  # fmt: skip
UPDATED = (
    "updated", "modified", "updated_at", "updated-at", "updated at", "last_modified", "last-modified", "lastmod",
    "date modified", "date_modified", "date updated", "last edited time", "mtime",
)  # fmt: skip
TAGS = ("tags", "tag")
FLAGS = ("pinned", "archived")

BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
GUESSED = "It is not in UTF-8 and was read as Western European: look at its accents."
BINARY = "It does not hold text."
CHANGED = "It was changed outside after the export, so it comes as a new note."

UNREAD_DATE = "Its date “{}” could not be read; it stays in the note."
EITHER_WAY = "Its date “{}” was read as {} {:%B %Y}; it stays in the note."

HASHTAG = re.compile(r"#(?<![^\s(,;]#)(?<!\]\(#)([\w/-]*[^\W\d_][\w/-]*)")


@dataclass(frozen=True, slots=True)
class _Dates:
    """How dates are meant that leave it open."""

    zone: tzinfo
    month_first: bool


def read(
    archive: Archive, entry: Entry, *, zone: tzinfo, inline_tags: bool = False, month_first: bool = False
) -> ImportedNote:
    """The note that this file holds; a date without a zone is in ``zone``. Raises Invalid when it holds none.

    With ``month_first``, 3/4 is 4 March.
    """
    raw, guessed = decoded(entry.read()) if entry.size <= WITH_PICTURES else ("", False)
    if entry.size > (WITH_PICTURES if pictures.INSIDE in raw else FILE_LIMIT):
        raise Invalid(f"{megabytes(entry.size)}: a note holds 1 MB.")
    whole = clean(raw)
    header, body = front_matter.split(whole)
    note = ImportedNote(entry.path, "", body, home=entry.path)
    pictures.unpack(note, entry)
    valid_text(note.text)
    note.remarks += [GUESSED] if guessed else []
    note.key = _own_key(header, body)
    ours = bool(header.text("assistant-id"))
    used = _take_fields(note, header, entry, _Dates(zone, month_first), ours=ours)
    if ours:
        note.text = front_matter.joined(header.kept(used), note.text)
        _as_ours(note, header, archive, entry)
    else:
        _as_others(note, header, archive, entry, inline_tags=inline_tags)
        note.text = front_matter.joined(header.kept(used), note.text)
    if not note.key:
        note.key = key_of("markdown", entry.path, whole)
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
    whole = front_matter.joined(header.kept({*exporter.FIELDS, *exporter.OWN}), body)
    fits = 0 < len(known) <= KEY_LIMIT
    return known if fits and header.text("assistant-sum") == exporter.sum_of(whole) else ""


def _take_fields(note: ImportedNote, header: Header, entry: Entry, dates: _Dates, *, ours: bool) -> set[str]:
    """Gives the note what its fields say, and returns those that say nothing beyond it; the others stay in the text."""
    used = (
        {*exporter.FIELDS, *exporter.OWN}
        if ours
        else {*TAGS, *(["title"] if isinstance(header.fields.get("title"), str) else [])}
    )
    note.tag(header.items(*TAGS[:1] if ours else TAGS))
    for flag in FLAGS:
        setattr(note, flag, header.says(flag))
        used |= {flag} if header.text(flag).lower() in front_matter.YES | front_matter.NO else set()
    for name in ("colour", "color")[: 1 if ours else 2]:
        colour = header.text(name).lower().replace("gray", "grey")
        if colour in COLOURS[1:] and not note.colour:
            note.colour = colour
            used.add(name)
    created, updated = (
        _date(note, header, names[:1] if ours else names, dates, used) for names in (CREATED, UPDATED)
    )  # fmt: skip
    note.created, note.updated = _dates(created, updated, entry, dates.zone)
    return used


def _date(note: ImportedNote, header: Header, names: Sequence[str], dates: _Dates, used: set[str]) -> datetime | None:
    """The first of these fields that is a date; what is none stays in the text, with a word about it."""
    for name in names:
        said = header.text(name)
        if not said:
            used.add(name)
            continue
        found = front_matter.instant(said, dates.zone, month_first=dates.month_first)
        if found is None:
            note.remarks.append(UNREAD_DATE.format(one_line(said)[:50]))
        elif front_matter.either_way(said):
            day = found.astimezone(dates.zone)
            note.remarks.append(EITHER_WAY.format(said[:50], day.day, day))
        else:
            used.add(name)
        if found:
            return found
    return None


def _as_ours(note: ImportedNote, header: Header, archive: Archive, entry: Entry) -> None:
    note.entitle(header.text("title"))
    note.remarks += [] if note.key else [CHANGED]
    for line in header.listed("attachments"):
        file, _, name = line.partition(": ")
        found = archive.find(entry.folder, exporter.FOLDER + file)
        if found is None:
            note.remarks.append(pictures.MISSING.format("attachment", file))
            continue
        note.show(found, name)
        for written in (exporter.upward(entry.path) + exporter.FOLDER + file, exporter.FOLDER + file):
            if written in note.text:
                note.text = note.text.replace(written, note.mention(found, name, written))
                break


def _as_others(note: ImportedNote, header: Header, archive: Archive, entry: Entry, *, inline_tags: bool) -> None:
    hashtags = tuple(HASHTAG.findall(prose(note.text)))
    note.tag([entry.folder, *(hashtags if inline_tags else [])])
    note.hashtags = hashtags
    first = title_of(note.text)
    pictures.mention(note, archive, entry)
    title, stem = header.text("title"), entry.stem
    # Where the first line says the same, as far as a file can be named so, it says it better.
    said = title == first if title else stem.casefold() in {first.casefold(), safe(first).casefold()}
    note.entitle(first if said else title or stem)


def _dates(
    created: datetime | None, updated: datetime | None, entry: Entry, zone: tzinfo
) -> tuple[datetime | None, datetime | None]:
    try:
        modified = entry.modified and entry.modified.replace(tzinfo=zone)
    except (ValueError, OverflowError):
        modified = None
    if updated is None:
        updated = modified if created is None or (modified and modified > created) else created
    return created or updated, updated
