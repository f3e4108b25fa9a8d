"""The pictures of questions over HTTP: sent by the composer, shown in the page."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from assistant.chat import pictures
from assistant.storage.database import Database
from assistant.users.sessions import who


class Stored(BaseModel):
    """The picture that was stored."""

    id: int


def router(database: Database, clock: Callable[[], datetime]) -> APIRouter:
    """The routes ``POST /api/images`` and ``GET /images/{id}``."""
    routes = APIRouter()

    @routes.post("/api/images", status_code=201)
    async def send(request: Request) -> Stored:
        """Stores the picture in the body; 422 when it is none, 413 above 10 MB."""
        data = await request.body()
        return Stored(id=await pictures.store(database, who(request).user, data, clock()))

    @routes.get("/images/{image:int}")
    async def show(request: Request, image: int) -> Response:
        """The picture's bytes, for its owner only."""
        found = await database.read(pictures.get, who(request).user, image)
        # Asked for each time: the next person at this browser must not see it.
        headers = {"Cache-Control": "private, no-cache", "ETag": f'"{image}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(bytes(found.data), media_type=found.kind, headers=headers)

    return routes
