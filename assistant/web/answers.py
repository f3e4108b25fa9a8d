"""What the app says about itself, and how it says that something did not work."""

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse

from assistant.chat.availability import Availability
from assistant.errors import AssistantError, TooMany
from assistant.storage import schema
from assistant.storage.database import Database


def register(app: FastAPI, *, database: Database, availability: Availability) -> None:
    """Adds /healthz, /readyz and the handlers that turn errors into RFC 9457 problems."""

    @app.get("/healthz", include_in_schema=False)
    async def alive() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", include_in_schema=False)
    async def ready() -> JSONResponse:
        try:
            found = await database.read(schema.version, database)
            state = "ok" if found == schema.newest() else f"schema {found}, expected {schema.newest()}"
        except AssistantError as error:
            state = error.sentence
        ollama = "unknown" if not availability.known else availability.problem or "ok"
        body = {"database": state, "ollama": ollama}
        return JSONResponse(body, 200 if state == "ok" else 503)

    @app.exception_handler(AssistantError)
    async def told(_request: Request, error: AssistantError) -> JSONResponse:
        return _problem(error.status, error.title, error.sentence, error.field, error)

    @app.exception_handler(RequestValidationError)
    async def refused(_request: Request, error: RequestValidationError) -> JSONResponse:
        first = error.errors()[0]
        return _problem(422, "Please check what you sent", str(first["msg"]), str(first["loc"][-1]))


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
