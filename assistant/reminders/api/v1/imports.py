"""Reminders brought in from calendar files: looked at first, and stored when one says so."""

import json
from collections.abc import AsyncGenerator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError
from assistant.reminders.ical import importer
from assistant.reminders.ical.storing import Progress
from assistant.reminders.ical.uploads import Uploads
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Remark, remarks
from assistant.users.sessions import who

CALENDAR, EVENTS = "text/calendar", "text/event-stream"
TAKEN = (CALENDAR, "application/octet-stream", "text/plain", "")
SENT: dict[str, Any] = {"requestBody": {"required": True, "content": {CALENDAR: {"schema": {"type": "string"}}}}}
FOLLOWED: dict[int, Any] = {
    200: {
        "description": "What came; with `Accept: text/event-stream` also how far it is.",
        "content": {EVENTS: {"schema": {"type": "string"}, "example": 'event: progress\ndata: {"done": 200}'}},
    }
}


class CalendarImport(BaseModel):
    """What a calendar file would bring."""

    id: str = Field(description="Under which it waits for its start, for an hour.", examples=["k3Jx…"])
    new: int = Field(description="Reminders that are not here yet.", examples=[40])
    done: int = Field(description="How many of them are done already.", examples=[2])
    here: int = Field(description="That are here already, and left alone.", examples=[3])
    titles: list[str] = Field(description="Some of the new ones.", examples=[["call mum"]])
    skipped: list[Remark] = Field(description="What does not come, and why.", examples=[[]])
    remarks: list[Remark] = Field(description="What comes otherwise.", examples=[[]])


class CalendarReport(BaseModel):
    """How far an import of a calendar file is, or what it brought."""

    done: int = Field(description="How much of `total` is done.", examples=[40])
    total: int = Field(examples=[40])
    created: int = Field(examples=[40])
    skipped: list[Remark] = Field(description="What could not be stored, and why.", examples=[[]])


def add(routes: APIRouter, door: Door, uploads: Uploads) -> None:
    """Adds the routes."""

    @routes.post("/reminders/imports", status_code=201, **says("write", 413, 415, 507, extra=SENT))
    async def plan_calendar_import(request: Request) -> CalendarImport:
        """Send a calendar file (`.ics`), which is the body, to see what it would bring; nothing is stored yet."""
        if request.headers.get("content-type", "").partition(";")[0].strip().lower() not in TAKEN:
            raise HTTPException(415, f"Send a calendar file, as {CALENDAR}.")
        asking, data = who(request), await request.body()
        plan = await importer.preview(door.database, asking.user, data, zone=asking.preferences.zone, now=door.clock())
        name = await uploads.put(asking.user, data, plan)
        return CalendarImport(
            id=name, new=plan.new, done=plan.done, here=plan.here, titles=plan.titles,
            skipped=remarks(plan.skipped), remarks=remarks(plan.remarks),
        )  # fmt: skip

    @routes.post(
        "/reminders/imports/{one}/start", response_model=CalendarReport, **says("write", 404, answers=FOLLOWED)
    )
    async def start_calendar_import(request: Request, one: str) -> Response:
        """Store what a file brings, piece by piece; what is here already is not doubled.

        With `Accept: text/event-stream` events tell how far it is: `progress`, and `end` or `failed`. Whoever hangs up
        ends it: what came stays, and the same file goes on from there.
        """
        asking = who(request)
        data, _plan = await uploads.take(asking.user, one)
        steps = importer.run(door.database, asking.user, data, zone=asking.preferences.zone, now=door.clock())
        if EVENTS in request.headers.get("accept", ""):
            return StreamingResponse(_events(steps), media_type=EVENTS, headers={"Cache-Control": "no-store"})
        last = [step async for step in steps][-1]
        return Response(_report(last).model_dump_json(), media_type="application/json")

    @routes.delete("/reminders/imports/{one}", status_code=204, **says("write", 404))
    async def forget_calendar_import(request: Request, one: str) -> None:
        """Let go of a file that waits for its start."""
        await uploads.take(who(request).user, one)


async def _events(steps: AsyncGenerator[Progress, None]) -> AsyncGenerator[str, None]:
    last = Progress(0)
    try:
        async for step in steps:
            last = step
            yield _event("progress", _report(step).model_dump())
    except AssistantError as error:
        yield _event("failed", {"detail": error.sentence})
        return
    yield _event("end", _report(last).model_dump())


def _event(name: str, told: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(told)}\n\n"


def _report(progress: Progress) -> CalendarReport:
    done = progress.total if progress.created + len(progress.skipped) >= progress.total else progress.created
    return CalendarReport(done=done, total=progress.total, created=progress.created, skipped=remarks(progress.skipped))
