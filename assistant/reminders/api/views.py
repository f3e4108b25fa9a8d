"""The views, the calendar and the tags."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Annotated

from fastapi import APIRouter, Query, Request

from assistant.errors import Invalid
from assistant.reminders import queries, reminders
from assistant.reminders.api.presenter import Presenter
from assistant.reminders.api.shapes import Instant, Occurrence, Row, Rows
from assistant.storage.database import LARGEST, Database
from assistant.users.sessions import who


def add_views(routes: APIRouter, database: Database, now: Callable[[], datetime], presenter: Presenter) -> None:
    """Adds the routes."""

    @routes.get("/api/reminders")
    async def listing(
        request: Request, view: str = "today", tag: str = "", q: str = "",
        priority: Annotated[int | None, Query(ge=0, le=3)] = None,
        after: str | None = None, limit: Annotated[int, Query(ge=1, le=200)] = 50,
    ) -> Rows:  # fmt: skip
        """A piece of a view."""
        asking = who(request)

        def read() -> Rows:
            page = queries.listing(
                asking.user, view, zone=asking.preferences.zone, now=now(), tag=tag or None, priority=priority,
                words=q[:200], after=after, limit=limit,
            )  # fmt: skip
            return Rows(rows=presenter.rows(asking.user, page.rows), next=page.next)

        return await database.read(read)

    @routes.get("/api/reminders/between")
    async def between(request: Request, start: Instant, end: Instant) -> list[Occurrence]:
        """What falls between two instants, repetitions one by one."""
        asking = who(request)
        if not timedelta() < end - start < timedelta(days=400):
            raise Invalid("Ask for at most a year.", field="start")
        found = await database.read(queries.between, asking.user, start, end, asking.preferences.zone)
        return [Occurrence.model_validate(one) for one in found]

    @routes.get("/api/reminders/tags")
    async def tags(request: Request) -> list[str]:
        """The tags in use."""
        return [name for name, _ in await database.read(queries.tags, who(request).user)]

    @routes.get("/api/reminders/linked")
    async def linked(request: Request, kind: str, id: Annotated[int, Query(ge=0, le=LARGEST)]) -> list[Row]:  # noqa: A002 - as in addresses
        """The reminders that lead to this note or message."""
        user = who(request).user
        return await database.read(lambda: presenter.rows(user, reminders.linked(user, kind, id)))
