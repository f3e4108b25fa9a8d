"""The pictures and files of notes over HTTP: pasted into the editor, shown in the preview, downloaded."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel

from assistant.notes import attachments, models
from assistant.storage.database import Database
from assistant.storage.text import one_line
from assistant.users.sessions import who


class Picture(BaseModel):
    """The picture that was stored, and how a text shows it."""

    id: int
    address: str
    name: str


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""

    @routes.post("/api/notes/attachments", status_code=201)
    async def send(request: Request, note: int | None = None, name: str = "") -> Picture:
        """Stores the picture in the body; 422 when it is none, 413 above 10 MB."""
        user, data = who(request).user, await request.body()
        stored = await attachments.store(database, user, note, data, name=name, now=clock())
        name = one_line(name)[: attachments.NAME_LIMIT]
        return Picture(id=stored, address=f"{models.ADDRESS}{stored}", name=name)

    @routes.get("/notes/attachments/{attachment:int}")
    async def show(request: Request, attachment: int) -> Response:
        """The bytes, for their owner only."""
        found = await database.read(attachments.get, who(request).user, attachment)
        headers = attachments.headers(found) | {"ETag": f'"{attachment}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(bytes(found.data), media_type=attachments.media_type(found), headers=headers)
