"""The pictures and files of notes over HTTP, as the preview shows them or a link downloads them."""

from fastapi import APIRouter, Request, Response

from assistant.notes import attachments
from assistant.storage.database import Database
from assistant.users.sessions import who


def add(routes: APIRouter, database: Database) -> None:
    """Adds the routes."""

    @routes.get("/notes/attachments/{attachment:int}")
    async def show(request: Request, attachment: int) -> Response:
        """The bytes, for their owner only."""
        found = await database.read(attachments.get, who(request).user, attachment)
        headers = attachments.headers(found) | {"ETag": f'"{attachment}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(bytes(found.data), media_type=attachments.media_type(found), headers=headers)
