"""One reminder: read, changed, done, moved, deleted."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.errors import Invalid
from assistant.reminders import agenda, moving
from assistant.reminders.api.shapes import Back, Changes, Day, Meant, Rang, Row
from assistant.reminders.api.showing import Showing
from assistant.storage.database import Database
from assistant.users.sessions import who


def add_work(routes: APIRouter, database: Database, clock: Callable[[], datetime], showing: Showing) -> None:
    """Adds the routes."""
    _one(routes, database, clock, showing)
    _acts(routes, database, clock, showing)


def _one(routes: APIRouter, database: Database, clock: Callable[[], datetime], showing: Showing) -> None:
    @routes.get("/api/reminders/{reminder:int}")
    async def get(request: Request, reminder: int) -> Row:
        """The reminder."""
        return await showing.row(who(request).user, reminder)

    @routes.patch("/api/reminders/{reminder:int}")
    async def edit(request: Request, reminder: int, changes: Changes) -> Row:
        """Changes what is given; a time of null makes it one for someday."""
        asking = who(request)
        user = asking.user
        said = changes.model_dump(exclude_unset=True)
        if changes.follows:
            said["zone"] = asking.preferences.zone
        if ("link_kind" in said) != ("link_id" in said):
            raise Invalid("Say what it leads to by its kind and its number.", field="link")
        if changes.link_kind and changes.link_id:
            await database.read(showing.find, user, changes.link_kind, changes.link_id)
        await database.run(agenda.edit, user, reminder, clock(), **said)
        return await showing.row(user, reminder)

    @routes.get("/api/reminders/{reminder:int}/history")
    async def history(request: Request, reminder: int) -> list[Rang]:
        """What rang, and what became of it."""
        rang = await database.read(agenda.history, who(request).user, reminder)
        return [Rang.model_validate(one) for one in rang]


def _acts(routes: APIRouter, database: Database, clock: Callable[[], datetime], showing: Showing) -> None:
    @routes.delete("/api/reminders/{reminder:int}", status_code=204)
    async def delete(request: Request, reminder: int) -> None:
        """Deletes it; it can be taken back for a day."""
        await database.run(agenda.delete, who(request).user, reminder, clock())

    @routes.post("/api/reminders/{reminder:int}/restore")
    async def restore(request: Request, reminder: int) -> Row:
        """Takes it back."""
        await database.run(agenda.restore, who(request).user, reminder)
        return await showing.row(who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/done")
    async def done(request: Request, reminder: int, meant: Meant | None = None) -> Row:
        """Marks it as done; a repeating one goes on."""
        occurrence = meant.occurrence if meant else None
        await database.run(agenda.complete, who(request).user, reminder, clock(), occurrence=occurrence)
        return await showing.row(who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/undone")
    async def undone(request: Request, reminder: int) -> Row:
        """Takes the last time that it was done back."""
        await database.run(agenda.uncomplete, who(request).user, reminder, clock())
        return await showing.row(who(request).user, reminder)

    @routes.post("/api/reminders/{reminder:int}/move")
    async def move(request: Request, reminder: int, to: Day) -> Back:
        """Moves it to another day, at the same time of day; of a repetition one occurrence."""
        user = who(request).user
        moved = await database.run(moving.move, user, reminder, to.day, clock(), occurrence=to.occurrence)
        return Back.model_validate(moved)
