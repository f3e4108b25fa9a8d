"""Messages asked, edited, read and cut; their versions and pictures."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.chat import branches, conversations, messages, pictures
from assistant.chat.api.v1.asking import Asks, asked
from assistant.chat.api.v1.conversations import STREAMED
from assistant.chat.api.v1.shapes import Asked, Message, Question, Text, message, own
from assistant.errors import NotFound
from assistant.rest import cursors
from assistant.rest.cursors import UnknownPiece
from assistant.rest.documented import After, Limit, says
from assistant.rest.door import Door
from assistant.rest.pictures import KINDS, SENT, check_kind, shown
from assistant.rest.shapes import Id, Instant, Integral, Piece, Row, Sent, Told
from assistant.storage.text import clean
from assistant.text import row_number
from assistant.users.sessions import who


class Edited(Sent):
    """The question as it is asked anew."""

    text: Text


class Choice(Sent):
    """Which version."""

    version: Annotated[int, Field(ge=1, le=100_000, examples=[1]), Integral]


class Removed(BaseModel):
    """What is needed to put back what was removed."""

    leaf: int | None = Field(description="The end of the branch that was read.", examples=[12])
    at: Told = Field(description="When it was removed.")


class PutBack(Sent):
    """What was removed, as the answer to removing it told."""

    leaf: Row | None = Field(examples=[12])
    at: Instant


class Picture(BaseModel):
    """A picture that can be sent with a question."""

    id: int = Field(examples=[8])


def add(routes: APIRouter, door: Door, asks: Asks) -> None:
    """Adds the routes."""
    _read(routes, door)
    _asked(routes, door, asks)
    _turned(routes, door)
    _cut(routes, door)
    _pictures(routes, door)


def _read(routes: APIRouter, door: Door) -> None:
    @routes.get("/conversations/{home:int}/messages", **says("read", 404))
    async def list_messages(
        request: Request,
        home: Id,
        last: Annotated[
            int | None, Query(ge=1, le=200, description="The last so many, instead of from the first.")
        ] = None,
        after: After = None,
        limit: Limit = 50,
    ) -> Piece[Message]:
        """The messages of the branch that is read, from the first to the last."""
        user, place = who(request).user, cursors.read(after)
        if last:
            window = await door.read(branches.window, user, home, last=last)
            return Piece(items=[message(one) for one in window.shown])
        start = row_number(place) if place is not None else 0
        if place is not None and not start:
            raise UnknownPiece
        window = await door.read(branches.piece, user, home, start, limit)
        following = str(window.shown[-1].message.id) if window.later else None
        return Piece(items=[message(one) for one in window.shown], next=cursors.told(following))

    @routes.get("/messages/{message_id:int}", **says("read", 404))
    async def get_message(request: Request, message_id: Id) -> Message:
        """A message."""
        return await door.read(own, who(request).user, message_id)


def _asked(routes: APIRouter, door: Door, asks: Asks) -> None:
    @routes.post(
        "/conversations/{home:int}/messages", status_code=201, response_model=Asked,
        **says("chat", 404, 409, body=True, keyed=True, answers=STREAMED),
    )  # fmt: skip
    async def ask(request: Request, home: Id, question: Question) -> Response:
        """Ask the next question in a conversation.

        409 while an answer is still being written in it. With `Accept: text/event-stream` the answer is the reply as
        it is written.
        """
        asking, now = who(request), door.clock()
        usual = (await door.read(conversations.get, asking.user, home)).model
        model = await asks.model(asking, question.model, usual)
        await asks.check_room(door, asking.user, question.text, model, home=home)

        def unit() -> Asked:
            pair = messages.ask(
                asking.user, home, clean(question.text), key=None, now=now, model=model, images=tuple(question.images),
                documents=tuple(question.documents),
            )  # fmt: skip
            return asked(asking.user, pair.question.id, pair.answer.id)

        return await asks.answer(door, request, unit, 201)

    @routes.post(
        "/messages/{message_id:int}/edit", status_code=201, response_model=Asked,
        **says("chat", 404, 409, body=True, keyed=True, answers=STREAMED),
    )  # fmt: skip
    async def edit_question(request: Request, message_id: Id, edited: Edited) -> Response:
        """Ask a question anew in other words; what it was stays as a version of its own."""
        user = who(request).user

        def unit() -> Asked:
            pair = messages.edit(user, message_id, clean(edited.text), key=None, now=door.clock())
            return asked(user, pair.question.id, pair.answer.id)

        return await asks.answer(door, request, unit, 201)


def _turned(routes: APIRouter, door: Door) -> None:
    @routes.post(
        "/messages/{message_id:int}/choose", response_model=Message, **says("write", 404, body=True, keyed=True)
    )
    async def choose_version(request: Request, message_id: Id, choice: Choice) -> Response:
        """Turn to another version of a message, with what followed it there last."""
        user = who(request).user

        def unit() -> Message:
            branches.choose_version(user, message_id, choice.version)
            return own(user, message_id)

        return await door.once(request, unit, status=200)

    @routes.post("/messages/{message_id:int}/reveal", response_model=Message, **says("write", 404, keyed=True))
    async def reveal_message(request: Request, message_id: Id) -> Response:
        """Turn to a branch of its conversation that has this message, such as one that a search found."""
        user = who(request).user

        def unit() -> Message:
            branches.reveal(user, message_id)
            return own(user, message_id)

        return await door.once(request, unit, status=200)


def _cut(routes: APIRouter, door: Door) -> None:
    @routes.delete("/messages/{message_id:int}", **says("write", 404, 409))
    async def remove_message(request: Request, message_id: Id) -> Removed:
        """Remove a message and what followed it; it can be put back for a day."""
        removed = await door.run(branches.remove, who(request).user, message_id, door.clock())
        return Removed(leaf=removed.leaf, at=removed.at)

    @routes.post("/conversations/{home:int}/put-back", status_code=204, **says("write", 404, body=True, keyed=True))
    async def put_messages_back(request: Request, home: Id, removed: PutBack) -> Response:
        """Put back messages that were removed."""
        user = who(request).user

        def unit() -> None:
            if removed.leaf is not None and messages.find_in(user, home, removed.leaf) is None:
                raise NotFound("There is no such message.")
            branches.put_back(user, branches.Removed(home, removed.leaf, removed.at))

        return await door.once(request, unit, status=204)


def _pictures(routes: APIRouter, door: Door) -> None:
    @routes.post(
        "/images", status_code=201, response_model=Picture, **says("chat", 413, 415, 507, keyed=True, extra=SENT)
    )
    async def send_image(request: Request) -> Response:
        """Send a picture for a question, which is the body: JPEG, PNG, WebP or GIF, at most 10 MB."""
        check_kind(request)
        user, now, small = who(request).user, door.clock(), await pictures.prepare(await request.body())
        return await door.once(request, lambda: Picture(id=pictures.keep(user, small, now)))

    @routes.get("/images/{image:int}", response_class=Response, **says("read", 404, answers=shown(KINDS[:2])))
    async def get_image(request: Request, image: Id) -> Response:
        """The bytes of a picture of a question."""
        found = await door.read(pictures.get, who(request).user, image)
        return Response(bytes(found.data), media_type=found.kind, headers={"Cache-Control": "private, no-cache"})
