"""The tags over HTTP."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.notes import tags
from assistant.notes.api.shapes import Count, Renamed, Tag
from assistant.notes.validation import TAG_LIMIT
from assistant.storage.database import Database
from assistant.users.sessions import who


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""

    @routes.get("/api/notes/tags")
    async def listed(request: Request) -> list[Tag]:
        """The person's tags in alphabetical order."""
        return [Tag(name=name, count=count) for name, count in await database.read(tags.listed, who(request).user)]

    @routes.patch("/api/notes/tags")
    async def rename(request: Request, names: Renamed) -> Count:
        """Gives a tag, and those below it, another name; one that has it already takes the notes in."""
        return Count(count=await database.run(tags.rename, who(request).user, names.old, names.new, clock()))

    @routes.get("/api/notes/tags/complete")
    async def complete(request: Request, prefix: str = "") -> list[str]:
        """Tags that begin with what was typed."""
        return await database.read(tags.complete, who(request).user, prefix[:TAG_LIMIT])
