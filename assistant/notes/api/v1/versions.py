"""Earlier texts of notes."""

import json
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.notes.api.v1.shapes import Whole, whole
from assistant.notes.versions import history
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Id, Piece, Told
from assistant.users.sessions import who


class Version(BaseModel):
    """An earlier version of a note, without its text."""

    id: int = Field(examples=[12])
    version: int = Field(description="The version of the note that it was.", examples=[2])
    title: str = Field(examples=["Tea"])
    reason: Literal["edit", "merge", "restore", "import"] = Field(description="Why it was kept.")
    size: int = Field(description="Bytes of its text.", examples=[180])
    created: Told


class WholeVersion(Version):
    """An earlier version with its text."""

    text: str = Field(examples=["# Tea\n\nBlack."])
    tags: list[str] = Field(examples=[["kitchen"]])


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.get("/notes/{note:int}/versions", **says("read", 404))
    async def list_note_versions(request: Request, note: Id) -> Piece[Version]:
        """The earlier versions that are kept of a note, the newest first."""
        rows = await door.read(history.versions, who(request).user, note)
        return Piece(items=[Version.model_validate(row, from_attributes=True) for row in rows])

    @routes.get("/notes/{note:int}/versions/{version:int}", **says("read", 404))
    async def get_note_version(request: Request, note: Id, version: Id) -> WholeVersion:
        """An earlier version with its text."""
        row = await door.read(history.get_version, who(request).user, note, version)
        told = {name: getattr(row, name) for name in WholeVersion.model_fields}
        return WholeVersion.model_validate(told | {"tags": json.loads(row.tags)})

    @routes.post(
        "/notes/{note:int}/versions/{version:int}/restore", response_model=Whole, **says("write", 404, keyed=True)
    )
    async def restore_note_version(request: Request, note: Id, version: Id) -> Response:
        """Bring back text, title and tags of an earlier version; what there was is kept as a version itself."""
        user = who(request).user

        def unit() -> Whole:
            history.restore(user, note, version, door.clock())
            return whole(user, note)

        return await door.once(request, unit, status=200)
