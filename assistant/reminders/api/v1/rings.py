"""What rings, and how it is answered."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.errors import Invalid
from assistant.reminders import rings, snoozing
from assistant.reminders.api.v1.shapes import Until
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import HowMany, Id, Piece, Sent, Told
from assistant.users.sessions import who


class Ring(BaseModel):
    """A ring that waits for an answer."""

    id: int = Field(examples=[9])
    reminder: int = Field(examples=[4])
    text: str = Field(examples=["call mum"])
    priority: int = Field(examples=[0])
    occurrence: Told
    lead: int = Field(description="So many minutes before the occurrence.", examples=[0])
    due: Told
    rang: Told
    late: int = Field(description="So many seconds after it was due; 0 within a minute.", examples=[0])
    missed: int = Field(description="Further occurrences that it rings for.", examples=[0])


class Rang(BaseModel):
    """A ring of the past; without `rang` it was answered before it could ring."""

    id: int = Field(examples=[9])
    occurrence: Told
    lead: int = Field(examples=[0])
    due: Told
    rang: Told | None
    state: Literal["ringing", "snoozed", "done", "dismissed", "missed", "moved"]
    answered: Told | None
    snoozed_until: Told | None
    late: int = Field(examples=[0])
    missed: int = Field(examples=[0])


class RingAnswer(Sent):
    """How a ring is answered."""

    state: Literal["done", "dismissed", "snoozed"] = Field(description="`dismissed` only silences it.")
    until: Until | None = Field(default=None, description="For `snoozed`: when it rings again.")


class Answered(BaseModel):
    """Whether this answer counted: the first one does."""

    counted: bool


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.get("/reminders/rings", **says("read"))
    async def list_rings(
        request: Request, limit: Annotated[int, Query(ge=1, le=100, description="How many at most.")] = 100
    ) -> Piece[Ring]:
        """What rings and waits for an answer, the newest first."""
        found = await door.read(rings.ringing, who(request).user, limit)
        names = Ring.model_fields.keys() - {"id"}
        return Piece(items=[Ring(id=one.ring, **{name: getattr(one, name) for name in names}) for one in found])

    @routes.post("/reminders/rings/dismiss", response_model=HowMany, **says("write", keyed=True))
    async def dismiss_rings(request: Request) -> Response:
        """Silence all that rings."""
        user, now = who(request).user, door.clock()
        return await door.once(request, lambda: HowMany(count=rings.dismiss_all(user, now)), status=200)

    @routes.post(
        "/reminders/rings/{ring:int}/answer", response_model=Answered, **says("write", 404, body=True, keyed=True)
    )
    async def answer_ring(request: Request, ring: Id, sent: RingAnswer) -> Response:
        """Answer a ring; the first answer counts, wherever it was given."""
        asking, now = who(request), door.clock()
        user, state, until = asking.user, sent.state, None
        if state == "snoozed":
            if sent.until is None:
                raise Invalid("Say until when.", field="until")
            until = snoozing.parse_time(sent.until, asking.preferences, now)

        def unit() -> Answered:
            counted = rings.snooze(user, ring, until, now) if until else rings.answer(user, ring, state, now)
            return Answered(counted=counted)

        return await door.once(request, unit, status=200)

    @routes.get("/reminders/{reminder:int}/rings", **says("read", 404))
    async def list_rings_of_reminder(request: Request, reminder: Id) -> Piece[Rang]:
        """What rang of a reminder and what became of it, the newest first."""
        found = await door.read(rings.history, who(request).user, reminder)
        names = Rang.model_fields.keys() - {"id"}
        told = [{"id": one.ring} | {name: getattr(one, name) for name in names} for one in found]
        return Piece(items=[Rang.model_validate(one) for one in told])
