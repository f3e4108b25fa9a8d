"""Which app each file is from, told by what is in it, and how its notes are read."""

from collections.abc import Callable, Iterator
from functools import partial

from assistant.notes.transfer import markdown_files, pictures
from assistant.notes.transfer.archive_reader import Entry
from assistant.notes.transfer.containers import Spool, is_packed
from assistant.notes.transfer.formats import (
    evernote,
    google_keep,
    joplin,
    json_notes,
    notion,
    standard_notes,
    text_bundle,
    web_pages,
)
from assistant.notes.transfer.formats.claims import Claim, Opened, Source
from assistant.notes.transfer.formats.vaults import dendron, logseq
from assistant.notes.transfer.imported_note import ImportedNote

KEEP = "Google Keep"
UNREAD = "This kind of file is not read."
NESTED = "A zip inside a zip inside is not opened. Import it by itself."


def recognised(opened: Opened, spool: Spool) -> Iterator[Source | tuple[str, str]]:
    """The notes that may be in the archive, and what is none with a sentence about it."""
    claims: tuple[Callable[[], Claim], ...] = (
        partial(evernote.claim, opened, spool), partial(joplin.claim, opened), partial(text_bundle.claim, opened),
        partial(notion.claim, opened), partial(standard_notes.claim, opened, spool),
        partial(json_notes.claim, opened, spool), partial(logseq.claim, opened), partial(dendron.claim, opened),
        partial(web_pages.claim, opened),
    )  # fmt: skip
    for make in claims:
        claim = make()
        yield from claim.sources
        yield from claim.skipped
        opened.taken.update(claim.taken)
    # What came from Keep is known by its JSON, and then tells what lies beside it.
    rest = sorted(opened.left, key=lambda entry: entry.ending != "json")
    keep_folders: set[str] = set()
    for entry in rest:
        if entry.ending not in pictures.ENDINGS:
            yield from _alone(opened, entry, keep_folders)


def _alone(opened: Opened, entry: Entry, keep_folders: set[str]) -> Iterator[Source | tuple[str, str]]:
    if entry.ending == "json":
        if google_keep.is_one(entry):
            keep_folders.add(entry.folder)
        yield Source(entry.path, partial(google_keep.read, opened.archive, entry), KEEP)
    elif entry.ending in web_pages.ENDINGS:
        if not keep_folders:
            yield Source(entry.path, partial(_page, opened, entry))
    elif entry.ending in markdown_files.ENDINGS:
        if entry.folder not in keep_folders or not entry.path.endswith("Labels.txt"):
            yield Source(entry.path, partial(opened.markdown, entry))
    else:
        yield entry.path, NESTED if is_packed(entry) else UNREAD


def _page(opened: Opened, entry: Entry) -> ImportedNote:
    homes = {one.path: f"{one.path.rpartition('.')[0]}.md" for one in opened.archive.entries
             if one.ending in web_pages.ENDINGS}  # fmt: skip
    return web_pages.read(opened.archive, entry, zone=opened.zone, homes=homes)
