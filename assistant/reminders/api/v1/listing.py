"""Lists of reminders, the days of a calendar, tags."""

from datetime import timedelta
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from assistant.errors import Invalid
from assistant.reminders import queries
from assistant.reminders.api.v1.shapes import Priority, Reminder, shown
from assistant.reminders.validation import TAG_LIMIT
from assistant.rest import cursors
from assistant.rest.documented import After, Limit, says
from assistant.rest.door import Door
from assistant.rest.shapes import Instant, Piece, Tag, Told, ToldWall
from assistant.users.sessions import who

LONGEST = timedelta(days=400)  # of a calendar
View = Literal["today", "coming", "overdue", "due", "someday", "done"]
Tagged = Annotated[str | None, Query(max_length=TAG_LIMIT, description="Only with this tag.")]
Words = Annotated[str, Query(max_length=1000, description="Only with these words.")]
High = Annotated[int | None, Query(ge=0, le=3, description="Only with this priority.")]


class Occurrence(BaseModel):
    """One time at which a reminder comes."""

    reminder: int = Field(examples=[4])
    text: str = Field(examples=["call mum"])
    priority: Priority
    at: Told
    wall: ToldWall = Field(description="As a clock on the wall in your time zone shows it.")
    repeats: bool
    done: bool


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.get("/reminders", **says("read", 404))
    async def list_reminders(
        request: Request,
        view: Annotated[View, Query(description="`due` is today's and overdue together.")] = "coming",
        tag: Tagged = None,
        priority: High = None,
        q: Words = "",
        after: After = None,
        limit: Limit = 50,
    ) -> Piece[Reminder]:
        """The reminders of a view, the earliest first; of someday and done the latest first.

        Days are those of your time zone. `coming` is what comes after today.
        """
        asking, place = who(request), cursors.read(after)
        page = await door.read(
            queries.listing, asking.user, view, zone=asking.preferences.zone, now=door.clock(), tag=tag,
            priority=priority, words=q, after=place, limit=limit,
        )  # fmt: skip
        return Piece(items=[shown(row) for row in page.rows], next=cursors.told(page.next))

    @routes.get("/reminders/occurrences", **says("read"))
    async def list_occurrences(
        request: Request,
        start: Annotated[Instant, Query(alias="from", description="From this instant on.")],
        end: Annotated[Instant, Query(alias="to", description="Before this instant, at most 400 days later.")],
        tag: Tagged = None,
        priority: High = None,
        q: Words = "",
    ) -> Piece[Occurrence]:
        """When reminders come between two instants, repetitions one by one, at most a thousand."""
        if end > start + LONGEST:
            raise Invalid("Choose an end at most 400 days after the start.", field="to")
        asking = who(request)
        found = await door.read(
            queries.between, asking.user, start, end, asking.preferences.zone, tag=tag, priority=priority, words=q
        )
        return Piece(items=[Occurrence.model_validate(one, from_attributes=True) for one in found])

    @routes.get("/reminders/tags", **says("read"))
    async def list_reminder_tags(request: Request) -> Piece[Tag]:
        """The tags of your reminders, in alphabetical order."""
        rows = await door.read(queries.tags, who(request).user)
        return Piece(items=[Tag(name=name, count=count) for name, count in rows])
