"""A conversation as a file of an archive holds it; messages stand last, each after the one that it follows."""

from typing import Annotated, Literal

from pydantic import Field

from assistant.storage.packing import Instant, Number, RowId, Shape

Name = Annotated[str, Field(max_length=200)]
TEXT = 20_000_000  # characters; an answer may be as long as a model writes


class Picture(Shape):
    """A picture of a message; ``file`` is its path in the archive."""

    file: Annotated[str, Field(max_length=300)]
    kind: Literal["image/jpeg", "image/png"]
    width: Annotated[int, Field(ge=1, le=100_000)]
    height: Annotated[int, Field(ge=1, le=100_000)]
    created: Instant


class DocumentShape(Shape):
    """A document of a question: the paths of the file, and of its text, whose pages have form feeds between them."""

    file: Annotated[str, Field(max_length=300)]
    text: Annotated[str, Field(max_length=310)]
    name: Annotated[str, Field(min_length=1, max_length=200)]
    kind: Literal["pdf", "docx", "odt", "epub", "html", "markdown", "csv", "code", "text"]
    created: Instant


class ActShape(Shape):
    """A step of an answer: looked up, offered or done. ``said``, ``content``, ``card`` and ``sources`` are JSON.

    Elsewhere it can be read, and no longer be undone: what it was done to has other ids there.
    """

    number: Number
    round: Number = 0
    origin: Annotated[str, Field(max_length=10)]
    program: Annotated[str, Field(max_length=100)] = ""
    tool: Annotated[str, Field(max_length=20)]
    deed: Annotated[str, Field(max_length=20)] = ""
    said: Annotated[str, Field(max_length=TEXT)] = "{}"
    content: Annotated[str, Field(max_length=TEXT)] = "{}"
    card: Annotated[str, Field(max_length=TEXT)] = "{}"
    state: Literal["void", "refused", "done", "undone", "failed", "claimed"]
    allowed: Annotated[str, Field(max_length=10)] = ""
    sources: Annotated[str, Field(max_length=TEXT)] = "[]"
    result: Annotated[str, Field(max_length=TEXT)] = ""
    model: Name = ""
    created: Instant
    decided: Instant | None = None


class SourceShape(Shape):
    """A passage that an answer was given to read. Elsewhere it can be read, and leads to nothing."""

    number: Number
    kind: Annotated[str, Field(max_length=10)]
    title: Annotated[str, Field(max_length=300)] = ""
    place: Annotated[str, Field(max_length=TEXT)] = ""
    foreign: Annotated[str, Field(max_length=TEXT)] = ""
    text: Annotated[str, Field(max_length=TEXT)] = ""


class MessageShape(Shape):
    """A question or an answer; ``parent`` is the id of the one that it follows, in this file."""

    id: RowId
    parent: RowId | None
    role: Literal["user", "assistant"]
    text: Annotated[str, Field(max_length=TEXT)]
    created: Instant
    thinking: Annotated[str, Field(max_length=TEXT)] = ""
    thinking_seconds: float | None = None
    model: Name = ""
    state: Literal["done", "stopped", "failed", "interrupted", "cut"] = "done"
    error: Annotated[str, Field(max_length=100_000)] = ""
    prompt_tokens: Number | None = None
    answer_tokens: Number | None = None
    seconds: float | None = None
    answer_seconds: float | None = None
    left_out: Number = 0
    clipped: bool = False
    pictures: tuple[Picture, ...] = ()
    documents: tuple[DocumentShape, ...] = ()
    acts: tuple[ActShape, ...] = ()
    sources: tuple[SourceShape, ...] = ()


class ConversationShape(Shape):
    """What is said of the conversation itself; ``leaf`` is the last message of the branch that is read.

    ``key`` tells it from every other, here and wherever it is imported; ``project`` is the key of the one it is in.
    """

    key: Annotated[str, Field(min_length=1, max_length=64)]
    title: Name
    title_by: Literal["first", "model", "user"] = "user"
    pinned: bool = False
    archived: bool = False
    created: Instant
    updated: Instant
    leaf: RowId | None = None
    model: Name = ""
    system: Annotated[str, Field(max_length=TEXT)] = ""
    temperature: Annotated[float | None, Field(ge=0, le=2)] = None
    num_ctx: Annotated[int | None, Field(ge=512, le=1_048_576)] = None
    keep_alive: Annotated[str, Field(max_length=20)] = ""
    think: Literal["", "off", "on", "low", "medium", "high"] = ""
    knows: Literal["", "notes"] = ""
    project: Annotated[str, Field(max_length=64)] = ""


class ConversationFile(ConversationShape):
    """The whole file."""

    messages: tuple[MessageShape, ...]
