"""What an archive holds: its files read one by one, for what one must know before anything is stored."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from itertools import islice

from assistant.errors import Invalid
from assistant.notes.transfer import pictures
from assistant.notes.transfer.archive_reader import Archive, open_archive, shown
from assistant.notes.transfer.archive_reader import Source as Given
from assistant.notes.transfer.containers import Spool, expanded
from assistant.notes.transfer.formats.claims import Opened, Source
from assistant.notes.transfer.formats.recognition import recognised

AT_ONCE = 50  # files that are read before others have their turn

UNSHOWN = "No note shows this picture."

Progress = Callable[[int, int], None]
Remarks = list[tuple[str, str]]  # a file's name and a sentence about it


@dataclass(frozen=True, slots=True)
class Found:
    """A note in the archive, without its text."""

    source: Source
    updated: datetime | None
    title: str
    tags: list[str]
    hashtags: tuple[str, ...]
    home: str
    pictures: int
    size: int  # bytes, with its pictures
    remarks: list[str]


@dataclass(slots=True)
class Scan:
    """The notes of an archive by their keys, and what was skipped; ``twice`` counts those that are there again."""

    archive: Archive
    skipped: Remarks
    notes: dict[str, Found] = field(default_factory=dict)
    twice: int = 0
    pictures: set[str] = field(default_factory=set)  # paths of files that a note shows or leads to
    unread: Remarks = field(default_factory=list)  # paths of files that are no notes, and why


@asynccontextmanager
async def open_scan(
    given: Given, zone: tzinfo, *, inline_tags: bool, month_first: bool = False, progress: Progress | None = None
) -> AsyncIterator[Scan]:
    """The scan of what is handed in, which stays open. Raises Invalid for what cannot be opened."""
    opening = open_archive(given)
    archive = await asyncio.to_thread(opening.__enter__)
    spool = Spool()
    try:
        archive = await asyncio.to_thread(expanded, archive, spool)
        scan, done = Scan(archive, list(archive.skipped)), 0
        found = iter(recognised(Opened(archive, zone, inline_tags, month_first), spool))
        while some := await asyncio.to_thread(lambda: list(islice(found, AT_ONCE))):
            await asyncio.to_thread(_scan_all, scan, some)
            done += len(some)
            if progress:
                progress(min(done, len(archive.entries)), len(archive.entries))
        if progress:
            progress(len(archive.entries), len(archive.entries))
        # What belongs to a note need not be one.
        scan.skipped += [(shown(path), why) for path, why in scan.unread if path not in scan.pictures]
        scan.skipped += [
            (shown(entry.path), UNSHOWN)
            for entry in archive.entries
            if entry.ending in pictures.ENDINGS and entry.path not in scan.pictures
        ]
        yield scan
    finally:
        spool.close()
        opening.__exit__(None, None, None)


def _scan_all(scan: Scan, found: Iterable[Source | tuple[str, str]]) -> None:
    for source in found:
        if isinstance(source, tuple):
            scan.unread.append(source)
            continue
        try:
            _add(scan, source)
        except Invalid as error:
            scan.unread.append((source.path, error.sentence))


def _add(scan: Scan, source: Source) -> None:
    note = source.read()
    scan.pictures |= {picture.entry.path for picture in note.pictures}
    if note.key in scan.notes:
        scan.twice += 1
        return
    scan.notes[note.key] = Found(
        source, note.updated, note.named, note.tags, note.hashtags, note.home, len(note.pictures), note.size,
        note.remarks,
    )  # fmt: skip
