"""Other calendars: the address that they read, and their files in and out."""

import json
from collections.abc import AsyncIterator, Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel

from assistant.errors import NotFound
from assistant.reminders.ical import feed, importer, writer
from assistant.reminders.ical.importer import Progress
from assistant.reminders.ical.reader import Remarks
from assistant.storage.database import Database
from assistant.users.sessions import who

ICS = "text/calendar; charset=utf-8"
SENTENCES_LIMIT = 500  # sentences that an answer holds


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
    routes: APIRouter, database: Database, now: Callable[[], datetime], public_url: str
) -> None:  # fmt: skip
    """Adds the routes."""
    _address(routes, database, now, public_url)
    _feed(routes, database, now)
    _files(routes, database, now)


def _address(routes: APIRouter, database: Database, now: Callable[[], datetime], public_url: str) -> None:
    @routes.get("/api/reminders/calendar")
    async def state(request: Request) -> Feed:
        """Whether there is an address."""
        found = await database.read(feed.get, who(request).user)
        return Feed(made=found.created if found else None, read=found.read if found else None)

    @routes.post("/api/reminders/calendar", status_code=201)
    async def make(request: Request) -> Address:
        """A new address, told only now; an earlier one stops working."""
        token = await database.run(feed.make, who(request).user, now())
        origin = public_url or f"{request.url.scheme}://{request.headers.get('host', request.url.netloc)}"
        return Address(address=f"{origin}/calendar/{token}.ics")

    @routes.delete("/api/reminders/calendar", status_code=204)
    async def revoke(request: Request) -> None:
        """Makes the address stop working."""
        await database.run(feed.revoke, who(request).user)


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


def _files(routes: APIRouter, database: Database, now: Callable[[], datetime]) -> None:
    @routes.get("/reminders/export.ics")
    async def export(request: Request) -> Response:
        """All reminders as a file."""
        asking, instant = who(request), now()
        name = f"reminders-{instant.astimezone(asking.preferences.zone_info):%Y-%m-%d}.ics"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return Response(await database.read(writer.export, asking.user, instant), headers=headers, media_type=ICS)

    @routes.post("/api/reminders/import")
    async def preview(request: Request) -> Planned:
        """What the file, which is the body, would bring; nothing is stored."""
        asking, data = who(request), await request.body()
        plan = await importer.preview(
            database, asking.user, data, zone=asking.preferences.zone, now=now()
        )  # fmt: skip
        return Planned(
            new=plan.new, done=plan.done, here=plan.here, titles=plan.titles, skipped=_sentences(plan.skipped),
            skipped_count=len(plan.skipped), remarks=_sentences(plan.remarks),
        )  # fmt: skip

    @routes.post("/api/reminders/import/run")
    async def run(request: Request) -> StreamingResponse:
        """Stores what is new in the file, which is the body; tells how far it is, a line of JSON each.

        It stops when nobody listens any more; what came stays.
        """
        asking, data = who(request), await request.body()
        steps = importer.run(database, asking.user, data, zone=asking.preferences.zone, now=now())
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
    skipped = [{"name": name, "sentence": sentence} for name, sentence in progress.skipped[:SENTENCES_LIMIT]]
    line = {"total": progress.total, "created": progress.created, "here": progress.here, "skipped": skipped}
    return json.dumps(line | {"whole": whole}) + "\n"


def _knows(given: str, etag: str) -> bool:
    """Whether an If-None-Match header names it; weak and strong are alike there."""
    names = {name.strip().removeprefix("W/") for name in given.split(",")}
    return etag.removeprefix("W/") in names or "*" in names


def _sentences(pairs: Remarks) -> list[Sentence]:
    return [Sentence(name=name, sentence=sentence) for name, sentence in pairs[:SENTENCES_LIMIT]]
