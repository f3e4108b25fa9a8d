"""Notes on their way: into the trash and back, copied, many at once."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.notes import notebook
from assistant.notes.api import work
from assistant.notes.api.shapes import Bulk, Count, Row, Whole
from assistant.notes.api.writing import whole
from assistant.storage.database import Database
from assistant.users.session import who


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""
    _one(routes, database, clock)
    _many(routes, database, clock)


def _one(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.delete("/api/notes/{note:int}", status_code=204)
    async def trash(request: Request, note: int) -> None:
        """Puts the note into the trash."""
        await database.run(notebook.trash, who(request).user, note, clock())

    @routes.post("/api/notes/{note:int}/restore")
    async def restore(request: Request, note: int) -> Row:
        """Takes the note out of the trash."""
        return Row.model_validate(await database.run(work.restore, who(request).user, note))

    @routes.post("/api/notes/{note:int}/duplicate", status_code=201)
    async def duplicate(request: Request, note: int) -> Whole:
        """Copies the note."""
        return await whole(await database.run(work.duplicate, who(request).user, note, clock()))


def _many(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.post("/api/notes/trash/empty")
    async def empty(request: Request) -> Count:
        """Deletes for good what is in the trash."""
        return Count(count=await database.run(notebook.empty_trash, who(request).user))

    @routes.post("/api/notes/bulk")
    async def bulk(request: Request, wanted: Bulk) -> Count:
        """Does one thing with many notes."""
        return Count(count=await database.run(work.bulk, who(request).user, wanted, clock()))
