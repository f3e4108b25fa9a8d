"""A person's own picture."""

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.pictures import KINDS, SENT, check_kind, shown
from assistant.rest.routing import StrictRoute
from assistant.users.profile import picture
from assistant.users.sessions import who

SHOWN = shown(KINDS[:1])


class Stored(BaseModel):
    """The picture that was stored."""

    id: int = Field(description="Another for each picture.", examples=[4])


def router(door: Door) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute, tags=["me"])

    @routes.get("/me/picture", response_class=Response, **says("read", 404, answers=SHOWN))
    async def get_own_picture(request: Request) -> Response:
        """Your picture, a small square."""
        found = await door.read(picture.get, who(request).user)
        return Response(bytes(found.data), media_type=found.kind, headers={"Cache-Control": "private, no-cache"})

    @routes.post("/me/picture", status_code=201, **says("write", 413, 415, 507, extra=SENT))
    async def choose_own_picture(request: Request) -> Stored:
        """Choose your picture, which is the body: JPEG, PNG, WebP or GIF, at most 10 MB."""
        check_kind(request)
        return Stored(id=await picture.store(door.database, who(request).user, await request.body()))

    @routes.delete("/me/picture", status_code=204, **says("write", 404))
    async def remove_own_picture(request: Request) -> None:
        """Take your picture away; your initials are shown instead."""
        await door.run(picture.remove, who(request).user)

    return routes
