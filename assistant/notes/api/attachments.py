"""The pictures of notes over HTTP, as the preview shows them."""

from urllib.parse import quote

from fastapi import APIRouter, Request, Response

from assistant.notes import attachments
from assistant.storage.database import Database
from assistant.users.sessions import who


def add(routes: APIRouter, database: Database) -> None:
    """Adds the routes."""

    @routes.get("/notes/attachments/{attachment:int}")
    async def show(request: Request, attachment: int) -> Response:
        """The picture's bytes, for its owner only."""
        found = await database.read(attachments.get, who(request).user, attachment)
        # Asked for each time: the next person at this browser must not see it.
        headers = {"Cache-Control": "private, no-cache", "ETag": f'"{attachment}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        headers["Content-Disposition"] = f"inline; filename*=UTF-8''{quote(found.name or 'picture', safe='')}"
        return Response(bytes(found.data), media_type=found.kind, headers=headers)
