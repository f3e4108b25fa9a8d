"""Other calendars: the address that they read, and their files in and out."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from assistant.errors import NotFound
from assistant.reminders import calendar_import, calendar_writing, feeds
from assistant.reminders.calendar_import import Progress
from assistant.reminders.calendar_reading import Told
from assistant.storage.database import Database
from assistant.users.sessions import who

ICS = "text/calendar; charset=utf-8"
TOLD_LIMIT = 500  # sentences that an answer holds


class Feed(BaseModel):
    """Whether calendars have an address, since when, and when they last read it."""

    made: datetime | None
    read: datetime | None


class Address(BaseModel):
    """The address, which nobody can find out again."""

    address: str


class Sentence(BaseModel):
    """A title and a sentence about it."""

    name: str
    sentence: str


class Planned(BaseModel):
    """What an import would do; the numbers also count what the lists have no room for."""

    new: int
    done: int
    here: int
    titles: list[str]
    skipped: list[Sentence]
    skipped_count: int
    remarks: list[Sentence]


def add_calendars(
    routes: APIRouter, database: Database, clock: Callable[[], datetime], public_url: str
) -> None:  # fmt: skip
    """Adds the routes."""
    _address(routes, database, clock, public_url)
    _feed(routes, database, clock)
    _files(routes, database, clock)


def _address(routes: APIRouter, database: Database, clock: Callable[[], datetime], public_url: str) -> None:
    @routes.get("/api/reminders/calendar")
    async def state(request: Request) -> Feed:
        """Whether there is an address."""
        found = await database.read(feeds.get, who(request).user)
        return Feed(made=found.created if found else None, read=found.read if found else None)

    @routes.post("/api/reminders/calendar", status_code=201)
    async def make(request: Request) -> Address:
        """A new address, told only now; an earlier one stops working."""
        token = await database.run(feeds.make, who(request).user, clock())
        origin = public_url or f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"
        return Address(address=f"{origin}/calendar/{token}.ics")

    @routes.delete("/api/reminders/calendar", status_code=204)
    async def revoke(request: Request) -> None:
        """Makes the address stop working."""
        await database.run(feeds.revoke, who(request).user)


def _feed(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.api_route("/calendar/{token}.ics", methods=["GET", "HEAD"])
    async def read(request: Request, token: str) -> Response:
        """The reminders, for calendars; who has the address may read it."""
        feed = await database.read(feeds.find, token)
        if feed is None:
            raise NotFound("There is no such calendar.")
        now = clock()
        if feeds.worth_noting(feed, now):
            await database.run(feeds.note_read, feed.id, now)
        # Weak, because it is sent compressed and plain.
        etag = f'W/"{await database.read(calendar_writing.fingerprint, feed.user, now)}"'
        headers = {"ETag": etag, "Cache-Control": "private, no-cache"}
        if _knows(request.headers.get("if-none-match", ""), etag):
            return Response(status_code=304, headers=headers)
        return Response(await database.read(calendar_writing.feed, feed.user, now), headers=headers, media_type=ICS)


def _files(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.get("/reminders/export.ics")
    async def export(request: Request) -> Response:
        """All reminders as a file."""
        asking, now = who(request), clock()
        name = f"reminders-{now.astimezone(asking.preferences.zone_info):%Y-%m-%d}.ics"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(await database.read(calendar_writing.export, asking.user, now), headers=headers, media_type=ICS)

    @routes.post("/api/reminders/import")
    async def preview(request: Request) -> Planned:
        """What the file, which is the body, would bring; nothing is stored."""
        asking, data = who(request), await request.body()
        plan = await calendar_import.preview(
            database, asking.user, data, zone=asking.preferences.zone, now=clock()
        )  # fmt: skip
        return Planned(
            new=plan.new, done=plan.done, here=plan.here, titles=plan.titles, skipped=_told(plan.skipped),
            skipped_count=len(plan.skipped), remarks=_told(plan.remarks),
        )  # fmt: skip

    @routes.post("/api/reminders/import/run")
    async def run(request: Request) -> StreamingResponse:
        """Stores what is new in the file, which is the body; tells how far it is, a line of JSON each.

        It stops when nobody listens any more; what came stays.
        """
        asking, data = who(request), await request.body()
        steps = calendar_import.run(database, asking.user, data, zone=asking.preferences.zone, now=clock())
        first = await anext(steps)
        # Compressing would hold the lines back.
        headers = {"Content-Encoding": "identity"}
        return StreamingResponse(_lines(first, steps), media_type="application/x-ndjson", headers=headers)


async def _lines(first: Progress, steps: AsyncIterator[Progress]) -> AsyncIterator[str]:
    latest = first
    yield _line(latest)
    async for latest in steps:
        yield _line(latest)
    yield _line(latest, whole=True)


def _line(progress: Progress, *, whole: bool = False) -> str:
    skipped = [{"name": name, "sentence": sentence} for name, sentence in progress.skipped[:TOLD_LIMIT]]
    said = {"total": progress.total, "created": progress.created, "here": progress.here, "skipped": skipped}
    return json.dumps(said | {"whole": whole}) + "\n"


def _knows(given: str, etag: str) -> bool:
    """Whether an If-None-Match header names it; weak and strong are alike there."""
    names = {name.strip().removeprefix("W/") for name in given.split(",")}
    return etag.removeprefix("W/") in names or "*" in names


def _told(pairs: Told) -> list[Sentence]:
    return [Sentence(name=name, sentence=sentence) for name, sentence in pairs[:TOLD_LIMIT]]
