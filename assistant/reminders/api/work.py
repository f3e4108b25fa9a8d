"""One reminder: read, changed, done, moved, deleted."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.reminders import agenda
from assistant.reminders.api.shapes import Changes, Day, Row, kept
from assistant.storage.database import Database
from assistant.users.session import who


def add_work(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""
    _one(routes, database, clock)
    _acts(routes, database, clock)


def _one(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.get("/api/reminders/{reminder:int}")
    async def get(request: Request, reminder: int) -> Row:
        """The reminder."""
        return await kept(database, who(request).user, reminder)

    @routes.patch("/api/reminders/{reminder:int}")
    async def edit(request: Request, reminder: int, changes: Changes) -> Row:
        """Changes what is given; a time of null makes it one for someday."""
        user = who(request).user
        said = changes.model_dump(exclude_unset=True)
        await database.run(agenda.edit, user, reminder, clock(), **said)
        return await kept(database, user, reminder)

    @routes.get("/api/reminders/{reminder:int}/history")
    async def history(request: Request, reminder: int) -> list[dict[str, object]]:
        """What rang, and what became of it."""
        rang = await database.read(agenda.history, who(request).user, reminder)
        return [{"occurrence": one.occurrence, "rang": one.rang, "state": one.state, "late": one.late} for one in rang]


def _acts(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.delete("/api/reminders/{reminder:int}", status_code=204)
    async def delete(request: Request, reminder: int) -> None:
        """Deletes it; it can be taken back for a day."""
        await database.run(agenda.delete, who(request).user, reminder, clock())

    @routes.post("/api/reminders/{reminder:int}/restore")
    async def restore(request: Request, reminder: int) -> Row:
        """Takes it back."""
        await database.run(agenda.restore, who(request).user, reminder)
        return await kept(database, who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/done")
    async def done(request: Request, reminder: int) -> Row:
        """Marks it as done; a repeating one goes on."""
        await database.run(agenda.complete, who(request).user, reminder, clock())
        return await kept(database, who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/undone")
    async def undone(request: Request, reminder: int) -> Row:
        """Takes the last time that it was done back."""
        await database.run(agenda.uncomplete, who(request).user, reminder, clock())
        return await kept(database, who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/move")
    async def move(request: Request, reminder: int, to: Day) -> Row:
        """Moves it to another day, at the same time of day."""
        await database.run(agenda.move, who(request).user, reminder, to.day, clock())
        return await kept(database, who(request).user, reminder)
