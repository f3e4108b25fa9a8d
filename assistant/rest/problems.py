"""How every failure is answered: as a problem of RFC 9457, with the fields that are to blame."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException
from starlette.routing import Match, Route

from assistant.errors import AssistantError, Forbidden, ModelUnavailable, TooMany

MEDIA_TYPE = "application/problem+json"
WHERE = "/api/docs#problem-"
# By status: the name by which programs tell them apart, and the title for people.
KINDS = {
    400: ("malformed", "This cannot be read"),
    401: ("unauthenticated", "Please log in first"),
    403: ("forbidden", "Not allowed"),
    404: ("not-found", "Not found"),
    405: ("method-not-allowed", "This cannot be done here"),
    408: ("too-slow", "This took too long to be sent"),
    409: ("conflict", "It does not fit what is there"),
    412: ("stale", "It changed meanwhile"),
    413: ("too-large", "This is too large to be sent"),
    414: ("too-long", "This address is too long"),
    415: ("unsupported-media-type", "This kind of content is not taken here"),
    421: ("misdirected", "Unknown host"),
    422: ("invalid", "Please check what you sent"),
    428: ("version-required", "Say which version you changed"),
    429: ("too-many", "Too many requests"),
    500: ("fault", "Something went wrong"),
    502: ("elsewhere", "It failed on the other side"),
    503: ("unavailable", "Not available right now"),
    507: ("full", "No room left"),
}
NOT_JSON = "json_invalid"
PLACE_OF = {"If-Match": "header", "Idempotency-Key": "header", "after": "query"}  # of fields outside of bodies
PLACES = ("body", "query", "path", "header", "cookie")


class FieldProblem(BaseModel):
    """What is wrong with one field."""

    place: str = Field(description="Where it stands: `body`, `query`, `path` or `header`.", examples=["body"])
    field: str = Field(description="Its name, with dots where it is inside another.", examples=["title"])
    detail: str = Field(description="A sentence for people.", examples=["A title has at most 300 characters."])


class Problem(BaseModel):
    """A failure, as RFC 9457 tells it."""

    type: str = Field(description="The kind of problem; it leads to its description.", examples=[f"{WHERE}not-found"])
    title: str = Field(description="The kind in words.", examples=["Not found"])
    status: int = Field(description="The status of HTTP.", examples=[404])
    detail: str = Field(description="What went wrong this time, in a sentence.", examples=["There is no such note."])
    errors: list[FieldProblem] = Field(default=[], description="The fields that are to blame, if any.", examples=[[]])


def document(status: int, detail: str, errors: Iterable[FieldProblem] = (), **more: Any) -> dict[str, Any]:
    """The problem as JSON has it; ``more`` are members of its own kind."""
    name, title = KINDS.get(status, KINDS[500 if status >= 500 else 400])  # noqa: PLR2004 - HTTP's own
    said = Problem(type=WHERE + name, title=title, status=status, detail=detail, errors=list(errors))
    return {**said.model_dump(), **more}


def answer(
    status: int, detail: str, errors: Iterable[FieldProblem] = (), headers: dict[str, str] | None = None, **more: Any
) -> JSONResponse:
    """The problem as an answer."""
    headers = {**headers} if headers else {}
    if status == 401:  # noqa: PLR2004
        headers.setdefault("WWW-Authenticate", "Bearer")
    return JSONResponse(document(status, detail, errors, **more), status, headers, media_type=MEDIA_TYPE)


def register(app: FastAPI) -> None:
    """Makes the app answer each failure so."""

    @app.exception_handler(AssistantError)
    async def failed(_request: Request, error: AssistantError) -> JSONResponse:
        return of_error(error)

    @app.exception_handler(RequestValidationError)
    async def refused(_request: Request, error: RequestValidationError) -> JSONResponse:
        return _of_validation(error.errors())

    @app.exception_handler(HTTPException)
    async def elsewhere(request: Request, error: HTTPException) -> JSONResponse:
        headers = dict(error.headers or {})
        if error.status_code == 405:  # noqa: PLR2004
            headers["Allow"] = ", ".join(_methods(app, request))
        return answer(error.status_code, _sentence(error, request), headers=headers)


def of_error(error: AssistantError) -> JSONResponse:
    """What a failure of the domain is answered with."""
    headers = {"Retry-After": str(max(1, round(error.retry_after + 0.5)))} if isinstance(error, TooMany) else {}
    status = error.status if error.status in KINDS else 500
    if isinstance(error, ModelUnavailable) and error.reason == "missing":
        status = 404
    return answer(status, error.sentence, fields_of(error), headers, **getattr(error, "more", {}))


def fields_of(error: AssistantError) -> list[FieldProblem]:
    """The field that an error of ours names, if any."""
    if not error.field:
        return []
    place = PLACE_OF.get(error.field, "body")
    return [FieldProblem(place=place, field=error.field, detail=error.sentence)]


@contextmanager
def called(**names: str) -> Iterator[None]:
    """What goes wrong inside names fields as the route does: those of the domain by its ``names`` for them."""
    try:
        yield
    except AssistantError as error:
        error.field = names.get(error.field or "", error.field)
        raise


class Unauthenticated(Forbidden):
    """Nobody is known to ask."""

    status = 401


def _of_validation(found: Sequence[Any]) -> JSONResponse:
    if any(one["type"] == NOT_JSON for one in found):
        return answer(400, "The body is not JSON.")
    errors = [_field(one) for one in found]
    first = errors[0]
    return answer(422, f"{first.field}: {first.detail}" if first.field else first.detail, errors)


def _field(one: dict[str, Any]) -> FieldProblem:
    place, *names = [str(part) for part in one["loc"]] or ["body"]
    if place not in PLACES:
        place, names = "body", [place, *names]
    words = str(one["msg"]).removeprefix("Value error, ")
    if one["type"] == "extra_forbidden":
        words = "There is no such field."
    return FieldProblem(place=place, field=".".join(names)[:200], detail=words)


def _sentence(error: HTTPException, request: Request) -> str:
    if error.status_code == 404:  # noqa: PLR2004
        return "There is nothing at this address."
    if error.status_code == 405:  # noqa: PLR2004
        return f"{request.method} cannot be done here."
    if error.status_code == 400:  # noqa: PLR2004
        return "The body cannot be read. JSON is sent in UTF-8."
    return str(error.detail)


def _methods(app: FastAPI, request: Request) -> list[str]:
    found: set[str] = set()
    for route in app.routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] is not Match.NONE:
            found |= route.methods or set()
    return sorted(found)
