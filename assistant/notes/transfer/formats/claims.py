"""What an app's files are to the import: notes, what belongs to them, and what does not come."""

import codecs
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import tzinfo

from assistant.errors import Invalid
from assistant.notes.transfer import markdown_files
from assistant.notes.transfer.archive_reader import Archive, Entry
from assistant.notes.transfer.imported_note import ImportedNote
from assistant.storage.packing import members

HEAD = 4000  # bytes in which one sees what a file is
TOO_DEEP = "It holds JSON that is nested deeper than anybody's is."


@dataclass(frozen=True, slots=True)
class Source:
    """Where a note is read from, each time anew; ``read`` raises Invalid when there is none."""

    path: str
    read: Callable[[], ImportedNote]
    app: str = ""  # as people call it; empty for files of no app


@dataclass(slots=True)
class Claim:
    """The notes of an app, the paths of all its files, and what is skipped, each with a sentence."""

    sources: list[Source] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    skipped: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Opened:
    """The archive, and what the person decided about it."""

    archive: Archive
    zone: tzinfo
    inline_tags: bool
    month_first: bool = False
    taken: set[str] = field(default_factory=set)  # paths of files that an app has claimed

    def markdown(self, entry: Entry) -> ImportedNote:
        """The note that this file of Markdown holds; raises Invalid when it holds none."""
        return markdown_files.read(
            self.archive, entry, zone=self.zone, inline_tags=self.inline_tags, month_first=self.month_first
        )

    @property
    def left(self) -> list[Entry]:
        """The files that no app has claimed yet."""
        return [entry for entry in self.archive.entries if entry.path not in self.taken]


def objects(entry: Entry, name: str = "") -> Iterator[dict[str, object]]:
    """The objects in a list of JSON, or in the list of that name at the top of an object, one at a time.

    Raises Invalid where they are damaged, or nested deeper than anybody's are.
    """
    source = io.BytesIO(entry.read().removeprefix(codecs.BOM_UTF8))
    for found in members(source, f"{name}.item" if name else "item"):
        if isinstance(found, dict):
            yield found


def packed(found: dict[str, object]) -> bytes:
    """An object as JSON; raises Invalid for one that is nested too deep."""
    try:
        return json.dumps(found).encode()
    except RecursionError:
        raise Invalid(TOO_DEEP) from None


def begins(entry: Entry) -> str:
    """How the text begins that may be JSON; empty where it is none."""
    found = next(entry.pieces(), b"")[:HEAD].removeprefix(codecs.BOM_UTF8).decode(errors="replace").lstrip()
    return found if found[:1] in {"{", "["} else ""


def text(value: object) -> str:
    """The value where it is a text; else an empty one."""
    return value if isinstance(value, str) else ""


def group(value: object) -> dict[str, object]:
    """The value where it is an object; else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[object]:
    """The value where it is a list; else an empty one."""
    return value if isinstance(value, list) else []
