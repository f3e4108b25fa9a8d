"""What an archive holds: its files read one by one, for what one must know before anything is stored."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from peewee import chunked

from assistant.errors import Invalid
from assistant.notes.transfer import google_keep, markdown_files, pictures
from assistant.notes.transfer.archive_reader import Archive, Entry, Source, open_archive, shown
from assistant.notes.transfer.imported_note import ImportedNote

AT_ONCE = 50  # files that are read before others have their turn

UNREAD = "This kind of file is not read. Notes are Markdown, text or from Google Keep."
NESTED = "A zip inside is not opened. Import it by itself."
UNSHOWN = "No note shows this picture."

Progress = Callable[[int, int], None]
Remarks = list[tuple[str, str]]  # a file's name and a sentence about it


@dataclass(frozen=True, slots=True)
class Found:
    """A note in the archive, without its text."""

    entry: Entry
    updated: datetime | None
    title: str
    tags: list[str]
    pictures: int
    remarks: list[str]


@dataclass(slots=True)
class Scan:
    """The notes of an archive by their keys, and what was skipped; ``twice`` counts those that are there again."""

    archive: Archive
    zone: tzinfo
    inline_tags: bool
    skipped: Remarks
    notes: dict[str, Found] = field(default_factory=dict)
    twice: int = 0
    pictures: set[str] = field(default_factory=set)  # that a note shows
    keep_folders: set[str] = field(default_factory=set)

    def read(self, entry: Entry) -> ImportedNote:
        """The note that this file holds. Raises Invalid when it holds none."""
        if entry.ending == "json":
            return google_keep.read(self.archive, entry)
        return markdown_files.read(self.archive, entry, zone=self.zone, inline_tags=self.inline_tags)


@asynccontextmanager
async def open_scan(
    source: Source, zone: tzinfo, *, inline_tags: bool, progress: Progress | None = None
) -> AsyncIterator[Scan]:
    """The scan of what is handed in, which stays open. Raises Invalid for what cannot be opened."""
    opening = open_archive(source)
    archive = await asyncio.to_thread(opening.__enter__)
    try:
        scan = Scan(archive, zone, inline_tags, list(archive.skipped))
        # What came from Keep is known by its JSON, and then tells what lies beside it.
        entries, done = sorted(archive.entries, key=lambda entry: entry.ending != "json"), 0
        for some in chunked(entries, AT_ONCE):
            await asyncio.to_thread(_scan_all, scan, list(some))
            done += len(some)
            if progress:
                progress(done, len(entries))
        scan.skipped += [
            (shown(entry.path), UNSHOWN)
            for entry in entries
            if entry.ending in pictures.ENDINGS and entry.path not in scan.pictures
        ]
        yield scan
    finally:
        opening.__exit__(None, None, None)


def _scan_all(scan: Scan, entries: Iterable[Entry]) -> None:
    for entry in entries:
        if entry.ending in pictures.ENDINGS or _beside_keep(scan, entry):
            continue
        try:
            _add(scan, entry)
        except Invalid as error:
            scan.skipped.append((shown(entry.path), error.sentence))
            _note_keep(scan, entry, recognised=error.sentence != google_keep.STRANGE)


def _beside_keep(scan: Scan, entry: Entry) -> bool:
    if entry.ending == "html":
        return bool(scan.keep_folders)
    return entry.folder in scan.keep_folders and entry.path.endswith("Labels.txt")


def _note_keep(scan: Scan, entry: Entry, *, recognised: bool = True) -> None:
    if entry.ending == "json" and recognised:
        scan.keep_folders.add(entry.folder)


def _add(scan: Scan, entry: Entry) -> None:
    if entry.ending not in markdown_files.ENDINGS | {"json"}:
        raise Invalid(NESTED if entry.ending == "zip" else UNREAD)
    note = scan.read(entry)
    _note_keep(scan, entry)
    scan.pictures |= {picture.entry.path for picture in note.pictures}
    if note.key in scan.notes:
        scan.twice += 1
        return
    scan.notes[note.key] = Found(entry, note.updated, note.named, note.tags, len(note.pictures), note.remarks)
