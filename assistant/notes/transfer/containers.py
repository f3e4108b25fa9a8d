"""Archives in the archive, opened one level deep: zips, bundles, backups, and tars."""

import io
import re
import tarfile
import tempfile
import unicodedata
import zlib
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import IO

from assistant.errors import Invalid
from assistant.notes.transfer import led_to
from assistant.notes.transfer.archive_reader import LIMITS, LINK, OUTSIDE, Archive, Entry, shown
from assistant.notes.transfer.imported_note import FILE_LIMIT
from assistant.storage.zips import DAMAGED, PIECE, open_zip

ZIPS = {"zip", "textpack", "bear2bk", "bearbk"}
TARS = {"jex", "tar", "tgz"}  # of Joplin, and of Google
PARTS = re.compile(r"Export-[0-9a-f-]{30,40}(?:-Part-\d+)?")  # into which Notion cuts what it exports


class Spool:
    """Bytes on the disk that are read again and again; gone when it is closed."""

    def __init__(self) -> None:
        """Nothing is on the disk yet."""
        self._file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - it lives as long as what is read from it
        self._left = LIMITS.total

    def entry(self, path: str, pieces: Iterable[bytes], modified: datetime | None = None) -> Entry:
        """A file of these pieces. Raises Invalid (field file) when all of them are too much."""
        start = self._file.seek(0, io.SEEK_END)
        size = 0
        for piece in pieces:
            size += len(piece)
            self._left -= len(piece)
            if self._left < 0:
                raise Invalid(LIMITS.large, field="file")
            self._file.write(piece)
        return Entry(path, size, modified, partial(self._read, start, size))

    def close(self) -> None:
        """Frees the disk."""
        self._file.close()

    def _read(self, start: int, size: int) -> bytes:
        self._file.seek(start)
        return self._file.read(size)


def expanded(archive: Archive, spool: Spool) -> Archive:
    """The archive with what is in its archives, in folders of their names where there are several.

    A zip to which a text leads stays as it is.
    """
    packed = [entry for entry in archive.entries if is_packed(entry)]
    texts = (entry.read() for entry in archive.entries if entry.ending in led_to.TEXTS and entry.size <= FILE_LIMIT)
    kept = led_to.zips([entry.path for entry in packed if entry.ending == "zip"], texts)
    packed = [entry for entry in packed if entry.path not in kept]
    if not packed:
        return archive
    alone = len(packed) == len(archive.entries)
    opened = {entry.path for entry in packed}
    entries = [entry for entry in archive.entries if entry.path not in opened]
    skipped = list(archive.skipped)
    for entry in packed:
        inside = entry.folder if PARTS.fullmatch(entry.stem) or (alone and len(packed) == 1) else _without_ending(entry)
        try:
            entries += _unpacked(entry, inside, spool, skipped)
        except Invalid as error:
            if error.sentence in {LIMITS.many, LIMITS.large}:
                raise
            skipped.append((shown(entry.path), error.sentence))
        if len(entries) > LIMITS.files:
            raise Invalid(LIMITS.many, field="file")
    return Archive(entries, skipped, "")


def is_packed(entry: Entry) -> bool:
    """Whether it is an archive, by its name."""
    return entry.ending in ZIPS | TARS or entry.path.lower().endswith(".tar.gz")


def _unpacked(entry: Entry, inside: str, spool: Spool, skipped: list[tuple[str, str]]) -> list[Entry]:
    members = _of_zip if entry.ending in ZIPS else _of_tar
    found: list[Entry] = []
    for path, modified, pieces in members(entry, skipped):
        top, _, below = path.partition("/")
        path = below if below and PARTS.fullmatch(top) else path  # noqa: PLW2901 - the folder is that of the part
        whole = unicodedata.normalize("NFC", f"{inside}/{path}" if inside else path)
        if path.startswith("/") or ".." in path.split("/"):
            skipped.append((shown(path), OUTSIDE))
            continue
        try:
            found.append(spool.entry(whole, pieces, modified))
        except Invalid as error:
            if error.sentence == LIMITS.large:
                raise
            skipped.append((shown(whole), error.sentence))
    return found


def _of_zip(
    entry: Entry, skipped: list[tuple[str, str]]
) -> Iterator[tuple[str, datetime | None, Iterable[bytes]]]:  # fmt: skip
    with open_zip(io.BytesIO(entry.read()), LIMITS) as members:
        for member in members:
            path = member.path.replace("\\", "/").replace("\x00", "")
            if member.is_link:
                skipped.append((shown(path), LINK))
            else:
                yield path, member.modified, member.pieces()


def _of_tar(
    entry: Entry, _skipped: list[tuple[str, str]]
) -> Iterator[tuple[str, datetime | None, Iterable[bytes]]]:  # fmt: skip
    left = LIMITS.files
    try:
        packed = entry.ending not in {"jex", "tar"}
        with tarfile.open(fileobj=io.BytesIO(entry.read()), mode="r:gz" if packed else "r:") as tar:
            for member in tar:
                left -= 1
                if left < 0:
                    raise Invalid(LIMITS.many, field="file")
                file = tar.extractfile(member) if member.isreg() and not member.issparse() else None
                if file is not None:
                    modified = datetime.fromtimestamp(max(0, min(member.mtime, 2**32)), UTC).replace(tzinfo=None)
                    yield member.name.removeprefix("./"), modified, iter(partial(file.read, PIECE), b"")
    except (tarfile.TarError, OSError, ValueError, EOFError, OverflowError, zlib.error):
        raise Invalid(DAMAGED.replace("zip", "file")) from None


def _without_ending(entry: Entry) -> str:
    return f"{entry.folder}/{entry.stem}" if entry.folder else entry.stem
