"""The app of ``/api/v1``: what each room answers, by the same functions that its pages call."""

import asyncio
from urllib.parse import urlsplit

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse

from assistant.archive.api import v1 as archive
from assistant.chat.api import v1 as chat
from assistant.chat.api.v1.asking import Asks
from assistant.notes.api import v1 as notes
from assistant.reminders.api import v1 as reminders
from assistant.rest import problems
from assistant.rest.door import Door
from assistant.search import api as search
from assistant.settings import api as settings
from assistant.users.household import choices
from assistant.web.api.document import document
from assistant.web.finders import by_meaning, finders
from assistant.web.parts import Parts
from assistant.web.wiring import find_link


def build_api(made: Parts) -> FastAPI:
    """The app, which is mounted at ``/api/v1``; who asks is the gate's business."""
    door = Door(made.database, made.clock)
    app = FastAPI(
        title="Assistant", openapi_url=None, docs_url=None, redoc_url=None, redirect_slashes=False,
    )  # fmt: skip
    problems.register(app)
    asks = Asks(made.replies, made.ollama, made.models_status, made.config.context, made.bearers.stands)

    def origin(asked: str) -> str:
        return made.config.public_url or f"{urlsplit(asked).scheme}://{urlsplit(asked).netloc}"

    for router in (
        *settings.routers(door, made.sessions, made.passwords, made.bearers, made.identity, made.kinds),
        *chat.routers(
            door, asks, made.pulls, made.ollama, made.models_status, made.acting, made.readings,
            made.routines,
        ),
        notes.router(door, made.imports, made.proposals, made.bearers.stands),
        *archive.routers(
            door, made.exports, made.arriving, made.backups, made.removals, made.identity,
            made.replies.stop_all,
        ),
        search.router(door, finders(made.clock), by_meaning(made.database, made.knowledge)),
        reminders.router(door, made.rings.dispatcher, made.rings.keys, made.uploads, find_link, origin),
    ):  # fmt: skip
        # Side by side, so that a wrong method is told from a wrong address.
        app.router.routes.extend(router.routes)

    @app.get("/openapi.json", include_in_schema=False)
    async def describe(request: Request) -> JSONResponse:
        """The description of the API, as OpenAPI 3.1; for who is logged in, or everybody if the owner allows."""
        if request.state.asking is None and not await door.read(choices.api_described):
            raise problems.Unauthenticated("Please log in first.")
        return JSONResponse(await asyncio.to_thread(document, app))

    return app
