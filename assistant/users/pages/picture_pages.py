"""A person's picture over HTTP."""

from dataclasses import dataclass

from fastapi import Request, Response

from assistant.storage.database import Database
from assistant.users.profile import picture
from assistant.users.sessions import who


@dataclass(frozen=True)
class PicturePages:
    """The handlers and what they need."""

    database: Database

    async def show(self, request: Request) -> Response:
        """The picture of who asks."""
        found = await self.database.read(picture.get, who(request).user)
        # Asked for each time: the next person at this browser must not see it.
        headers = {"Cache-Control": "private, no-cache", "ETag": f'"{found.id}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(bytes(found.data), media_type=found.kind, headers=headers)
