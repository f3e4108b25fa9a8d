"""The files that somebody brings from another program: one, a zip or a folder of them, and what is in them."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from pathlib import Path, PurePosixPath
from typing import IO, Any

from assistant.chat.transfer.arriving import Draft, Incoming
from assistant.chat.transfer.foreign import (
    chatgpt,
    claude,
    librechat,
    markdown_chats,
    open_webui,
    places,
    plain_lists,
    profiles,
)
from assistant.chat.transfer.foreign.pictures import Entry, Files, Kept
from assistant.chat.transfer.memory import FactShape
from assistant.errors import Invalid
from assistant.storage.packing import members
from assistant.storage.zips import Limits, open_zip

LIMITS = Limits(files=100_000, total=20_000_000_000, directory=16_000_000)
TEXT_LIMIT = 20_000_000  # bytes of a Markdown file
NOTHING = (
    "There is no conversation in it that can be read. Bring an archive of Assistant, the export of ChatGPT, Claude, "
    "Open WebUI or LibreChat, or Markdown files in which it stands who speaks."
)
BOM = b"\xef\xbb\xbf"
WRITTEN = {".md", ".markdown", ".txt"}
NOT_YET = "not yet"
NAMED = 5  # pictures of a conversation that are missing
PROGRAMS = (chatgpt, claude, open_webui, librechat, plain_lists)


@dataclass(slots=True)
class ForeignChats:
    """What another program exported, on its way in."""

    user: int
    entries: list[Entry]
    zone: tzinfo
    programs: dict[str, int] = field(default_factory=dict)
    _skipped: int = 0
    _kept: Kept = field(default_factory=Kept)
    _refused: int = 0
    _recordings: int = 0
    _missing: list[tuple[str, str]] = field(default_factory=list)
    _planned: bool = True
    _incoming: Incoming | None = None
    _files: Files = field(init=False)
    _read: int = 0
    _of_all: int = 0
    _told: dict[tuple[str, str], None] = field(default_factory=dict)  # what programs were told about somebody
    _facts: list[FactShape] = field(default_factory=list)
    _said: list[tuple[str, str]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Knows the files by their names."""
        self._files = Files(self.entries)

    @property
    def far(self) -> tuple[int, int]:
        """How many kB are read, and of how many."""
        return self._read // 1000, self._of_all // 1000

    def plan(self) -> Iterator[None]:
        """Finds out what would come; reads only. Raises Invalid when there is no conversation in it."""
        incoming = self._begin(planned=True)
        for draft in self._drafts():
            yield from incoming.plan(draft) if draft else (None,)
        self._offer()
        yield

    def store(self, mark: datetime) -> Iterator[None]:
        """Writes what is not here yet under the mark."""
        incoming = self._begin(planned=False)
        for draft in self._drafts():
            yield from incoming.store(draft, mark) if draft else (None,)
        self._offer()
        yield

    @property
    def counts(self) -> dict[str, int]:
        """What is new and what is here already, as it is told."""
        return {**(self._incoming.counts if self._incoming else {}), "new facts about you": len(self._facts)}

    @property
    def remarks(self) -> list[tuple[str, str]]:
        """What is to be said of single conversations, and of what is left out."""
        counted = (
            (self._skipped, "entry in which nobody says anything", "entries in which nobody says anything"),
            (self._refused, "picture that cannot be shown", "pictures that cannot be shown"),
            (self._recordings, "recording; what was said comes as words", "recordings; what was said comes as words"),
        )
        left = [("Left out", f"{count:,} {one if count == 1 else many}.") for count, one, many in counted if count]
        return [*left, *self._said, *self._missing, *(self._incoming.remarks if self._incoming else [])]

    @property
    def then(self) -> dict[str, Any]:
        """What has to be known at the end."""
        facts = [one.model_dump(mode="json") for one in self._facts]
        return {**(self._incoming.then if self._incoming else {}), "memory": facts}

    def _begin(self, *, planned: bool) -> Incoming:
        self._skipped = self._refused = self._recordings = 0
        self._planned = planned
        self._missing.clear()
        self._told.clear()
        self.programs.clear()
        self._incoming = Incoming(self.user, lambda path: self._kept.open(path))  # noqa: PLW0108 - each conversation has its own
        return self._incoming

    def _offer(self) -> None:
        """Finds out what of it is new; within a unit of work."""
        texts = [(program, text) for program, text in self._told]
        self._facts, self._said = profiles.offered(self.user, texts, datetime.now(UTC))

    def _drafts(self) -> Iterator[Draft | None]:
        """The conversations; None again and again where there is none for a while."""
        for found in (self._from_json(), self._from_markdown()):
            count = 0
            for program, draft in found:
                if draft is None:
                    self._skipped += program != NOT_YET
                    yield None
                    continue
                self._tell_pictures(draft.head.title)
                count += 1
                self.programs[program] = self.programs.get(program, 0) + 1
                yield draft
            if count:
                return
        raise Invalid(NOTHING)

    def _tell_pictures(self, title: str) -> None:
        self._refused += self._kept.refused
        self._recordings += self._kept.recordings
        if missing := self._kept.missing:
            names = ", ".join(dict.fromkeys(missing[:NAMED])) + (" and others" if len(missing) > NAMED else "")
            what = "A picture is" if len(missing) == 1 else f"{len(missing):,} pictures are"
            self._missing.append((title, f"{what} not among the files: {names}."))

    def _from_json(self) -> Iterator[tuple[str, Draft | None]]:
        found = [(entry, sign) for entry in self.entries if (sign := _begins(entry)) in {b"[", b"{"}]
        self._read, self._of_all = 0, sum(entry.size for entry, _ in found)
        for entry, sign in found:
            before = self._read
            yield from self._conversations(entry, in_list=sign == b"[")
            self._read = before + entry.size

    def _conversations(self, entry: Entry, *, in_list: bool) -> Iterator[tuple[str, Draft | None]]:
        """The conversations in the file; of one that has none, nothing is said."""
        strange, known, before = 0, False, self._read
        with _begun(entry) as file:
            try:
                prefix = "item" if in_list else places.place(lambda: _begun(entry), _is_one)
                for one in (one for value in members(file, prefix) for one in _inside(value)):
                    self._read = before + file.tell()
                    found = self._recognised(one) if isinstance(one, dict) else None
                    strange, known = strange + (found is None), known or found is not None
                    yield found or (NOT_YET, None)
            except Invalid:
                if known or entry.ending not in WRITTEN:  # words may begin with a bracket
                    raise
        if known:
            yield from (("", None) for _ in range(strange))

    def _recognised(self, value: dict[str, Any]) -> tuple[str, Draft | None] | None:
        self._kept = Kept(self._planned)
        for program in PROGRAMS:
            if program.is_one(value):
                found = program.draft(value, self._kept, self._files)
                self._told |= dict.fromkeys((program.PROGRAM, text) for text in self._kept.about)
                return program.PROGRAM, found
        self._told |= dict.fromkeys((claude.PROGRAM, text) for text in profiles.of_claude(value) if text)
        return None

    def _from_markdown(self) -> Iterator[tuple[str, Draft | None]]:
        for entry in self.entries:
            if entry.ending in WRITTEN:
                self._kept = Kept()
                with entry.open() as file:
                    text = file.read(TEXT_LIMIT).decode("utf-8", "replace")
                name = PurePosixPath(entry.path).stem
                yield markdown_chats.PROGRAM, markdown_chats.draft(name, text, entry.modified, self.zone, self._kept)


@contextmanager
def opened(user: int, source: Path, zone: tzinfo) -> Iterator[ForeignChats]:
    """What is in the file, zip or folder. Raises Invalid for a zip that cannot be opened."""
    if source.is_dir():
        files = sorted(path for path in source.rglob("*") if path.is_file() and not path.is_symlink())
        yield ForeignChats(user, [_of_disk(path, str(path.relative_to(source))) for path in files], zone)
        return
    with source.open("rb") as file:
        zipped = file.read(4) == b"PK\x03\x04"
    if not zipped:
        yield ForeignChats(user, [_of_disk(source, source.name)], zone)
        return
    with open_zip(source, LIMITS) as found:
        entries = [
            Entry(one.path, one.open, one.modified and one.modified.replace(tzinfo=zone), one.size)
            for one in found
            if not one.is_link
        ]
        yield ForeignChats(user, entries, zone)


def _inside(value: Any) -> list[Any]:
    """The conversations where the value is what holds them, else itself."""
    if not isinstance(value, dict) or _is_one(value):
        return [value]
    return next((value[name] for name in places.HOLDERS if isinstance(value.get(name), list)), [value])


def _is_one(value: Any) -> bool:
    return isinstance(value, dict) and any(program.is_one(value) for program in PROGRAMS)


def _of_disk(path: Path, name: str) -> Entry:
    about = path.stat()
    return Entry(name, lambda: path.open("rb"), datetime.fromtimestamp(about.st_mtime, UTC), about.st_size)


def _begins(entry: Entry) -> bytes:
    """The first sign in the file that is no space."""
    with entry.open() as file:
        try:
            return file.read(1000).removeprefix(BOM).lstrip()[:1]
        except Exception:  # noqa: BLE001 - a zip's files fail each in their own words
            raise Invalid(f"{entry.path[:200]} is damaged in the zip.") from None


def _begun(entry: Entry) -> IO[bytes]:
    """The file, behind what says that it is UTF-8."""
    file = entry.open()
    if file.read(len(BOM)) != BOM:
        file.seek(0)
    return file
