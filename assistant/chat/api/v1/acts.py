"""What the assistant offers and did: listed, said yes or no to, undone."""

import json
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from assistant.chat.acting import journal, records
from assistant.chat.acting.rooms import Rooms
from assistant.chat.models import Act as Row
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Flag, Id, Piece, Sent, Told
from assistant.users.sessions import who

MOST = 100


class Act(BaseModel):
    """Something offered below an answer, or done."""

    id: int = Field(examples=[7])
    conversation: int | None = Field(examples=[3])
    message: int | None = Field(description="The answer below which it stands.", examples=[12])
    deed: str = Field(description="What it does, such as note.create or reminder.delete.", examples=["reminder.create"])
    state: str = Field(description="proposed, done, refused, void, undone or failed.", examples=["proposed"])
    title: str = Field(examples=["Set a reminder"])
    lines: list[str] = Field(description="What exactly.", examples=[["buy tea", "Tomorrow, 09:00"]])
    next: list[str] = Field(description="When it rings next, in words.", examples=[[]])
    changes: list[tuple[str, str]] = Field(description="What differs: same, added or removed, and the text.")
    remarks: list[str] = Field(description="What was assumed.", examples=[[]])
    sources: list[str] = Field(description="What of others the model had read before.", examples=[[]])
    digest: str = Field(description="What a yes is bound to.", examples=["9f86d081884c7d65"])
    allowed: str = Field(description="person, or always for an allowance of the conversation.", examples=["person"])
    tool: str = Field(examples=["remind"])
    model: str = Field(examples=["llama3.2:3b"])
    result: str = Field(description="What came of it.", examples=["Reminder set: “buy tea”, Tomorrow, 09:00."])
    created: Told
    expires: Told | None
    decided: Told | None


class Yes(Sent):
    """A yes to exactly that."""

    digest: Annotated[str, Field(min_length=64, max_length=64, description="The digest of what was shown.")]
    always: Flag = Field(default=False, description="Let its conversation do the like without asking from now on.")


class Rewritten(Sent):
    """What to do instead."""

    text: Annotated[str, Field(max_length=journal.LONGEST, examples=["buy coffee tomorrow at 10"])]


def add(routes: APIRouter, door: Door, rooms: Rooms) -> None:
    """Adds the routes."""
    _listed(routes, door)
    _decided(routes, door, rooms)


def _listed(routes: APIRouter, door: Door) -> None:
    @routes.get("/acts/waiting", **says("read"))
    async def list_offers(request: Request) -> Piece[Act]:
        """What waits for a yes, the oldest first."""
        found = await door.read(records.waiting, who(request).user, door.clock())
        return Piece(items=[_shown(row) for row in found])

    @routes.get("/acts", **says("read"))
    async def list_acts(
        request: Request,
        before: Annotated[int, Query(ge=0, le=2**62, description="Only those before the act of this id.")] = 0,
        limit: Annotated[int, Query(ge=1, le=MOST, description="How many at most.")] = 50,
    ) -> Piece[Act]:
        """What was done, the last first; what only read something is not told."""
        found = await door.read(records.done_by, who(request).user, limit=limit, before=before)
        return Piece(items=[_shown(row) for row in found])


def _decided(routes: APIRouter, door: Door, rooms: Rooms) -> None:
    @routes.post("/acts/{act:int}/approve", **says("write", 404, 409, body=True))
    async def approve_act(request: Request, act: Id, yes: Yes) -> Act:
        """Say yes: exactly what has this digest is done, once. `failed` says why it could not be.

        An offer lapses after ten minutes, and when the person writes on.
        """
        user, now = who(request).user, door.clock()
        return _shown(await door.run(journal.approve, user, act, yes.digest, rooms, now, always=yes.always))

    @routes.post("/acts/{act:int}/refuse", **says("write", 404, 409))
    async def refuse_act(request: Request, act: Id) -> Act:
        """Say no."""
        return _shown(await door.run(journal.refuse, who(request).user, act, door.clock()))

    @routes.post("/acts/{act:int}/rewrite", **says("write", 404, 409, body=True))
    async def rewrite_act(request: Request, act: Id, sent: Rewritten) -> Act:
        """Have it otherwise: a reminder by another sentence, a note by another text. It waits for a yes again."""
        return _shown(await door.run(journal.rewrite, who(request).user, act, sent.text, rooms, door.clock()))

    @routes.post("/acts/{act:int}/undo", **says("write", 404, 409))
    async def undo_act(request: Request, act: Id) -> Act:
        """Take back what was done, also days later, by the trash and the history of its room."""
        return _shown(await door.run(journal.undo, who(request).user, act, rooms, door.clock()))


def _shown(row: Row) -> Act:
    card = records.shown(row)
    moments: dict[str, datetime | None] = {name: getattr(row, name) for name in ("created", "expires", "decided")}
    return Act.model_validate(
        moments | {name: getattr(row, name) for name in ("id", "deed", "state", "digest", "allowed", "tool", "model")}
        | {
            "conversation": row.conversation_id, "message": row.message_id, "title": card.title,
            "lines": list(card.lines), "next": list(card.next), "changes": list(card.pieces),
            "remarks": list(card.told), "sources": json.loads(row.sources), "result": row.result,
        }
    )  # fmt: skip
