"""The daily brief: when the next one comes, and one at once."""

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from assistant.chat.routines import briefs
from assistant.chat.routines.runner import Routines
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Told
from assistant.users.sessions import who


class Brief(BaseModel):
    """Your daily brief; what it tells and when is among your preferences."""

    next: Told | None = Field(description="When the next one comes; null while it is off.")
    conversation: int | None = Field(description="The one in which the last one stands.", examples=[3])


def add(routes: APIRouter, door: Door, routines: Routines) -> None:
    """Adds the routes."""

    @routes.get("/brief", **says("read"))
    async def get_brief(request: Request) -> Brief:
        """When your next daily brief comes, and where the last one is."""
        row = await door.read(briefs.get, who(request).user)
        return Brief(next=row.due if row else None, conversation=row.conversation_id if row else None)

    @routes.post("/brief", status_code=201, **says("write", 409))
    async def make_brief(request: Request) -> Brief:
        """Make a brief of your day now, beside its time; nothing is notified."""
        user = who(request).user
        made = await routines.brief_now(user)
        row = await door.read(briefs.get, user)
        return Brief(next=row.due if row else None, conversation=made.conversation)
