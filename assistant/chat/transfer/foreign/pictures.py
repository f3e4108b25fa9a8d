"""The pictures of a conversation that another program exported, and the files in which they are.

They are looked at when the conversation is, and read again when they are stored: a conversation may have a gigabyte.
"""

import bisect
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import IO

from assistant.chat import pictures
from assistant.chat.pictures import SIZE_LIMIT
from assistant.chat.transfer.arriving import SIGNS
from assistant.chat.transfer.shapes import Picture
from assistant.errors import Invalid

READ_LIMIT = 40_000_000  # bytes of a file; what is larger is no picture of a chat
LARGEST_SIDE = 100_000  # pixels
SHORTEST = 8  # signs by which a file is known; ids are longer

Bytes = Callable[[], bytes]  # reads a picture


@dataclass(frozen=True, slots=True)
class Entry:
    """A file: its path, the way to open it, and its bytes."""

    path: str
    open: Callable[[], IO[bytes]]
    modified: datetime | None
    size: int

    @property
    def name(self) -> str:
        """The last part of its path."""
        return PurePosixPath(self.path).name

    @property
    def ending(self) -> str:
        """What its name ends with, in small letters."""
        return PurePosixPath(self.path).suffix.lower()

    def read(self) -> bytes:
        """What is in it, up to what a picture may have."""
        with self.open() as file:
            return file.read(READ_LIMIT)


class Files:
    """Files by the ids with which programs begin their names."""

    def __init__(self, entries: Iterable[Entry]) -> None:
        """Knows these."""
        self._entries = sorted(entries, key=lambda entry: entry.name)
        self._names = [entry.name for entry in self._entries]

    def find(self, *ids: str) -> Bytes | None:
        """The first file whose name is one of these, or begins with one and goes on with a sign."""
        for id in ids:  # noqa: A001 - the programs' own word
            at = bisect.bisect_left(self._names, id)
            while len(id) >= SHORTEST and at < len(self._names) and self._names[at].startswith(id):
                if not self._names[at][len(id) : len(id) + 1].isalnum():
                    return self._entries[at].read
                at += 1
        return None


@dataclass(slots=True)
class Kept:
    """What is kept beside the words of one conversation: its pictures, by the paths under which they are asked for.

    Where it is only ``planned``, none is converted. ``missing`` are the names of those that are not among the files;
    ``recordings`` are counted, whose words come; ``about`` is what it was told of the person.
    """

    planned: bool = False
    files: dict[str, Bytes] = field(default_factory=dict)
    refused: int = 0
    recordings: int = 0
    missing: list[str] = field(default_factory=list)
    about: list[str] = field(default_factory=list)

    def picture(self, read: Bytes, created: datetime) -> Picture | None:
        """The picture, if it is one that a message can show."""
        try:
            kind, side, height, read = self._looked_at(read)
        except Exception:  # noqa: BLE001 - Pillow, zips and base64 each fail in their own words
            self.refused += 1
            return None
        name = str(len(self.files))
        self.files[name] = read
        return Picture(file=name, kind=kind, width=side, height=height, created=created)  # type: ignore[arg-type]

    def open(self, path: str) -> IO[bytes]:
        """The picture of that path."""
        return io.BytesIO(self.files[path]())

    def _looked_at(self, read: Bytes) -> tuple[str, int, int, Bytes]:
        from PIL import Image as Pictures  # noqa: PLC0415 - most exports have none

        data = read()
        with Pictures.open(io.BytesIO(data), formats=pictures.KINDS) as opened:
            width, height = opened.size
        if max(width, height) > LARGEST_SIDE:
            raise Invalid("This picture is too large.")
        kind = next((kind for kind, sign in SIGNS.items() if data.startswith(sign)), None)
        if kind and len(data) <= SIZE_LIMIT:
            return kind, width, height, read
        if self.planned:
            return "image/jpeg", width, height, read
        kind, small, width, height = pictures.shrunk(data)
        return kind, width, height, lambda: small
