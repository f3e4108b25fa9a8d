"""Where reminders ring outside the page, and the address at which calendars read them."""

from collections.abc import Callable
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.reminders.ical import feed, writer
from assistant.reminders.models import PUSH, CalendarFeed, Channel
from assistant.reminders.notifications import channels
from assistant.reminders.notifications.channels import LONGEST_SECRET
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Id, Piece, Sent, Told
from assistant.users.sessions import who

CALENDAR = "text/calendar"
SHOWN = {200: {"description": "The calendar.", "content": {CALENDAR: {"schema": {"type": "string"}}}}}


class Way(BaseModel):
    """Where it rings outside the page, without its secrets: a browser's address is one of them."""

    id: int = Field(examples=[2])
    kind: Literal["push", "webhook", "ntfy"]
    name: str = Field(description="Of a browser.", examples=[""])
    address: str = Field(description="Empty for a browser.", examples=["https://ntfy.sh/my-topic"])
    created: Told
    last_ok: Told | None = Field(description="When it last worked.")
    last_error: str = Field(description="What went wrong the last time, if it did.", examples=[""])
    failures: int = Field(description="Since it last worked.", examples=[0])


class NewWay(Sent):
    """A webhook or a topic of ntfy."""

    kind: Literal["webhook", "ntfy"]
    address: str = Field(min_length=1, max_length=2000, examples=["https://ntfy.sh/my-topic"])
    secret: str = Field(
        default="", max_length=LONGEST_SECRET, description="Signs to a webhook, or is the access token of ntfy."
    )


class Calendar(BaseModel):
    """The address at which calendars read the reminders, without its secret."""

    created: Told
    read: Told | None = Field(description="When it was last read, give or take some minutes.")


class MadeCalendar(BaseModel):
    """The new address, which is shown only now."""

    address: str = Field(examples=["https://home.example/calendar/….ics"])


class Feed(BaseModel):
    """Whether there is an address for calendars."""

    calendar: Calendar | None


def add(routes: APIRouter, door: Door, dispatcher: Dispatcher, origin: Callable[[str], str]) -> None:
    """Adds the routes."""
    _ways(routes, door, dispatcher)
    _calendar(routes, door, origin)


def _ways(routes: APIRouter, door: Door, dispatcher: Dispatcher) -> None:
    @routes.get("/reminders/ways", **says("read"))
    async def list_ways(request: Request) -> Piece[Way]:
        """Where your reminders ring outside the page: browsers, webhooks, topics of ntfy."""
        return Piece(items=[_way(row) for row in await door.read(channels.listing, who(request).user)])

    @routes.post("/reminders/ways", status_code=201, response_model=Way, **says("write", 409, body=True, keyed=True))
    async def add_way(request: Request, new: NewWay) -> Response:
        """Let reminders be sent to a webhook or a topic of ntfy.

        Addresses in the home's network are refused until an owner allows them.
        """
        user = who(request).user
        await dispatcher.check(new.address.strip())

        def unit() -> Way:
            row = channels.add(user, kind=new.kind, address=new.address, secret=new.secret, now=door.clock())
            return _way(row)

        return await door.once(request, unit, place="/api/v1/reminders/ways/{id}")

    @routes.delete("/reminders/ways/{way:int}", status_code=204, **says("write", 404))
    async def remove_way(request: Request, way: Id) -> None:
        """Send nothing there any more."""
        await door.run(channels.remove, who(request).user, way)

    @routes.post("/reminders/ways/{way:int}/test", status_code=204, **says("write", 404, 502))
    async def test_way(request: Request, way: Id) -> None:
        """Send something there now."""
        await dispatcher.trial(who(request).user, way)


def _calendar(routes: APIRouter, door: Door, origin: Callable[[str], str]) -> None:
    @routes.get("/reminders/calendar", **says("read"))
    async def get_calendar_address(request: Request) -> Feed:
        """Whether there is an address at which calendars read your reminders."""
        row: CalendarFeed | None = await door.read(feed.get, who(request).user)
        return Feed(calendar=Calendar(created=row.created, read=row.read) if row else None)

    @routes.post("/reminders/calendar", status_code=201, **says("write"))
    async def make_calendar_address(request: Request) -> MadeCalendar:
        """Make a private address for calendars, which is shown only now; an earlier one stops working."""
        token = await door.run(feed.make, who(request).user, door.clock())
        return MadeCalendar(address=f"{origin(str(request.base_url))}/calendar/{token}.ics")

    @routes.delete("/reminders/calendar", status_code=204, **says("write"))
    async def revoke_calendar_address(request: Request) -> None:
        """Make the address for calendars stop working."""
        await door.run(feed.revoke, who(request).user)

    @routes.get("/reminders/export", response_class=Response, **says("read", answers=SHOWN))
    async def export_reminders(request: Request) -> Response:
        """All reminders, as a calendar file."""
        data = await door.read(writer.export, who(request).user, door.clock())
        return Response(data, media_type=f"{CALENDAR}; charset=utf-8")


def _way(row: Channel) -> Way:
    secret = row.kind == PUSH
    names = Way.model_fields.keys() - {"address"}
    return Way(address="" if secret else row.address, **{name: getattr(row, name) for name in names})
