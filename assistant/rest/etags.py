"""Versions of what is edited in two places: whoever changes it says which one they saw."""

import hashlib
from typing import Any

from fastapi import Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel

from assistant.errors import AssistantError


class Missing(AssistantError):  # noqa: N818 - an answer
    """No version was said."""

    status = 428

    def __init__(self) -> None:
        super().__init__(
            "Say in If-Match which version you changed, as its ETag names it; * means whichever is there.",
            field="If-Match",
        )


class Stale(AssistantError):  # noqa: N818
    """It is not the version that was said; ``current`` is what is there."""

    status = 412

    def __init__(self, current: BaseModel) -> None:
        super().__init__("It was changed meanwhile. Read it again, or send * in If-Match.", field="If-Match")
        self.more: dict[str, Any] = {"current": current.model_dump(mode="json")}


def etag(shape: BaseModel) -> str:
    """The version of what is answered."""
    return f'"{hashlib.blake2b(shape.model_dump_json().encode(), digest_size=12).hexdigest()}"'


def check(request: Request, shape: BaseModel) -> None:
    """Raises Stale unless this is the version that the request names in If-Match, Missing where it names none."""
    said = request.headers.get("if-match")
    if said is None:
        raise Missing
    if not _names(said, etag(shape)):
        raise Stale(shape)


def answer(request: Request, shape: BaseModel, status: int = 200, **headers: str) -> Response:
    """The shape with its version; 304 for whoever has it already."""
    tag = etag(shape)
    said = {"ETag": tag, "Cache-Control": "private, no-cache", **headers}
    if request.method == "GET" and _names(request.headers.get("if-none-match", ""), tag):
        return Response(status_code=304, headers=said)
    return JSONResponse(shape.model_dump(mode="json"), status, said)


def _names(header: str, tag: str) -> bool:
    names = {name.strip().removeprefix("W/") for name in header.split(",")}
    return tag in names or "*" in names
