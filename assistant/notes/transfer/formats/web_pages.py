"""Reads HTML, as Apple Notes and others export it, and the folders that Apple hands out with one's data."""

import re
from collections.abc import Callable, Mapping
from datetime import tzinfo
from functools import partial
from typing import Any

from assistant.errors import Invalid
from assistant.notes.markdown_source import heading_of
from assistant.notes.transfer import markdown_files, pictures
from assistant.notes.transfer.archive_reader import Archive, Entry, megabytes
from assistant.notes.transfer.formats import relinking
from assistant.notes.transfer.formats.claims import Claim, Opened, Source
from assistant.notes.transfer.html.page import Markup
from assistant.notes.transfer.imported_note import ImportedNote, key_of
from assistant.notes.validation import valid_text
from assistant.storage.text import clean, fold_case, one_line

APPLE = "Apple Notes"
ENDINGS = {"html", "htm", "xhtml"}
LARGEST = 100_000_000  # bytes of a page with its pictures in it
DELETED, TRASHED = "Recently Deleted", "It is in the trash of Apple Notes."
EMPTY = "It holds no text."
UNNAMED = re.compile(r"[^\w]+")


def claim(opened: Opened) -> Claim:
    """The notes of Apple: a folder each, in which a text lies with its attachments, which it does not name."""
    claim, found = Claim(), list[tuple[Entry, list[Entry]]]()
    folders: dict[str, list[Entry]] = {}
    for entry in opened.left:
        folders.setdefault(entry.folder, []).append(entry)
    for folder, files in folders.items():
        name = folder.rpartition("/")[2]
        texts = [file for file in files if file.ending in markdown_files.ENDINGS | ENDINGS]
        if len(texts) == 1 and texts[0].ending == "txt" and name and _same(texts[0].stem, name):
            found.append((texts[0], [file for file in files if pictures.is_attached(file)]))
    if len(found) == 1 and not found[0][1]:
        return claim  # a text in a folder of its name is nothing that only Apple makes
    for entry, shown in found:
        claim.taken.add(entry.path)
        if DELETED in entry.folder.split("/"):
            claim.skipped.append((entry.path, TRASHED))
        else:
            claim.sources.append(Source(entry.path, partial(_read_folder, opened, entry, shown), APPLE))
    return claim


def read(
    archive: Archive, entry: Entry, *, zone: tzinfo, homes: Mapping[str, str],
    prepare: Callable[[Any], None] = lambda _: None,
) -> ImportedNote:  # fmt: skip
    """The note that this page is; ``homes`` says as what the archive's pages come. Raises Invalid when it is empty.

    ``prepare`` makes plain HTML of what only the page's app has.
    """
    if entry.size > LARGEST:
        raise Invalid(f"{megabytes(entry.size)}: a note holds 1 MB.")
    whole = clean(markdown_files.decoded(entry.read())[0])
    page = Markup(whole)
    title = one_line(page.soup.title.get_text()) if page.soup.title else ""
    prepare(page.soup)
    note = ImportedNote(entry.path, key_of("page", entry.path, whole), page.text(page.soup.body))
    page.show(note, [])
    note.home = homes.get(entry.path, f"{entry.path.rpartition('.')[0]}.md")
    pictures.mention(note, archive, entry)
    note.text = relinking.relinked(note.text, note.home, partial(_home_of, archive, entry, homes))
    if not valid_text(note.text).strip():
        raise Invalid(EMPTY)
    note.entitle(title or heading_of(note.text) or entry.stem)
    note.tag([entry.folder])
    note.created = note.updated = entry.modified and entry.modified.replace(tzinfo=zone)
    return note


def _home_of(archive: Archive, entry: Entry, homes: Mapping[str, str], target: str) -> str:
    found = archive.find(entry.folder, target) if relinking.is_file(target) else None
    return homes.get(found.path, "") if found else ""


def _read_folder(opened: Opened, entry: Entry, shown: list[Entry]) -> ImportedNote:
    note = opened.markdown(entry)
    above = entry.folder.rpartition("/")[0]
    note.tags = [tag for tag in note.tags if tag != entry.folder]
    note.tag([above])
    note.home = f"{entry.folder}.md"
    for picture in shown:
        if picture not in [one.entry for one in note.pictures]:
            name = picture.path.rpartition("/")[2]
            note.text = note.text.rstrip() + "\n\n" + note.mention(picture, name, "", ("![](", ")"))
    return note


def _same(stem: str, folder: str) -> bool:
    """Whether text and folder have one name, which Apple cuts and dates."""
    one, other = (UNNAMED.sub("", fold_case(name)) for name in (stem, folder))
    return bool(one) and (other.startswith(one) or one.startswith(other)) if other else False
