"""What is handed in for import: a zip or dropped files, looked into without unpacking it anywhere."""

import re
import stat
import struct
import unicodedata
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import IO

from assistant.errors import Invalid
from assistant.storage.text import fold_case, one_line

Source = Path | IO[bytes] | Sequence[tuple[str, bytes]]

FILES_LIMIT = 20_000
TOTAL_LIMIT = 500_000_000  # bytes, unpacked
RATIO_LIMIT, RATIO_FROM = 100, 50_000_000  # nobody's own files shrink to a hundredth
DIRECTORY_LIMIT = 8_000_000  # bytes of the list of files, which would all be read into memory
TAIL = 65_535 + 22 + 20 + 56  # bytes in which a zip's end must stand: comment, end, and the two of large ones
END, LARGE_END = b"PK\x05\x06", b"PK\x06\x06"

ENCRYPTED, UTF8_NAME = 0x1, 0x800  # bits of a file's flags
DRIVE = re.compile(r"[A-Za-z]:")
JUNK = {"__macosx", "thumbs.db", "desktop.ini", "icon\r"}

DAMAGED = "This zip is damaged. Make it again and try once more."
LOCKED = "This zip has a password. Unpack it and import the files in it."
MANY = f"This has more than {FILES_LIMIT:,} files. Import it in parts."
LARGE = f"This is larger than {TOTAL_LIMIT // 1_000_000} MB when it is unpacked. Import it in parts."
BOMB = "This zip unpacks to far more than its size, as no real notes do. It was not opened."
OUTSIDE = "Its path leads out of the zip."
LINK = "It is a link and not a file."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the archive; ``path`` has ``/`` between folders, ``modified`` has no zone."""

    path: str
    size: int
    modified: datetime | None
    load: Callable[[], bytes]

    @property
    def folder(self) -> str:
        """The path of its folder, empty at the top."""
        return self.path.rpartition("/")[0]

    @property
    def stem(self) -> str:
        """Its name without the ending."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[0] or name

    @property
    def ending(self) -> str:
        """Its ending in small letters, without the dot."""
        name = self.path.rpartition("/")[2]
        return name.rpartition(".")[2].lower() if "." in name else ""

    def read(self) -> bytes:
        """Its bytes; Invalid when they cannot be had."""
        try:
            return self.load()
        except Exception:  # noqa: BLE001 - each way of packing fails in its own words
            raise Invalid("It is damaged in the zip.") from None


class Archive:
    """The files, without what systems and apps leave beside them; ``skipped`` is what cannot be taken and why."""

    def __init__(self, entries: Sequence[Entry], skipped: Sequence[tuple[str, str]], name: str) -> None:
        self.entries = _without_root(entries, name)
        self.skipped = list(skipped)

    def find(self, folder: str, target: str) -> Entry | None:
        """The file that a note in this folder means: by its path from there, from the top, or by its name alone."""
        steps: list[str] = []
        for step in [*folder.split("/"), *target.replace("\\", "/").split("/")]:
            if step == "..":
                del steps[-1:]
            elif step not in {"", "."}:
                steps.append(step)
        name = target.replace("\\", "/").rpartition("/")[2]
        keys = (_key("/".join(steps)), _key(target.lstrip("/")))
        return next((self._paths[key] for key in keys if key in self._paths), None) or self._names.get(_key(name))

    @cached_property
    def _paths(self) -> dict[str, Entry]:
        return {_key(entry.path): entry for entry in reversed(self.entries)}

    @cached_property
    def _names(self) -> dict[str, Entry]:
        near = sorted(self.entries, key=lambda entry: entry.path.count("/"), reverse=True)
        return {_key(entry.path.rpartition("/")[2]): entry for entry in near}


@contextmanager
def open_archive(source: Source) -> Iterator[Archive]:
    """The archive, open. Raises Invalid for a zip that is damaged, locked, too large, or made to do harm."""
    if not isinstance(source, Sequence):
        with _zip(source) as file:
            name = source.stem if isinstance(source, Path) else Path(str(getattr(source, "name", ""))).stem
            yield _unpacked(file, name)
        return
    if len(source) > FILES_LIMIT:
        raise Invalid(MANY, field="file")
    if sum(len(data) for _, data in source) > TOTAL_LIMIT:
        raise Invalid(LARGE, field="file")
    yield _sorted((name, len(data), None, partial(bytes, data)) for name, data in source)


def shown(path: str) -> str:
    """A file's path as it is told to people."""
    return "".join(c for c in one_line(path) if c.isprintable())[-200:] or "(without a name)"


def megabytes(size: int) -> str:
    """A size in words."""
    return f"{size / 1_000_000:.0f} MB" if size >= 10_000_000 else f"{size / 1_000_000:.1f} MB"  # noqa: PLR2004


_Raw = tuple[str, int, datetime | None, Callable[[], bytes]]


@contextmanager
def _zip(source: Path | IO[bytes]) -> Iterator[zipfile.ZipFile]:
    try:
        _check_directory(source)
        file = zipfile.ZipFile(source)
    except Invalid:
        raise
    except Exception:  # noqa: BLE001 - whatever is wrong with it, it is no zip that can be read
        raise Invalid(DAMAGED, field="file") from None
    with file:
        yield file


def _check_directory(source: Path | IO[bytes]) -> None:
    if isinstance(source, Path):
        with source.open("rb") as file:
            return _check_directory(file)
    size = source.seek(0, 2)
    source.seek(max(0, size - TAIL))
    tail = source.read(TAIL)
    for sign, form, place in ((END, "<L", 12), (LARGE_END, "<Q", 40)):
        # Each place that could be the end: a record may be made so that its last sign is not its own.
        for at in (found.start() for found in re.finditer(b"(?=" + re.escape(sign) + b")", tail)):
            if len(tail) < at + place + struct.calcsize(form):
                continue
            (length,) = struct.unpack_from(form, tail, at + place)
            if DIRECTORY_LIMIT < length < 2**32 - 1:
                raise Invalid(MANY, field="file")
    return None


def _unpacked(file: zipfile.ZipFile, name: str) -> Archive:
    infos = [info for info in file.infolist() if not info.is_dir()]
    if any(info.flag_bits & ENCRYPTED for info in infos):
        raise Invalid(LOCKED, field="file")
    if len(infos) > FILES_LIMIT:
        raise Invalid(MANY, field="file")
    total, packed = sum(info.file_size for info in infos), sum(info.compress_size for info in infos)
    if total > RATIO_FROM and total > RATIO_LIMIT * packed:
        raise Invalid(BOMB, field="file")
    if total > TOTAL_LIMIT:
        raise Invalid(LARGE, field="file")
    links = [info for info in infos if stat.S_ISLNK(info.external_attr >> 16)]
    plain = (info for info in infos if info not in links)
    archive = _sorted(((_name(i), i.file_size, _modified(i), partial(file.read, i)) for i in plain), name)
    archive.skipped += [(shown(_name(info)), LINK) for info in links]
    return archive


def _sorted(files: Iterator[_Raw], name: str = "") -> Archive:
    entries, skipped = [], []
    for given, size, modified, load in files:
        path = unicodedata.normalize("NFC", given.replace("\x00", "").replace("\\", "/"))
        steps = [step for step in path.split("/") if step not in {"", "."}]
        if path.startswith("/") or ".." in steps or DRIVE.match(path):
            skipped.append((shown(given), OUTSIDE))
        elif steps and not path.endswith("/"):
            entries.append(Entry("/".join(steps), size, modified, load))
    return Archive(entries, skipped, name)


def _without_root(entries: Sequence[Entry], name: str) -> list[Entry]:
    roots = {entry.path.partition("/")[0] for entry in entries if not _junk(entry.path)}
    root = next(iter(roots), "")
    # A folder that was packed whole stands in a folder of its own, which says nothing about its notes.
    vault = any(entry.path.startswith(f"{root}/.obsidian/") for entry in entries)
    cut = len(root) + 1 if len(roots) == 1 and (vault or root == name) else 0
    kept = [entry for entry in entries if not _junk(entry.path) and len(entry.path) > cut]
    return [Entry(entry.path[cut:], entry.size, entry.modified, entry.load) for entry in kept]


def _junk(path: str) -> bool:
    return any(step.startswith(".") or step.lower() in JUNK for step in path.split("/"))


def _key(path: str) -> str:
    return fold_case(path)


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
