"""Opens an archive that somebody brings: what it says of itself is compared with what it is before anything is read."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from pydantic import ValidationError

from assistant.archive import manifest
from assistant.archive.manifest import Manifest
from assistant.errors import Invalid
from assistant.storage.zips import Limits, Member, open_zip

LIMITS = Limits(files=150_000, total=50_000_000_000, directory=24_000_000)
MANIFEST_LIMIT = 60_000_000  # bytes
FOREIGN = "This is no archive of Assistant."
NEWER = "This archive was made by a newer version of Assistant. Install that version here first, then import it."
CHANGED = "This archive is damaged or was changed: {} is not as its list says. Export it again."

Looked = Callable[[int, int], None]  # hears of bytes that were looked at, and of all


@dataclass(frozen=True)
class Opened:
    """An archive whose files are as its manifest says."""

    manifest: Manifest
    _members: dict[str, Member]

    def get(self, path: str) -> IO[bytes]:
        """A file of it; raises Invalid when there is none."""
        found = self._members.get(path)
        if found is None:
            raise Invalid(f"This archive names a file that is not in it: {path[:200]}")
        return found.open()

    def paths(self, folder: str, ending: str) -> list[str]:
        """The files in a folder, in the order in which they were written."""
        return [
            path for path in self._members
            if path.startswith(folder) and path.endswith(ending) and "/" not in path.removeprefix(folder)
        ]  # fmt: skip


def is_zip(source: Path) -> bool:
    """Whether it begins as zips do."""
    with source.open("rb") as file:
        return file.read(4) in {b"PK\x03\x04", b"PK\x05\x06"}


@contextmanager
def opened(source: Path, looked: Looked | None = None, *, known: bool = False) -> Iterator[Opened | None]:
    """The archive, every byte of which was compared with its manifest; None where the zip is not meant to be one.

    Of a ``known`` one that was done before, and only its list is read. Raises Invalid for what is none, newer, damaged
    or made to do harm.
    """
    with open_zip(source, LIMITS) as found:
        members = {member.path: member for member in found}
        if manifest.NAME not in members:
            yield None
            return
        about = _manifest(members.pop(manifest.NAME))
        if strange := sorted(members.keys() ^ about.files.keys()):
            raise Invalid(CHANGED.format(strange[0][:200]))
        done, of_all = 0, sum(member.size for member in members.values())
        for path, member in () if known else members.items():
            _compare(member, about, path)
            done += member.size
            if looked:
                looked(done, of_all)
        yield Opened(about, members)


def _manifest(member: Member) -> Manifest:
    if member.size > MANIFEST_LIMIT:
        raise Invalid(FOREIGN)
    try:
        found = Manifest.model_validate_json(text := member.read())
    except ValidationError:
        # A newer one may have other fields: then it is not damaged.
        if b'"assistant-archive"' in text[:200] and b'"version": 1,' not in text[:400]:
            raise Invalid(NEWER) from None
        raise Invalid(FOREIGN) from None
    if found.version > manifest.FORMAT:
        raise Invalid(NEWER)
    return found


def _compare(member: Member, about: Manifest, path: str) -> None:
    expected = about.files[path]
    if member.size != expected.size or member.is_link:
        raise Invalid(CHANGED.format(path[:200]))
    digest = hashlib.sha256()
    for piece in member.pieces():
        digest.update(piece)
    if digest.hexdigest() != expected.sha256:
        raise Invalid(CHANGED.format(path[:200]))
