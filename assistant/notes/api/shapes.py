"""What goes over the wire. Limits are those of the room, which says more than a schema would."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

BULK_LIMIT = 10_000  # notes that are changed at once


def _as_typed(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("This must be text.")  # noqa: TRY004 - what pydantic turns into an answer
    return value


# Pydantic's own type refuses half characters, which an editor may well send; the room mends them.
Typed = Annotated[str, PlainValidator(_as_typed)]
Number = Annotated[int, Field(ge=0, lt=2**31)]
Key = Annotated[str, Field(pattern=r"^[!-~]{1,64}$")]


class Row(BaseModel):
    """A note as lists show it."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    excerpt: str
    version: int
    pinned: bool
    archived: bool
    colour: str
    trashed: datetime | None
    created: datetime
    updated: datetime
    tags: list[str]


class Rows(BaseModel):
    """A piece of a list; ``next`` is the cursor of the piece after it."""

    model_config = ConfigDict(from_attributes=True)

    rows: list[Row]
    next: str | None


class Link(BaseModel):
    """A ``[[Title]]`` in the text and the note that it leads to."""

    title: str
    id: int


class Whole(Row):
    """A note with its text, also as safe HTML; ``missing`` are linked titles that no note has."""

    text: str
    title_set: bool
    html: str
    links: list[Link]
    missing: list[str]


class Counted(BaseModel):
    """How many notes are where."""

    model_config = ConfigDict(from_attributes=True)

    notes: int
    archive: int
    trash: int


class Hit(BaseModel):
    """A note that was found; title and snippet are safe HTML with the hits in <mark>."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    title: str
    snippet: str
    tags: list[str]
    updated: datetime


class Hits(BaseModel):
    """What was found, best first."""

    hits: list[Hit]


class New(BaseModel):
    """A note to create; with a ``key`` that was used before it is the note of that time."""

    text: Typed = ""
    title: Typed = ""
    tags: list[Typed] = []
    key: Key | None = None
    colour: Typed = ""


class Save(BaseModel):
    """A text that was written on ``version``; ``unheard`` is one that was sent before, without an answer.

    ``beside`` is the other text of a conflict that is settled with this one; the history keeps it.
    """

    text: Typed
    version: Number
    title: Typed | None = None
    unheard: Typed | None = None
    beside: Typed | None = None


class Stored(BaseModel):
    """What is stored now; ``text`` only when it is not what was sent."""

    id: int
    version: int
    title: str
    text: str | None
    saved: datetime


class Draft(BaseModel):
    """What was typed into a note of ``version``; what is left out was not. ``key`` is that of a new one.

    ``unheard`` and ``beside`` are as in ``Save``; ``tags`` come to those that it has.
    """

    text: Typed | None = None
    title: Typed | None = None
    tags: list[Typed] = []
    version: Number = 0
    key: Key | None = None
    unheard: Typed | None = None
    beside: Typed | None = None


class Taken(BaseModel):
    """What is stored of it; ``text`` only when it is not what was sent, ``problem`` is that of title or tags."""

    id: int
    version: int
    text: str | None
    problem: dict[str, str] | None


class Changes(BaseModel):
    """What to change of a note besides its text; what is left out stays.

    ``followed`` is the title that the note had before; links to it come along to the one of now.
    """

    title: Typed | None = None
    tags: list[Typed] | None = None
    colour: Typed | None = None
    pinned: bool | None = None
    archived: bool | None = None
    followed: Typed | None = None


class Tick(BaseModel):
    """A task, counted from 0 over the text of ``version``, that is done or not."""

    index: Number
    on: bool
    version: Number


class Bulk(BaseModel):
    """One thing to do with many notes."""

    ids: Annotated[list[int], Field(max_length=BULK_LIMIT)]
    action: Literal["tag", "untag", "archive", "unarchive", "trash", "restore"]
    tags: list[Typed] = []


class Count(BaseModel):
    """How many notes it was."""

    count: int


class Source(BaseModel):
    """Markdown to show."""

    text: Typed


class Shown(BaseModel):
    """The text as safe HTML, and the linked titles that no note has."""

    html: str
    missing: list[str]


class Versions(BaseModel):
    """An earlier version in the list, without its text; ``size`` is in bytes."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    version: int
    title: str
    reason: str
    size: int
    created: datetime


class Version(Versions):
    """An earlier version; ``differences`` lead from it to the text of now, as pairs of kind and lines."""

    text: str
    differences: list[tuple[str, str]]


class Tag(BaseModel):
    """A tag and how many notes outside the trash have it."""

    name: str
    count: int


class Renamed(BaseModel):
    """A tag's old and new name."""

    old: Typed
    new: Typed


class Picture(BaseModel):
    """The picture that was stored, and how a text shows it."""

    id: int
    address: str
    name: str
