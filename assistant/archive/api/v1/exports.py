"""Exports: everything of one's own in one file."""

from typing import Any, Literal

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse
from pydantic import BaseModel, Field

from assistant.archive import exports
from assistant.archive.exports import Exports
from assistant.errors import NotFound
from assistant.rest.documented import says
from assistant.rest.shapes import Piece, Told
from assistant.storage.file_names import as_file
from assistant.users.identity import Identity
from assistant.users.sessions import who

ZIP = "application/zip"
FILE: dict[int, Any] = {
    200: {"description": "The file.", "content": {ZIP: {"schema": {"type": "string", "format": "binary"}}}}
}


class Export(BaseModel):
    """An export: being made, there, or failed."""

    id: str = Field(examples=["k3Jx…"])
    state: Literal["running", "done", "failed"]
    done: int = Field(description="How much of `total` is done.", examples=[12])
    total: int = Field(examples=[40])
    size: int = Field(description="Bytes of the file, once it is there.", examples=[183_204])
    problem: str = Field(description="Why it failed.", examples=[""])
    begun: Told
    until: Told = Field(description="When it is deleted.")


def add(routes: APIRouter, made: Exports, identity: Identity) -> None:
    """Adds the routes."""

    @routes.get("/exports", **says("read"))
    async def list_exports(request: Request) -> Piece[Export]:
        """Your export, if there is one: each person has one at most."""
        current = made.current(who(request).user)
        return Piece(items=[_export(current)] if current else [])

    @routes.post("/exports", status_code=202, **says("admin"))
    async def begin_export(request: Request) -> Export:
        """Put everything of yours into one file, in place of the export before.

        It is made in the background, which goes on where it is going on already, and kept for seven days. Whoever
        logged in more than ten minutes ago sends the password first, to `POST /me/proof`; a key does not need to.
        """
        asking = who(request)
        await identity.demand(asking, by_key=True)
        return _export(made.begin(asking.user, asking.name, asking.preferences.zone_info))

    @routes.get("/exports/{export}/file", response_class=FileResponse, **says("admin", 404, answers=FILE))
    async def get_export(request: Request, export: str) -> FileResponse:
        """The file of an export, once it is there."""
        asking = who(request)
        headers = as_file(f"assistant-{asking.name}.zip") | {"Content-Encoding": "identity"}
        return FileResponse(made.file(asking.user, export), media_type=ZIP, headers=headers)

    @routes.delete("/exports/{export}", status_code=204, **says("write", 404))
    async def remove_export(request: Request, export: str) -> None:
        """Delete an export, or end the one that is being made."""
        user = who(request).user
        current = made.current(user)
        if current is None or current.id != export:
            raise NotFound("There is no such export.")
        made.forget(user)


def _export(one: exports.Export) -> Export:
    return Export.model_validate(one, from_attributes=True)
