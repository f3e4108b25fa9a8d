"""Over HTTP: the file that is taken out."""

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse

from assistant.archive.exports import Exports
from assistant.storage.file_names import as_file
from assistant.users.sessions import who


def router(exports: Exports) -> APIRouter:
    """The routes."""
    routes = APIRouter()

    @routes.get("/archive/{export}")
    async def fetch(request: Request, export: str) -> FileResponse:
        """The person's export; a part of it where the browser goes on with what it has."""
        asking = who(request)
        found = exports.file(asking.user, export)
        # What is packed already is not packed again, which would also cut it into other parts.
        headers = as_file(f"assistant-{asking.name}.zip") | {"Content-Encoding": "identity"}
        return FileResponse(found, media_type="application/zip", headers=headers)

    return routes
