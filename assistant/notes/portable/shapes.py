"""What stands beside a note's Markdown in an archive: all of its row that Markdown cannot say, and its history."""

from typing import Annotated, Literal

from pydantic import Field

from assistant.notes.validation import TAG_LIMIT, TAGS_LIMIT, TITLE_LIMIT
from assistant.storage.packing import Instant, RowId, Shape

TEXT = 4_000_000  # characters, more than a note may have bytes
FILE = Annotated[str, Field(max_length=300)]


class AttachmentShape(Shape):
    """A picture of the note, or another file; ``file`` is its path in the archive, by which texts name it."""

    file: FILE
    name: Annotated[str, Field(max_length=200)]
    kind: Literal["image/jpeg", "image/png", "image/webp", "image/gif", "file"]
    created: Instant


class VersionShape(Shape):
    """A text that was kept; addresses of pictures stand in it as in the Markdown."""

    version: RowId
    title: Annotated[str, Field(max_length=TITLE_LIMIT)]
    tags: Annotated[str, Field(max_length=20_000)]
    reason: Annotated[str, Field(max_length=10)]
    created: Instant
    text: Annotated[str, Field(max_length=TEXT)]


class NoteShape(Shape):
    """A note. Its text is what stands in the file ``markdown`` after so many characters of ``head``.

    ``key`` tells it from every other, here and wherever it is imported; ``borrowed`` are pictures of other notes
    that it shows.
    """

    id: RowId
    key: Annotated[str, Field(min_length=1, max_length=64)]
    markdown: FILE
    head: Annotated[int, Field(ge=0, le=1_000_000)]
    title: Annotated[str, Field(max_length=TITLE_LIMIT)]
    title_set: bool
    tags: Annotated[tuple[Annotated[str, Field(min_length=1, max_length=TAG_LIMIT)], ...], Field(max_length=TAGS_LIMIT)]
    version: RowId
    pinned: bool
    archived: bool
    colour: Annotated[str, Field(max_length=10)]
    trashed: Instant | None
    created: Instant
    updated: Instant
    path: Annotated[str, Field(max_length=1000)]
    attachments: tuple[AttachmentShape, ...]
    borrowed: tuple[FILE, ...]
    versions: tuple[VersionShape, ...]
