"""Notes on their way: into the trash and back, copied, many at once."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Request
from peewee import chunked

from assistant.errors import NotFound
from assistant.notes import notebook
from assistant.notes.api import work
from assistant.notes.api.shapes import Bulk, Count, Row, Whole
from assistant.notes.api.writing import whole
from assistant.storage.database import Database
from assistant.users.sessions import who

TOGETHER = 200  # notes of one transaction


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
        """Does one thing with many notes, some at a time: others write between."""
        user, done = who(request).user, 0
        for some in chunked(wanted.ids, TOGETHER):
            with suppress(NotFound):
                done += await database.run(work.bulk, user, wanted.model_copy(update={"ids": list(some)}), clock())
        if not done:
            raise NotFound("There is no such note.")
        return Count(count=done)
