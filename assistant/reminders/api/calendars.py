"""Other calendars: the address that they read, and a file for them."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response

from assistant.errors import NotFound
from assistant.reminders.ical import feed, writer
from assistant.storage.database import Database
from assistant.users.sessions import who

ICS = "text/calendar; charset=utf-8"


def router(database: Database, now: Callable[[], datetime]) -> APIRouter:
    """The routes."""
    routes = APIRouter()
    _feed(routes, database, now)
    _files(routes, database, now)
    return routes


def _feed(routes: APIRouter, database: Database, now: Callable[[], datetime]) -> None:
    @routes.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"])
    async def read(request: Request, token: str) -> Response:
        """The reminders, for calendars; who has the address may read it."""
        found = await database.read(feed.find, token)
        if found is None:
            raise NotFound("There is no such calendar.")
        instant = now()
        if feed.worth_noting(found, instant):
            await database.run(feed.note_read, found.id, instant)
        # Weak, because it is sent compressed and plain.
        etag = f'W/"{await database.read(writer.fingerprint, found.user, instant)}"'
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        if _knows(request.headers.get("if-none-match", ""), etag):
            return Response(status_code=304, headers=headers)
        return Response(await database.read(writer.feed, found.user, instant), headers=headers, media_type=ICS)


def _knows(given: str, etag: str) -> bool:
    """Whether an If-None-Match header names it; weak and strong are alike there."""
    names = {name.strip().removeprefix("W/") for name in given.split(",")}
    return etag.removeprefix("W/") in names or "*" in names


def _files(routes: APIRouter, database: Database, now: Callable[[], datetime]) -> None:
    @routes.get("/reminders/export.ics")
    async def export(request: Request) -> Response:
        """All reminders as a file."""
        asking, instant = who(request), now()
        name = f"reminders-{instant.astimezone(asking.preferences.zone_info):%Y-%m-%d}.ics"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(await database.read(writer.export, asking.user, instant), headers=headers, media_type=ICS)
