"""A note on its way in, as a file holds it: the text, what is known about it, the pictures and files it shows."""

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from assistant.notes.attachments import FILE
from assistant.notes.markdown_source import title_of
from assistant.notes.transfer.archive_reader import Entry
from assistant.notes.validation import TAG_LIMIT, TAGS_LIMIT, TEXT_LIMIT, TITLE_LIMIT, tag_key, tag_name
from assistant.storage.text import one_line

FILE_LIMIT = 2 * TEXT_LIMIT + 200_000  # bytes of a text in UTF-16, with its header
UNFIT = "of its tags were left out: too long or too many."
BRACKETS = str.maketrans("", "", "[]")
WIDTH = re.compile(r"\|\d{1,4}(?:x\d{1,4})?\]\($")
MENTION = re.compile("\x00(\\d+)\x00")


@dataclass(slots=True)
class Picture:
    """A picture of the note, or another file: its name, and once they are there its bytes, kind or row."""

    entry: Entry
    name: str
    data: bytes = b""
    kind: str = ""
    row: int | None = None


@dataclass(frozen=True, slots=True)
class Mention:
    """A place in the text that shows a picture; ``written`` is what stood there."""

    picture: Picture
    written: str
    shape: tuple[str, str] = ("", "")  # what stands before and behind the address

    @property
    def before(self) -> str:
        """What stands before the address; of what is no picture, a link with its name."""
        before = self.shape[0]
        if self.picture.kind != FILE or not before.lstrip().startswith(("!", "[](")):
            return before
        before = WIDTH.sub("](", before.replace("!", "", 1))
        return before.replace("[](", f"[{self.picture.name.translate(BRACKETS)}](", 1)


@dataclass(slots=True)
class ImportedNote:
    """The note. In ``text`` a mention is a number between two NULs, which no text can hold."""

    path: str
    key: str
    text: str
    title: str = ""  # empty: the first line
    tags: list[str] = field(default_factory=list)
    created: datetime | None = None
    updated: datetime | None = None
    pinned: bool = False
    archived: bool = False
    colour: str = ""
    home: str = ""  # the path by which links know it
    hashtags: tuple[str, ...] = ()  # words with number signs in its text, which become tags where that is wished
    pictures: list[Picture] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    def mention(self, entry: Entry, name: str, written: str, shape: tuple[str, str] = ("", "")) -> str:
        """What stands in the text for this picture."""
        self.mentions.append(Mention(self.show(entry, name), written, shape))
        return f"\x00{len(self.mentions) - 1}\x00"

    def show(self, entry: Entry, name: str) -> Picture:
        """The picture among the note's, once however often it is shown."""
        known = next((picture for picture in self.pictures if picture.entry is entry), None)
        if known is None:
            known = Picture(entry, name)
            self.pictures.append(known)
        return known

    def filled(self, address: Callable[[Picture], str]) -> str:
        """The text with the addresses of its pictures; where one has none, with what stood there."""

        def put(found: re.Match[str]) -> str:
            mention = self.mentions[int(found[1])]
            there = address(mention.picture)
            return f"{mention.before}{there}{mention.shape[1]}" if there else mention.written

        return MENTION.sub(put, self.text) if self.mentions else self.text

    @property
    def named(self) -> str:
        """The title that the note will have."""
        return self.title or title_of(self.filled(lambda picture: picture.name or "picture"))

    @property
    def size(self) -> int:
        """Bytes of its text and its pictures."""
        return len(self.text.encode(errors="replace")) + sum(picture.entry.size for picture in self.pictures)

    def entitle(self, title: str) -> None:
        """Gives the note this title; one that is too long becomes its first line."""
        title = one_line(title)
        if len(title) > TITLE_LIMIT:
            self.text, title = f"# {title}\n\n{self.text}", ""
        self.title = title

    def tag(self, names: Iterable[str]) -> None:
        """Gives the note these tags, as many and as long as fit."""
        wanted: dict[str, str] = {}
        for name in (*self.tags, *names):
            wanted.setdefault(tag_key(name), tag_name(name))
        wanted.pop("", None)
        self.tags = [name for name in wanted.values() if len(name) <= TAG_LIMIT][:TAGS_LIMIT]
        left = len(wanted) - len(self.tags)
        if left:
            self.remarks.append(f"{left} {UNFIT}")


def key_of(*parts: str) -> str:
    """The key by which a second import knows the same again."""
    return hashlib.sha256("\x00".join(parts).encode(errors="surrogatepass")).hexdigest()
