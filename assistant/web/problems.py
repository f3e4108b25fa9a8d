"""What the app says about itself, and how it says that something did not work."""

import logging

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from nicegui import app as pages

from assistant.archive.nightly import Backups
from assistant.chat.models_status import ModelsStatus
from assistant.errors import AssistantError, TooMany
from assistant.storage import schema
from assistant.storage.database import Database, StorageFailed
from assistant.storage.house.house import House
from assistant.users.pages.forms import page
from assistant.web.guards.gate import LOOK_AGAIN


def register(app: FastAPI, *, database: Database, house: House, models_status: ModelsStatus, backups: Backups) -> None:
    """Adds /healthz, /readyz and the handlers that turn errors into RFC 9457 problems."""

    @app.get("/healthz", include_in_schema=False)
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    async def ready() -> JSONResponse:
        try:
            state = await database.read(schema.trouble, database) or "ok"
        except AssistantError as error:
            state = error.sentence
        ollama = "unknown" if not models_status.known else "unreachable" if models_status.problem else "ok"
        last = (await backups.standing()).outcome
        backup = "failed" if last.problem else "ok" if last.newest else "none yet"
        body = {"database": state, "ollama": ollama, "backup": backup}
        if house.leaving:
            body["instance"] = "leaving"
        return JSONResponse(body, 200 if state == "ok" and not house.leaving else 503)

    _in_problems(app)
    _in_pages()


def _in_problems(app: FastAPI) -> None:
    @app.exception_handler(AssistantError)
    async def failed(_request: Request, error: AssistantError) -> JSONResponse:
        return _problem(error.status, error.title, error.sentence, error.field, error)

    @app.exception_handler(RequestValidationError)
    async def refused(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        return _problem(422, "Please check what you sent", str(first["msg"]), str(first["loc"][-1]))


def _in_pages() -> None:
    @pages.exception_handler(AssistantError)
    async def shown(request: Request, error: AssistantError) -> Response:
        return _shown(request, error.status, error.title, error.sentence)

    @pages.exception_handler(404)
    async def nowhere(request: Request, _error: Exception) -> Response:
        return _shown(request, 404, "There is nothing here", "The address may be old, or mistyped.")

    @pages.exception_handler(Exception)
    async def broken(request: Request, error: Exception) -> Response:
        logging.getLogger(__name__).error("a page failed", exc_info=error)
        return _shown(request, 500, "Something went wrong", "Try again. The log has the details.")


def _shown(request: Request, status: int, title: str, sentence: str) -> Response:
    if "text/html" not in request.headers.get("accept", ""):
        return _problem(status, title, sentence, None)
    answer = page("message.html", title=title, lead=sentence, onward="/", label="To the chat", status=status)
    if status == StorageFailed.status and request.method == "GET":
        # It loaded itself anew, maybe, and nobody is there to press anything.
        answer.headers["Refresh"] = LOOK_AGAIN
    return answer


def _problem(
    status: int, title: str, detail: str, field: str | None, error: AssistantError | None = None
) -> JSONResponse:
    body: dict[str, object] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail,
    }
    if field:
        body["field"] = field
    headers = {"Retry-After": str(max(1, round(error.retry_after)))} if isinstance(error, TooMany) else {}
    return JSONResponse(body, status, headers, media_type="application/problem+json")
