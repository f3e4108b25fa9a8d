"""What models are told about a person in every conversation."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.chat.memory import facts, telling
from assistant.chat.models import Fact as Row
from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Flag, Given, Id, Piece, Sent, Told
from assistant.users.sessions import who

Text = Annotated[
    str,
    Field(
        max_length=facts.LONGEST, description="One sentence, as you say it of yourself.",
        examples=["I am a vegetarian"],
    ),
]  # fmt: skip


class Fact(BaseModel):
    """A fact about you."""

    id: int = Field(examples=[2])
    text: str = Field(examples=["I am a vegetarian"])
    source: Literal["typed", "conversation", "import"]
    program: str = Field(description="The program that it was brought from.", examples=[""])
    conversation: int | None = Field(description="The one in which you said so.", examples=[3])
    active: bool = Field(description="Whether models are told of it.")
    created: Told
    updated: Told


class Memory(Piece[Fact]):
    """Your facts, and what a model is told of them."""

    told: str = Field(description="As a model reads it; empty where it is told nothing.", examples=[""])
    tokens: int = Field(description="About how many tokens all that are active take, of 1,000.", examples=[24])


class NewFact(Sent):
    """A fact to keep."""

    text: Text


class FactChange(Sent):
    """What to change of a fact; what is left out stays."""

    text: Annotated[Text | None, Given] = None
    active: Annotated[Flag | None, Given] = None


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""
    _listed(routes, door)
    _kept(routes, door)


def _listed(routes: APIRouter, door: Door) -> None:
    @routes.get("/memory", **says("read"))
    async def list_memory(request: Request) -> Memory:
        """What models are told about you, the oldest first."""
        user = who(request).user

        def unit() -> Memory:
            rows = facts.listing(user)
            tokens = telling.tokens(row.text for row in rows if row.active)
            return Memory(items=[_fact(row) for row in rows], told=telling.told(user), tokens=tokens)

        return await door.read(unit)

    @routes.post("/memory", status_code=201, response_model=Fact, **says("write", 409, body=True, keyed=True))
    async def keep_fact(request: Request, new: NewFact) -> Response:
        """Keep a fact, of which models are told from now on."""
        user, now = who(request).user, door.clock()
        return await door.once(
            request, lambda: _fact(facts.add(user, text=new.text, now=now)), place="/api/v1/memory/{id}"
        )


def _kept(routes: APIRouter, door: Door) -> None:
    @routes.get("/memory/{fact:int}", response_model=Fact, **says("read", 404))
    async def get_fact(request: Request, fact: Id) -> Response:
        """A fact, and its version as ETag."""
        return etags.answer(request, await door.read(_own, who(request).user, fact))

    @routes.patch("/memory/{fact:int}", response_model=Fact, **says("write", 404, versioned=True, body=True))
    async def change_fact(request: Request, fact: Id, change: FactChange) -> Response:
        """Change a fact, or switch it on or off, on the version that If-Match names."""
        user, now = who(request).user, door.clock()

        def unit() -> Fact:
            etags.check(request, _own(user, fact))
            return _fact(facts.change(user, fact, text=change.text, active=change.active, now=now))

        return etags.answer(request, await door.run(unit))

    @routes.delete("/memory/{fact:int}", status_code=204, **says("write", 404))
    async def forget_fact(request: Request, fact: Id) -> None:
        """Forget a fact."""
        await door.run(facts.delete, who(request).user, fact)


def _own(user: int, fact: int) -> Fact:
    return _fact(facts.get(user, fact))


def _fact(row: Row) -> Fact:
    told = {name: getattr(row, name) for name in Fact.model_fields.keys() - {"conversation"}}
    return Fact.model_validate(told | {"conversation": row.conversation_id})
