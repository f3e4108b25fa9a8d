"""Reads what Notion exports: pages as Markdown or HTML, and databases as tables, all with an id in their names."""

import csv
import io
import posixpath
import re
from collections.abc import Collection, Mapping
from functools import partial

from assistant.errors import Invalid
from assistant.notes import front_matter
from assistant.notes.markdown_source import heading_of
from assistant.notes.transfer import markdown_files, pictures
from assistant.notes.transfer.archive_reader import Archive, Entry, megabytes
from assistant.notes.transfer.formats import relinking, web_pages
from assistant.notes.transfer.formats.claims import Claim, Opened, Source
from assistant.notes.transfer.html import notion_pages
from assistant.notes.transfer.imported_note import FILE_LIMIT, UNFIT, ImportedNote, Picture, key_of
from assistant.notes.validation import TAG_LIMIT, TEXT_LIMIT, valid_text
from assistant.storage.file_names import Names
from assistant.storage.text import clean, one_line

APP = "Notion"
ID = re.compile(r"^(.*?)[ _-]?([0-9a-f]{32})(_all)?$")
ALL = "_all"
PROPERTY = re.compile(r"([^\n:]{1,60}): (.*)")
CREATED, UPDATED = ("created", "created time", "date created"), ("last edited time", "last edited", "updated")
CUT = "Only the first {:,} of its {:,} rows fit."
BROKEN = "It is no table."
UNLED = "No page leads to this file."


def claim(opened: Opened) -> Claim:
    """The pages and databases of Notion."""
    claim, homes = Claim(), dict[str, str]()
    files = [entry for entry in opened.left if entry.ending in {"md", "csv", *web_pages.ENDINGS}]
    pages = [entry for entry in files if ID.match(entry.stem)]
    if not pages:
        return claim
    names = Names()
    whole = {entry.path for entry in pages if entry.stem.endswith(ALL)}
    for entry in sorted(pages, key=lambda entry: entry.path.count("/")):
        if entry.ending == "csv" and f"{entry.path[:-4]}{ALL}.csv" in whole:
            claim.taken.add(entry.path)  # the same table as one saw it last, with fewer rows
            continue
        homes[entry.path] = names.take("/".join(map(_named, [*entry.folder.split("/"), entry.stem])).lstrip("/"), ".md")
    for path in claim.taken:
        homes[path] = homes[f"{path[:-4]}{ALL}.csv"]
    beside = _files(opened)
    for entry in (entry for entry in pages if entry.path not in claim.taken):
        table = entry.ending == "csv"
        read = (
            partial(_read_table, opened, entry, homes) if table else partial(_read_page, opened, entry, homes, beside)
        )
        claim.taken.add(entry.path)
        claim.sources.append(Source(entry.path, read, APP))
    claim.skipped += [(path, UNLED) for path in sorted(beside)]  # told of those that no page leads to
    claim.taken |= {*beside, *(entry.path for entry in files if entry.path == "index.html")}
    return claim


def _files(opened: Opened) -> set[str]:
    """The paths of texts that were attached to pages: they have no id, and lie in the folder of one that has."""
    return {
        entry.path for entry in opened.left
        if entry.ending in pictures.OF_NOTES and not ID.match(entry.stem) and ID.match(entry.folder.rpartition("/")[2])
    }  # fmt: skip


def _named_file(path: str) -> str:
    """What a page is called to which a link without words leads."""
    return posixpath.basename(path).removesuffix(".md")


def _named(step: str) -> str:
    found = ID.match(step)
    return (found[1].strip() or "Untitled") if found else step


def _read_page(opened: Opened, entry: Entry, homes: Mapping[str, str], files: Collection[str]) -> ImportedNote:
    archive, home = opened.archive, homes[entry.path]
    if entry.ending != "md":
        note = web_pages.read(archive, entry, zone=opened.zone, homes=homes, prepare=notion_pages.prepare)
    else:
        note = opened.markdown(entry)
        note.text = notion_pages.quoted(note.text)
        note.text = relinking.relinked(note.text, home, partial(_home_of, archive, entry, homes), label=_named_file)
    if files:
        pictures.mention(note, archive, entry, also=files)
    named = posixpath.basename(home).removesuffix(".md")
    note.title = ""
    note.entitle(heading_of(note.text) or ("" if note.text.strip() and named == "Untitled" else named))
    note.home = home
    _finish(note, entry, home)
    for name, value in _properties(note.text).items():
        if name in {"tags", "tag"}:
            note.tag(value.split(","))
        elif name in CREATED:
            note.created = front_matter.instant(value, opened.zone) or note.created
        elif name in UPDATED:
            note.updated = front_matter.instant(value, opened.zone) or note.updated
    return note


def _finish(note: ImportedNote, entry: Entry, home: str) -> None:
    found = ID.match(entry.stem)
    note.key = key_of("notion", found[2] if found else entry.path, note.filled(_named_picture))
    note.tags = [tag for tag in note.tags if tag != entry.folder]
    folder = posixpath.dirname(home)
    while len(folder) > TAG_LIMIT:  # pages stand deep in each other, with titles that are sentences
        folder = posixpath.dirname(folder)
    note.tag([folder])
    note.remarks = [remark for remark in note.remarks if not remark.endswith(UNFIT)]


def _named_picture(picture: Picture) -> str:
    """What stands for it in a key. Those of other files were made before these came along."""
    return picture.name if picture.entry.ending in pictures.ENDINGS else ""


def _properties(text: str) -> dict[str, str]:
    """What a page of a database says below its title."""
    blocks = text.split("\n\n", 2)
    lines = blocks[1].split("\n") if len(blocks) > 1 and blocks[0].startswith("# ") else []
    found = [PROPERTY.fullmatch(line) for line in lines]
    return {one[1].strip().lower(): one[2] for one in found if one} if all(found) else {}


def _home_of(archive: Archive, entry: Entry, homes: Mapping[str, str], target: str) -> str:
    found = archive.find(entry.folder, target) if relinking.is_file(target) else None
    if found is None and target.endswith(".md"):  # a table is sometimes called a page
        found = archive.find(entry.folder, f"{target[:-3]}.csv")
    return homes.get(found.path, "") if found else ""


def _read_table(opened: Opened, entry: Entry, homes: Mapping[str, str]) -> ImportedNote:
    if entry.size > 10 * FILE_LIMIT:
        raise Invalid(f"{megabytes(entry.size)}: a note holds 1 MB.")
    home = homes[entry.path]
    try:
        rows = [row for row in csv.reader(io.StringIO(clean(markdown_files.decoded(entry.read())[0]))) if any(row)]
    except csv.Error:
        raise Invalid(BROKEN) from None
    if not rows:
        raise Invalid(BROKEN)
    width = max(map(len, rows))
    below = {
        _file(posixpath.basename(there).removesuffix(".md")): there
        for there in homes.values() if posixpath.dirname(there) == home.removesuffix(".md")
    }  # fmt: skip
    lines, size = [_line(rows[0], width), "|" + " --- |" * width], 0
    for row in rows[1:]:
        there = below.get(_file(row[0]))
        first = (
            f"[{_cell(row[0]).replace('[', '(').replace(']', ')')}]({relinking.address(home, there)})"
            if there
            else None
        )
        line = _line([*([first] if first else [_cell(row[0])]), *map(_cell, row[1:])], width)
        size += len(line.encode()) + 1
        if size > TEXT_LIMIT - 10_000:
            break
        lines.append(line)
    note = ImportedNote(entry.path, "", "\n".join(lines) + "\n", home=home)
    if len(lines) - 1 < len(rows):
        note.remarks.append(CUT.format(len(lines) - 2, len(rows) - 1))
    valid_text(note.text)
    note.entitle(posixpath.basename(home).removesuffix(".md"))
    _finish(note, entry, home)
    pictures.mention(note, opened.archive, entry)
    note.created = note.updated = entry.modified and entry.modified.replace(tzinfo=opened.zone)
    return note


def _line(cells: list[str], width: int) -> str:
    return "| " + " | ".join([*cells, *[""] * (width - len(cells))]) + " |"


def _cell(words: str) -> str:
    return one_line(words.strip().replace("\n", "<br>").replace("|", "\\|"))


def _file(title: str) -> str:
    """A title as Notion names its file."""
    return " ".join(re.sub(r"[/\\:*?\"<>|.,]", " ", title).split())
