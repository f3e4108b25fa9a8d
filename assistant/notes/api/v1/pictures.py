"""Pictures and files of notes."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from assistant.notes import attachments
from assistant.notes.models import Attachment
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.pictures import BYTES, KINDS, shown
from assistant.rest.shapes import Id, Piece, Told
from assistant.users.sessions import who

ANY = "application/octet-stream"
SENT = {"requestBody": {"required": True, "content": {kind: {"schema": BYTES} for kind in (*KINDS, ANY)}}}


class Picture(BaseModel):
    """A picture of a note, or another file."""

    id: int = Field(examples=[5])
    note: int | None = Field(description="Its note; null until a note that shows it is saved.", examples=[7])
    name: str = Field(examples=["teapot.jpg"])
    kind: str = Field(description="Its media type; “file” for what is no picture.", examples=["image/jpeg"])
    size: int = Field(description="Bytes.", examples=[48_213])
    created: Told
    markdown: str = Field(description="How a text shows it.", examples=["![teapot.jpg](/notes/attachments/5)"])


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.get("/notes/{note:int}/attachments", **says("read", 404))
    async def list_attachments(request: Request, note: Id) -> Piece[Picture]:
        """The pictures and files of a note, in the order in which they came."""
        rows = await door.read(attachments.of_note, who(request).user, note)
        return Piece(items=[_picture(row) for row in rows])

    @routes.post("/attachments", status_code=201, **says("write", 404, 413, 415, 507, extra=SENT))
    async def attach_file(
        request: Request,
        note: Annotated[Id | None, Query(description="Its note; the first that shows it, without it.")] = None,
        name: Annotated[
            str, Query(max_length=1000, description="Its file name, by which it is shown and downloaded.")
        ] = "",
    ) -> Picture:
        """Send a picture (JPEG, PNG, WebP, GIF) or any other file, which is the body: at most 10 MB.

        Its bytes tell which it is, whatever the Content-Type says. What is no picture is only ever downloaded. The
        same sent twice for a note is there once.
        """
        if request.headers.get("content-type", "").strip().lower().startswith("multipart/"):
            raise HTTPException(415, "Send the file itself as the body, and not a form with it.")
        user = who(request).user
        data = await request.body()
        stored = await attachments.store(door.database, user, note, data, name=name, now=door.clock())
        return _picture(await door.read(attachments.get, user, stored))

    @routes.get(
        "/attachments/{attachment:int}", response_class=Response, **says("read", 404, answers=shown((*KINDS, ANY)))
    )
    async def get_attachment(request: Request, attachment: Id) -> Response:
        """The bytes of a picture, or of another file, which is for downloading only."""
        found = await door.read(attachments.get, who(request).user, attachment)
        headers = attachments.headers(found)
        return Response(bytes(found.data), media_type=attachments.media_type(found), headers=headers)


def _picture(row: Attachment) -> Picture:
    return Picture(
        id=row.id, note=row.note_id, name=row.name, kind=row.kind, size=row.size, created=row.created,
        markdown=attachments.written(row),
    )  # fmt: skip
