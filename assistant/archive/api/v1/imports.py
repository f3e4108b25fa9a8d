"""Imports: what an export holds, ours or another program's, looked at first and then brought in."""

from typing import Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.archive import imports
from assistant.archive.imports import Imports
from assistant.errors import Conflict, Invalid, NotFound
from assistant.rest.documented import says
from assistant.rest.shapes import Piece, Remark, Told, remarks
from assistant.users.sessions import who

ZIP = "application/zip"
FILE = {"type": "string", "format": "binary"}
SENT: dict[str, Any] = {"requestBody": {"required": True, "content": {ZIP: {"schema": FILE}}}}


class Import(BaseModel):
    """An import: being looked at, planned, running, done or failed."""

    id: str = Field(examples=["k3Jx…"])
    state: Literal["looking", "planned", "running", "done", "failed"]
    done: int = Field(description="How much of `total` is done.", examples=[12])
    total: int = Field(description="0 where nobody knows.", examples=[40])
    counts: dict[str, int] = Field(
        description="In words, how much of what would come, or came.", examples=[{"new notes": 3, "pictures": 0}]
    )
    programs: list[str] = Field(description="What it is from.", examples=[["ChatGPT"]])
    remarks: list[Remark] = Field(description="What does not come, or comes otherwise.", examples=[[]])
    problem: str = Field(description="Why it failed.", examples=[""])
    begun: Told


def add(routes: APIRouter, arriving: Imports) -> None:
    """Adds the routes."""
    _looked_at(routes, arriving)
    _brought_in(routes, arriving)


def _looked_at(routes: APIRouter, arriving: Imports) -> None:
    @routes.get("/imports", **says("read"))
    async def list_imports(request: Request) -> Piece[Import]:
        """Your import, if there is one: each person has one at most."""
        current = arriving.current(who(request).user)
        return Piece(items=[_import(current)] if current else [])

    @routes.post("/imports", status_code=202, **says("write", 409, 413, 507, extra=SENT))
    async def plan_import(request: Request) -> Import:
        """Send a file, which is the body, to see what it would bring; nothing is brought in yet.

        An export of Assistant, or what ChatGPT, Claude, Open WebUI or LibreChat export: the zip as it came, or the
        JSON in it; also a zip of Markdown files in which it stands who speaks. Ask again until the state is `planned`.
        It takes the place of one that was only planned.
        """
        asking, headers = who(request), request.headers
        if headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers:
            raise Invalid("Send a file.", field="file")
        return _import(await arriving.take(asking.user, request.stream(), asking.preferences.zone_info))

    @routes.get("/imports/{one}", **says("read", 404))
    async def get_import(request: Request, one: str) -> Import:
        """How far an import is, and what it brings."""
        return _import(_own(arriving, who(request).user, one))


def _brought_in(routes: APIRouter, arriving: Imports) -> None:
    @routes.post("/imports/{one}/start", status_code=202, **says("write", 404, 409))
    async def start_import(request: Request, one: str) -> Import:
        """Bring in what was planned, all of it or nothing; what is here already is not doubled. Twice is once."""
        user = who(request).user
        if _own(arriving, user, one).state in {"looking", "failed"}:
            raise Conflict("There is nothing planned that could be brought in.")
        arriving.start(user)
        return _import(_own(arriving, user, one))

    @routes.delete("/imports/{one}", status_code=204, **says("write", 404))
    async def end_import(request: Request, one: str) -> Response:
        """End an import and let go of its file: of one that is running, nothing came."""
        user = who(request).user
        if _own(arriving, user, one).state == "running":
            arriving.cancel(user)
        else:
            arriving.forget(user)
        return Response(status_code=204)


def _own(arriving: Imports, user: int, one: str) -> imports.Import:
    found = arriving.current(user)
    if found is None or found.id != one:
        raise NotFound("There is no such import.")
    return found


def _import(one: imports.Import) -> Import:
    report = one.report
    told = {name: getattr(one, name) for name in ("id", "state", "done", "total", "problem", "begun")}
    return Import(
        **told, counts=report.counts if report else {}, programs=report.programs if report else [],
        remarks=remarks(report.remarks if report else ()),
    )  # fmt: skip
