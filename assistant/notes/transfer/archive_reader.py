"""What is handed in for import: a zip or dropped files, looked into without unpacking it anywhere."""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property, partial
from pathlib import Path
from typing import IO

from assistant.errors import Invalid
from assistant.storage.text import fold_case, one_line
from assistant.storage.zips import Limits, Member, open_zip

Source = Path | IO[bytes] | Sequence[tuple[str, bytes]]

LIMITS = Limits(files=20_000, total=500_000_000)
DRIVE = re.compile(r"[A-Za-z]:")
JUNK = {"__macosx", "thumbs.db", "desktop.ini", "icon\r"}

OUTSIDE = "Its path leads out of the zip."
LINK = "It is a link and not a file."


@dataclass(frozen=True, slots=True)
class Entry:
    """A file in the archive; ``path`` has ``/`` between folders, ``modified`` has no zone."""

    path: str
    size: int
    modified: datetime | None
    load: Callable[[], bytes]
    stream: Callable[[], Iterator[bytes]] | None = None
    in_letters: bool = False  # a picture that stood in a text

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
        return self.load()

    def pieces(self) -> Iterator[bytes]:
        """Its bytes a piece at a time, where it can be read so; raises Invalid as ``read``."""
        yield from self.stream() if self.stream else iter((self.load(),))


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
        with open_zip(source, LIMITS) as members:
            name = source.stem if isinstance(source, Path) else Path(str(getattr(source, "name", ""))).stem
            yield _unpacked(members, name)
        return
    if len(source) > LIMITS.files:
        raise Invalid(LIMITS.many, field="file")
    if sum(len(data) for _, data in source) > LIMITS.total:
        raise Invalid(LIMITS.large, field="file")
    yield _sorted((name, len(data), None, partial(bytes, data), None) for name, data in source)


def shown(path: str) -> str:
    """A file's path as it is told to people."""
    return "".join(c for c in one_line(path) if c.isprintable())[-200:] or "(without a name)"


def megabytes(size: int) -> str:
    """A size in words."""
    return f"{size / 1_000_000:.0f} MB" if size >= 10_000_000 else f"{size / 1_000_000:.1f} MB"  # noqa: PLR2004


_Raw = tuple[str, int, datetime | None, Callable[[], bytes], Callable[[], Iterator[bytes]] | None]


def _unpacked(members: Sequence[Member], name: str) -> Archive:
    plain = (member for member in members if not member.is_link)
    archive = _sorted(((one.path, one.size, one.modified, one.read, one.pieces) for one in plain), name)
    archive.skipped += [(shown(member.path), LINK) for member in members if member.is_link]
    return archive


def _sorted(files: Iterator[_Raw], name: str = "") -> Archive:
    entries, skipped = [], []
    for given, size, modified, load, stream in files:
        path = unicodedata.normalize("NFC", given.replace("\x00", "").replace("\\", "/"))
        steps = [step for step in path.split("/") if step not in {"", "."}]
        if path.startswith("/") or ".." in steps or DRIVE.match(path):
            skipped.append((shown(given), OUTSIDE))
        elif steps and not path.endswith("/"):
            entries.append(Entry("/".join(steps), size, modified, load, stream))
    return Archive(entries, skipped, name)


def _without_root(entries: Sequence[Entry], name: str) -> list[Entry]:
    roots = {entry.path.partition("/")[0] for entry in entries if not _junk(entry.path)}
    root = next(iter(roots), "")
    # A folder that was packed whole stands in a folder of its own, which says nothing about its notes.
    vault = any(entry.path.startswith(f"{root}/.obsidian/") for entry in entries)
    whole = len(roots) == 1 and all("/" in entry.path for entry in entries)
    cut = len(root) + 1 if whole and (vault or root == name) else 0
    kept = [entry for entry in entries if not _junk(entry.path) and len(entry.path) > cut]
    return [Entry(entry.path[cut:], entry.size, entry.modified, entry.load, entry.stream) for entry in kept]


def _junk(path: str) -> bool:
    return any(step.startswith(".") or step.lower() in JUNK for step in path.split("/"))


def _key(path: str) -> str:
    return fold_case(path)
