"""The one door for zips that others made: judged by what they say before anything is read, and read within it.

Nothing is unpacked to a disk. A file gives no more bytes than it says it has, piece by piece, and the whole no more
than its limits; see D. Fifield, "A better zip bomb" (2019), for what overlapping files can do.
"""

import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from assistant.errors import Invalid

PIECE = 64 * 1024  # bytes that are unpacked at once, whatever a file says about its size
DIRECTORY_LIMIT = 8_000_000  # bytes of the list of files, which would all be read into memory
RATIO_LIMIT, RATIO_FROM = 100, 50_000_000  # nobody's own files shrink to a hundredth
TAIL = 65_535 + 22 + 20 + 56  # bytes in which a zip's end must stand: comment, end, and the two of large ones
END, LARGE_END = b"PK\x05\x06", b"PK\x06\x06"
HEADER = 30  # bytes of a file's own head, before its name
ENCRYPTED, UTF8_NAME = 0x1, 0x800  # bits of a file's flags

DAMAGED = "This zip is damaged. Make it again and try once more."
DAMAGED_FILE = "It is damaged in the zip."
PACKED = "It is packed in a way that is not read."
LOCKED = "This zip has a password. Unpack it and import the files in it."
BOMB = "This zip unpacks to far more than its size, as no real files do. It was not opened."
OVERLAPPING = "The files in this zip lie over each other, as no program packs them. It was not opened."
DOUBLED = "This zip has the same file twice. Unpack it and import the files in it."


@dataclass(frozen=True, slots=True)
class Limits:
    """How many files and bytes a zip may have, unpacked, and what is said of more."""

    files: int
    total: int
    directory: int = DIRECTORY_LIMIT

    @property
    def many(self) -> str:
        """What is said of too many files."""
        return f"This has more than {self.files:,} files. Import it in parts."

    @property
    def large(self) -> str:
        """What is said of too many bytes."""
        return f"This is larger than {self.total // 1_000_000} MB when it is unpacked. Import it in parts."


@dataclass(frozen=True, slots=True)
class Member:
    """A file in the zip; ``path`` is as it was packed, ``modified`` has no zone."""

    path: str
    size: int
    modified: datetime | None
    is_link: bool
    _file: zipfile.ZipFile
    _info: zipfile.ZipInfo

    def pieces(self) -> Iterator[bytes]:
        """Its bytes, a piece at a time; raises Invalid when they are damaged, or more than it says."""
        # The others unpack a piece whole, however large: 64 kB of bzip2 can be a gigabyte.
        if self._info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise Invalid(PACKED)
        got = 0
        try:
            with self._file.open(self._info) as stream:
                # One byte more than it says shows a lie; the library itself would cut it off silently.
                stream._left = self.size + 1  # type: ignore[attr-defined]  # noqa: SLF001
                while got <= self.size and (piece := stream.read(PIECE)):
                    got += len(piece)
                    yield piece
        except Exception:  # noqa: BLE001 - each way of packing fails in its own words
            raise Invalid(DAMAGED_FILE) from None
        if got != self.size:
            raise Invalid(DAMAGED_FILE)

    def open(self) -> IO[bytes]:
        """Its bytes as a file, for one that ``pieces`` has found to be sound."""
        return self._file.open(self._info)

    def read(self) -> bytes:
        """All its bytes; raises Invalid as ``pieces``."""
        return b"".join(self.pieces())


@contextmanager
def open_zip(source: Path | IO[bytes], limits: Limits) -> Iterator[list[Member]]:
    """The files of the zip, which stays open. Raises Invalid (field file) for what is broken or made to do harm."""
    try:
        _check_directory(source, limits)
        file = zipfile.ZipFile(source)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no zip that can be read
        raise Invalid(DAMAGED, field="file") from None
    with file:
        infos = [info for info in file.infolist() if not info.is_dir()]
        _judge(file, infos, limits)
        yield [
            Member(_name(info), info.file_size, _modified(info), stat.S_ISLNK(info.external_attr >> 16), file, info)
            for info in infos
        ]


def _check_directory(source: Path | IO[bytes], limits: Limits) -> None:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _check_directory(file, limits)
    size = source.seek(0, 2)
    source.seek(max(0, size - TAIL))
    tail = source.read(TAIL)
    for sign, form, place in ((END, "<L", 12), (LARGE_END, "<Q", 40)):
        # Each place that could be the end: a record may be made so that its last sign is not its own.
        for at in (found.start() for found in re.finditer(b"(?=" + re.escape(sign) + b")", tail)):
            if len(tail) < at + place + struct.calcsize(form):
                continue
            (length,) = struct.unpack_from(form, tail, at + place)
            if limits.directory < length < 2**32 - 1:
                raise Invalid(limits.many, field="file")
    return None


def _judge(file: zipfile.ZipFile, infos: list[zipfile.ZipInfo], limits: Limits) -> None:
    total, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    names = {unicodedata.normalize("NFC", info.filename) for info in infos}
    for refused, sentence in (
        (any(info.flag_bits & ENCRYPTED for info in infos), LOCKED),
        (len(infos) > limits.files, limits.many),
        (total > RATIO_FROM and total > RATIO_LIMIT * packed, BOMB),
        (total > limits.total, limits.large),
        (_overlap(file, infos), OVERLAPPING),
        (len(names) < len(infos), DOUBLED),
    ):
        if refused:
            raise Invalid(sentence, field="file")


def _overlap(file: zipfile.ZipFile, infos: list[zipfile.ZipInfo]) -> bool:
    """Whether the room of a file, as the list of files tells it, reaches into that of the next, or into the list."""
    ends = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < ends:
            return True
        ends = info.header_offset + HEADER + info.compress_size
    return ends > file.start_dir


def _name(info: zipfile.ZipInfo) -> str:
    if info.flag_bits & UTF8_NAME:
        return info.filename
    try:
        # Several programs write UTF-8 without saying so.
        return info.filename.encode("cp437").decode()
    except UnicodeError:
        return info.filename


def _modified(info: zipfile.ZipInfo) -> datetime | None:
    try:
        found = datetime(*info.date_time)  # noqa: DTZ001 - a zip knows no zone
    except (ValueError, TypeError):
        return None
    return found if found.year > 1980 else None  # noqa: PLR2004 - the first year, which means none
