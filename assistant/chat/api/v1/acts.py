"""What a model offers to do, and what was done for a person: said yes or no to, written otherwise, undone."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.chat.acting import journal, records
from assistant.chat.acting.rooms import Rooms
from assistant.chat.acting.words import offers
from assistant.chat.models import CLAIMED
from assistant.chat.models import Act as Row
from assistant.errors import Forbidden
from assistant.rest import cursors
from assistant.rest.cursors import UnknownPiece
from assistant.rest.documented import After, Limit, says
from assistant.rest.door import Door
from assistant.rest.shapes import Flag, Id, Piece, Sent, Told
from assistant.storage.text import clean
from assistant.text import row_number
from assistant.users.sessions import Asking, who

BY_HAND = "A program asked for this, so no program says yes to it: do it in Assistant, or with a login."


class Act(BaseModel):
    """Something that a model offers to do for you, or that was done."""

    id: int = Field(examples=[4])
    conversation: int | None = Field(description="Null once that is gone.", examples=[3])
    message: int | None = Field(description="The answer below which it stands.", examples=[12])
    program: str = Field(description="The key's name where a program asks for it by MCP.", examples=["Claude"])
    state: Literal["proposed", "done", "refused", "failed", "undone", "void", "claimed"]
    title: str = Field(examples=["Set a reminder"])
    lines: list[str] = Field(description="What exactly.", examples=[["call mum", "tomorrow at 9:00"]])
    told: list[str] = Field(description="What was assumed.", examples=[[]])
    editable: str | None = Field(description="What can be written otherwise.", examples=["call mum tomorrow at 9"])
    digest: str = Field(description="Of exactly this; a yes names it.", examples=["9f86d081…"])
    result: str = Field(description="What came of it, in words.", examples=[""])
    address: str = Field(description="The page of what was done.", examples=["/reminders?open=4"])
    can_undo: bool
    created: Told
    expires: Told | None = Field(description="Until when a yes counts.")


class Yes(Sent):
    """A yes to exactly what was shown."""

    digest: str = Field(max_length=64, examples=["9f86d081…"])
    always: Flag = Field(default=False, description="The like is done without asking in this conversation from now on.")


class Otherwise(Sent):
    """What is offered, as you write it."""

    text: str = Field(max_length=journal.LONGEST, examples=["call mum tomorrow at 10"])


def add(routes: APIRouter, door: Door, rooms: Rooms) -> None:
    """Adds the routes."""
    _listed(routes, door)
    _answered(routes, door, rooms)
    _allowed(routes, door)


def _listed(routes: APIRouter, door: Door) -> None:
    @routes.get("/acts", **says("read", 404))
    async def list_acts(
        request: Request,
        where: Annotated[Literal["waiting", "done"], Query(description="For your yes, or done for you.")] = "waiting",
        after: After = None,
        limit: Limit = 50,
    ) -> Piece[Act]:
        """What waits for your yes, the oldest first, or what was done for you, the latest first."""
        user, place = who(request).user, cursors.read(after)
        if where == "waiting":
            rows = await door.read(records.waiting, user, door.clock())
            return Piece(items=[_act(row) for row in rows])
        start = row_number(place) if place is not None else 0
        if place is not None and not start:
            raise UnknownPiece
        rows = await door.read(records.done_by, user, limit=limit + 1, before=start)
        following = str(rows[limit - 1].id) if len(rows) > limit else None
        return Piece(items=[_act(row) for row in rows[:limit]], next=cursors.told(following))

    @routes.get("/acts/{act:int}", **says("read", 404))
    async def get_act(request: Request, act: Id) -> Act:
        """An act."""
        return _act(await door.read(records.own, who(request).user, act))


def _answered(routes: APIRouter, door: Door, rooms: Rooms) -> None:
    async def done(request: Request, unit: Callable[[], Row], status: int = 200) -> Response:
        return await door.once(request, lambda: _act(unit()), status=status)

    @routes.post("/acts/{act:int}/approve", response_model=Act, **says("chat", 404, 409, body=True, keyed=True))
    async def approve_act(request: Request, act: Id, yes: Yes) -> Response:
        """Say yes: exactly what has this digest is done, once; where it can no longer be, its state says so.

        What a program asked for (``program``) wants the yes of a person, by a login: a key is refused.
        """
        return await done(request, partial(_approved, who(request), act, yes, rooms, door.clock()))

    @routes.post("/acts/{act:int}/refuse", response_model=Act, **says("chat", 404, 409, keyed=True))
    async def refuse_act(request: Request, act: Id) -> Response:
        """Say no."""
        user, now = who(request).user, door.clock()
        return await done(request, lambda: journal.refuse(user, act, now))

    @routes.post("/acts/{act:int}/rewrite", response_model=Act, **says("chat", 404, 409, body=True, keyed=True))
    async def rewrite_act(request: Request, act: Id, otherwise: Otherwise) -> Response:
        """Write otherwise what is offered; it waits for a yes to that."""
        user, now = who(request).user, door.clock()
        return await done(request, lambda: journal.rewrite(user, act, clean(otherwise.text), rooms, now))

    @routes.post("/acts/{act:int}/again", status_code=201, response_model=Act, **says("chat", 404, 409, keyed=True))
    async def offer_act_again(request: Request, act: Id) -> Response:
        """Have offered anew what had lapsed, what you said no to, or what an answer only claimed."""
        user, now = who(request).user, door.clock()

        def unit() -> Row:
            claimed = records.own(user, act).state == CLAIMED
            return (offers.instead if claimed else journal.offer_again)(user, act, rooms, now)

        return await done(request, unit, 201)

    @routes.post("/acts/{act:int}/undo", response_model=Act, **says("chat", 404, 409, keyed=True))
    async def undo_act(request: Request, act: Id) -> Response:
        """Take back what was done."""
        user, now = who(request).user, door.clock()
        return await done(request, lambda: journal.undo(user, act, rooms, now))


def _allowed(routes: APIRouter, door: Door) -> None:
    @routes.delete("/conversations/{home:int}/allowances", status_code=204, **says("chat", 404))
    async def end_allowances(request: Request, home: Id) -> None:
        """Have a conversation ask again before anything is done in it."""

        def unit() -> None:
            for kind in ("create", "change", "remember"):
                journal.disallow(who(request).user, home, kind)

        await door.run(unit)


def _approved(asking: Asking, act: int, yes: Yes, rooms: Rooms, now: datetime) -> Row:
    if asking.key and records.own(asking.user, act).program:
        raise Forbidden(BY_HAND)
    return journal.approve(asking.user, act, yes.digest, rooms, now, always=yes.always)


def _act(row: Row) -> Act:
    card = records.shown(row)
    names = ("id", "program", "state", "digest", "result", "address", "created", "expires")
    return Act(
        conversation=row.conversation_id, message=row.message_id, title=card.title, lines=list(card.lines),
        told=list(card.told), editable=card.editable, can_undo=records.can_undo(row),
        **{name: getattr(row, name) for name in names},
    )  # fmt: skip
