"""The pages of reminders."""

from pathlib import Path

from fastapi import FastAPI, Response

from assistant.reminders.pages.options import register_options
from assistant.reminders.pages.room import register_room

STATIC = Path(__file__).parent / "static"


def register(app: FastAPI) -> None:
    """Adds the pages, and the service worker, which must stand at the top to be heard by all of them."""
    register_room()
    register_options()
    worker = (STATIC / "service-worker.js").read_bytes()

    @app.get("/service-worker.js", include_in_schema=False)
    async def service_worker() -> Response:
        return Response(worker, media_type="text/javascript", headers={"Cache-Control": "no-cache"})
