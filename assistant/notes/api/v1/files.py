"""Notes as files."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response

from assistant.notes.api import sending
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Id
from assistant.users.sessions import who

FILE = {"type": "string", "format": "binary"}
MOST = 500  # that an address can name


def _shown(*kinds: str) -> dict[int, Any]:
    return {200: {"description": "The file.", "content": {kind: {"schema": FILE} for kind in kinds}}}


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.get("/notes/export", response_class=Response, **says("read", 404, answers=_shown(sending.ZIP)))
    async def export_notes(
        request: Request,
        ids: Annotated[
            list[Id] | None,
            Query(alias="id", max_length=MOST, description="Only these; all that are not in the trash, without it."),
        ] = None,
    ) -> Response:
        """Your notes as Markdown files with their pictures, in a zip, which an import reads back."""
        asking = who(request)
        day = door.clock().astimezone(asking.preferences.zone_info)
        return await sending.zipped(door.database, asking.user, ids, f"notes-{day:%Y-%m-%d}.zip")

    @routes.get(
        "/notes/{note:int}/export", response_class=Response,
        **says("read", 404, answers=_shown(sending.MARKDOWN, sending.ZIP)),
    )  # fmt: skip
    async def export_note(request: Request, note: Id) -> Response:
        """A note as a Markdown file, in a zip with its pictures where it has any."""
        return await sending.one_note(door.database, who(request).user, note)
