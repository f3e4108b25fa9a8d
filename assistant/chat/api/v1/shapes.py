"""Conversations and messages as JSON has them."""

from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.chat import branches
from assistant.chat.branches import Shown
from assistant.chat.conversations import TEXT_LIMIT
from assistant.chat.documents import library
from assistant.chat.messages import IMAGES_LIMIT
from assistant.chat.models import Conversation as Row
from assistant.errors import NotFound
from assistant.rest.shapes import Flag, Given, Integral, Number, Sent, Told
from assistant.rest.shapes import Row as RowId

Text = Annotated[str, Field(max_length=TEXT_LIMIT, examples=["Why is the sky blue?"])]
Model = Annotated[
    str,
    Field(
        max_length=200, description="The model that answers; the conversation's, or your usual one, when empty.",
        examples=["llama3.2:3b"],
    ),
]  # fmt: skip
Pictures = Annotated[
    list[RowId], Field(max_length=IMAGES_LIMIT, description="Ids of pictures, see `POST /images`.", examples=[[]])
]
Documents = Annotated[
    list[RowId], Field(max_length=library.MOST, description="Ids of documents, see `POST /files`.", examples=[[]])
]
Title = Annotated[str, Field(min_length=1, max_length=200, examples=["Blue skies"])]
System = Annotated[str, Field(max_length=TEXT_LIMIT, description="Instructions that the model gets first.")]
Temperature = Annotated[Number, Field(ge=0, le=2, description="From 0, exact, to 2, wild.", examples=[0.7])]
Context = Annotated[int, Field(ge=512, le=1_048_576, description="Tokens of context.", examples=[8192]), Integral]
KeepAlive = Annotated[
    str,
    Field(max_length=20, description="How long the model stays loaded, such as 10m; -1 for ever.", examples=["10m"]),
]
Knows = Annotated[Literal["", "notes"], Field(description="What questions are answered from: “notes” for yours.")]
Thinking = Literal["", "off", "on", "low", "medium", "high"]


class Conversation(BaseModel):
    """A conversation, without its messages."""

    id: int = Field(examples=[3])
    title: str = Field(examples=["Blue skies"])
    pinned: bool
    archived: bool
    project: int | None = Field(description="The project that it is in.", examples=[None])
    created: Told
    updated: Told
    model: str = Field(description="The model that answers next.", examples=["llama3.2:3b"])
    system: str = Field(examples=[""])
    temperature: float | None = Field(description="Null for the model's own.")
    num_ctx: int | None = Field(description="Tokens of context; null for the installation's.")
    keep_alive: str = Field(examples=[""])
    think: Thinking = Field(examples=[""])
    knows: Knows = Field(examples=[""])


class Message(BaseModel):
    """A question or an answer."""

    id: int = Field(examples=[12])
    conversation: int = Field(examples=[3])
    parent: int | None = Field(description="The message that it follows.", examples=[11])
    role: Literal["user", "assistant"]
    text: str = Field(description="Markdown.", examples=["Because of Rayleigh scattering."])
    thinking: str = Field(description="What the model thought before.", examples=[""])
    thinking_seconds: float | None
    model: str = Field(examples=["llama3.2:3b"])
    state: Literal["writing", "done", "stopped", "failed", "interrupted", "cut"]
    error: str = Field(description="Why it failed.", examples=[""])
    version: int = Field(description="Which of its versions this is, from 1.", examples=[1])
    versions: int = Field(description="How many versions there are.", examples=[1])
    images: list[int] = Field(description="Ids of its pictures.", examples=[[]])
    documents: list[int] = Field(description="Ids of its documents.", examples=[[]])
    prompt_tokens: int | None
    answer_tokens: int | None
    seconds: float | None = Field(description="From sending to the last word.")
    left_out: int = Field(description="Older messages that no longer fitted.", examples=[0])
    created: Told


class Source(BaseModel):
    """A passage that a reply was given to read, as it stood then."""

    number: int = Field(description="By which the reply names it, as [1]; 0 says that nothing was found.")
    kind: Literal["note", "message", "document", "none"]
    of: int = Field(description="The id of the note, message or document.", examples=[7])
    title: str = Field(examples=["Flat"])
    place: str = Field(description="Where in it: the headings above, or the page.", examples=["Landlord"])
    text: str = Field(examples=["Mr Weber, answers after six."])
    foreign: str = Field(description="Where it is from, when you did not write it.", examples=[""])


class Asked(BaseModel):
    """A question that was asked, and its reply, which is being written."""

    id: int = Field(description="The reply's, see `GET /replies/{reply}/events`.", examples=[12])
    conversation: Conversation
    question: Message
    reply: Message


def _says_something(schema: dict[str, Any]) -> None:
    written = {"properties": {"text": {"pattern": r"\S"}}, "required": ["text"]}
    schema["anyOf"] = [written, {"properties": {"images": {"minItems": 1}}, "required": ["images"]}]


class Settings(Sent):
    """What one can set of a conversation."""

    system: System = ""
    temperature: Temperature | None = None
    num_ctx: Context | None = None
    keep_alive: KeepAlive = ""
    think: Thinking = ""
    knows: Knows = ""


class Question(Sent):
    """A question to ask: a text, pictures, or both."""

    model_config = ConfigDict(json_schema_extra=_says_something)

    text: Text = ""
    images: Pictures = Field(default=[])
    documents: Documents = Field(default=[])
    model: Model = ""


class NewConversation(Question):
    """The first question of a conversation, and its settings."""

    settings: Settings = Field(default=Settings(), examples=[{}])
    project: Annotated[RowId | None, Field(description="The project that it begins in.", examples=[None])] = None


class ConversationChange(Sent):
    """What to change of a conversation; what is left out stays."""

    title: Annotated[Title | None, Given] = None
    pinned: Annotated[Flag | None, Given] = None
    archived: Annotated[Flag | None, Given] = None
    project: Annotated[RowId | None, Field(description="Null takes it out.", examples=[None])] = None
    model: Annotated[Model | None, Given] = None
    system: Annotated[System | None, Given] = None
    temperature: Temperature | None = None
    num_ctx: Context | None = None
    keep_alive: Annotated[KeepAlive | None, Given] = None
    think: Annotated[Thinking | None, Given] = None
    knows: Annotated[Knows | None, Given] = None


def conversation(row: Row) -> Conversation:
    """The conversation."""
    told = {name: getattr(row, name) for name in Conversation.model_fields.keys() - {"project"}}
    return Conversation.model_validate(told | {"project": row.project_id})


def message(one: Shown) -> Message:
    """The message."""
    row = one.message
    more: dict[str, Any] = {
        "conversation": row.conversation_id, "parent": row.parent_id, "version": one.version,
        "versions": one.versions, "images": list(one.images),
        "documents": [document.id for document in one.documents],
    }  # fmt: skip
    names = Message.model_fields.keys() - more.keys()
    return Message.model_validate({name: getattr(row, name) for name in names} | more)


def reply(user: int, message_id: int) -> Message:
    """The user's reply; NotFound when it is a question, gone or someone else's. A unit of work."""
    found = own(user, message_id)
    if found.role != "assistant":
        raise NotFound("There is no such reply.")
    return found


def own(user: int, message_id: int) -> Message:
    """The user's message; NotFound when it is gone or someone else's. A unit of work."""
    return message(branches.shown(user, message_id))
