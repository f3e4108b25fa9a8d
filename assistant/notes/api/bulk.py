"""Many notes at once: tagged, archived, thrown away, taken back, and the trash emptied."""

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

from fastapi import APIRouter, Request
from peewee import chunked

from assistant.errors import NotFound
from assistant.notes import trash
from assistant.notes.api import transactions
from assistant.notes.api.shapes import Bulk, Count
from assistant.storage.database import Database
from assistant.users.sessions import who

TOGETHER = 200  # notes of one transaction


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""

    @routes.post("/api/notes/trash/empty")
    async def empty(request: Request) -> Count:
        """Deletes for good what is in the trash."""
        return Count(count=await database.run(trash.empty_trash, who(request).user))

    @routes.post("/api/notes/bulk")
    async def bulk(request: Request, wanted: Bulk) -> Count:
        """Does one thing with many notes, some at a time: others write between."""
        user, done = who(request).user, 0
        for some in chunked(wanted.ids, TOGETHER):
            with suppress(NotFound):
                portion = wanted.model_copy(update={"ids": list(some)})
                done += await database.run(transactions.bulk, user, portion, clock())
        if not done:
            raise NotFound("There is no such note.")
        return Count(count=done)
