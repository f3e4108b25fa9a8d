"""Answers while they are written: followed, stopped, gone on with, written again."""

from typing import Annotated

from fastapi import APIRouter, Header, Request, Response
from pydantic import BaseModel, Field

from assistant.chat import messages
from assistant.chat.api.v1.asking import EVENTS, Asks
from assistant.chat.api.v1.events import EVENT, stream
from assistant.chat.api.v1.shapes import Message, Model, Source, own
from assistant.chat.api.v1.shapes import reply as own_reply
from assistant.chat.knowing import sources
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Id, Piece, Sent
from assistant.users.sessions import who

EXAMPLE = """\
event: status
id: 0.0
data: {"status": "writing"}

event: text
id: 7.0
data: {"text": "Because"}

event: end
id: 31.0
data: {"id": 12, "state": "done", "text": "Because of Rayleigh scattering."}
"""
FOLLOWED = {200: {"description": "The events.", "content": {EVENTS: {"schema": EVENT, "example": EXAMPLE}}}}


class Writing(BaseModel):
    """A conversation in which a reply is being written."""

    conversation: int = Field(examples=[3])


class By(Sent):
    """Which model."""

    model: Model = ""


def add(routes: APIRouter, door: Door, asks: Asks) -> None:
    """Adds the routes."""
    _followed(routes, door, asks)
    _again(routes, door, asks)


def _followed(routes: APIRouter, door: Door, asks: Asks) -> None:
    @routes.get("/replies", **says("read"))
    async def list_replies(request: Request) -> Piece[Writing]:
        """The conversations in which a reply is being written to you now."""
        found = await asks.replies.writing(who(request).user)
        return Piece(items=[Writing(conversation=one) for one in sorted(found)])

    @routes.get("/replies/{reply:int}", **says("read", 404))
    async def get_reply(request: Request, reply: Id) -> Message:
        """A reply, as far as it is stored: about each second while it is written."""
        return await door.read(own_reply, who(request).user, reply)

    @routes.get("/replies/{reply:int}/sources", **says("read", 404))
    async def list_sources(request: Request, reply: Id) -> Piece[Source]:
        """The passages that a reply was given to read, by the numbers by which it names them."""
        user = who(request).user

        def unit() -> list[Source]:
            own_reply(user, reply)
            return [Source.model_validate(row, from_attributes=True) for row in sources.of_answer(reply)]

        return Piece(items=await door.read(unit))

    @routes.get("/replies/{reply:int}/events", response_class=Response, **says("read", 404, answers=FOLLOWED))
    async def follow_reply(
        request: Request,
        reply: Id,
        last: Annotated[
            str | None,
            Header(alias="Last-Event-ID", max_length=40, description="Where to go on.", examples=["7.0"]),
        ] = None,
    ) -> Response:
        """Follow a reply as it is written, as server-sent events.

        `status` says what the model does: waiting, loading, thinking, writing. `thinking` and `text` bring what came
        next. `end` brings the whole message, which counts. Whoever lost the connection sends the last id that they
        got as `Last-Event-ID` and goes on there; browsers do so by themselves. Nobody needs to follow: the reply is
        written in any case.
        """
        return await stream(asks.replies, door, who(request), reply, stands=asks.stands, last=last)

    @routes.post("/replies/{reply:int}/stop", **says("chat", 404))
    async def stop_reply(request: Request, reply: Id) -> Message:
        """End a reply where it is, at the model too."""
        user = who(request).user
        await door.read(own_reply, user, reply)
        await asks.replies.stop(user, reply)
        return await door.read(own_reply, user, reply)


def _again(routes: APIRouter, door: Door, asks: Asks) -> None:
    @routes.post("/replies/{reply:int}/continue", response_model=Message, **says("chat", 404, 409, keyed=True))
    async def continue_reply(request: Request, reply: Id) -> Response:
        """Go on with a reply that was stopped, cut or interrupted."""
        user = who(request).user
        await door.read(own_reply, user, reply)

        def unit() -> Message:
            return own(user, messages.resume(user, reply, door.clock()).id)

        return await asks.answer(door, request, unit, 200)

    @routes.post(
        "/replies/{reply:int}/again", status_code=201, response_model=Message,
        **says("chat", 404, 409, body=True, keyed=True),
    )  # fmt: skip
    async def write_reply_again(request: Request, reply: Id, by: By | None = None) -> Response:
        """Let a reply be written again, also by another model; the former stays as a version."""
        user, model = who(request).user, by.model if by else ""
        await door.read(own_reply, user, reply)

        def unit() -> Message:
            return own(user, messages.regenerate(user, reply, model=model, now=door.clock()).id)

        return await asks.answer(door, request, unit, 201)

    @routes.post(
        "/messages/{question:int}/reply", status_code=201, response_model=Message,
        **says("chat", 404, 409, body=True, keyed=True),
    )  # fmt: skip
    async def reply_to_question(request: Request, question: Id, by: By | None = None) -> Response:
        """Let a question be answered that has no reply any more."""
        user, model = who(request).user, by.model if by else ""

        def unit() -> Message:
            return own(user, messages.answer_to(user, question, model=model, now=door.clock()).id)

        return await asks.answer(door, request, unit, 201)
