"""Notes as JSON has them."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from assistant.notes import queries
from assistant.notes.models import Note
from assistant.notes.queries import Listed
from assistant.notes.validation import TAG_LIMIT, TAGS_LIMIT, TITLE_LIMIT
from assistant.notes.versions import revisions
from assistant.rest.shapes import Flag, Given, Sent, Told

Colour = Literal["", "red", "orange", "yellow", "green", "blue", "purple", "grey"]
Title = Annotated[
    str,
    Field(max_length=TITLE_LIMIT, description="Empty for the first line of the text.", examples=["Tea"]),
]
Text = Annotated[str, Field(description="Markdown, at most a million bytes.", examples=["# Tea\n\nGreen, 80 °C."])]
Tags = Annotated[
    list[Annotated[str, Field(max_length=TAG_LIMIT)]],
    Field(max_length=TAGS_LIMIT, description="Tags; they nest with `/`.", examples=[["kitchen/tea"]]),
]
PLACES = Literal["notes", "archive", "trash"]


class Summary(BaseModel):
    """A note as lists show it, without its text."""

    id: int = Field(examples=[7])
    title: str = Field(examples=["Tea"])
    excerpt: str = Field(description="How its text begins.", examples=["Green, 80 °C."])
    tags: list[str] = Field(examples=[["kitchen/tea"]])
    pinned: bool
    archived: bool
    colour: Colour = Field(examples=["green"])
    created: Told
    updated: Told
    trashed: Told | None = Field(default=None, description="When it was thrown away.")
    version: int = Field(description="Counts the changes of text, title and tags.", examples=[3])


class Whole(Summary):
    """A note with its text."""

    text: str = Field(examples=["# Tea\n\nGreen, 80 °C."])
    title_set: bool = Field(description="Whether the title was chosen rather than taken from the first line.")


class NewNote(Sent):
    """A note to make."""

    text: Text = ""
    title: Title = ""
    tags: Tags = Field(default=[])
    pinned: Flag = False
    archived: Flag = False
    colour: Colour = ""


class NoteChange(Sent):
    """What to change of a note; what is left out stays."""

    text: Annotated[Text | None, Given] = None
    title: Annotated[Title | None, Given] = None
    tags: Annotated[Tags | None, Given] = None
    pinned: Annotated[Flag | None, Given] = None
    archived: Annotated[Flag | None, Given] = None
    colour: Annotated[Colour | None, Given] = None


def summary(row: Listed) -> Summary:
    """The note of a list."""
    return Summary.model_validate({name: getattr(row, name) for name in Summary.model_fields})


def whole(user: int, note: int) -> Whole:
    """The user's note; NotFound when it is gone or someone else's. A unit of work."""
    row: Note = revisions.get_own(user, note)
    listed = dict(summary(queries.get_listed(user, note)))
    return Whole(**listed, text=row.text, title_set=row.title_set)
