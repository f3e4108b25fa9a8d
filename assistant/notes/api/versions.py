"""The earlier versions of a note over HTTP."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request

from assistant.notes.api import transactions
from assistant.notes.api.shapes import Stored, Version, Versions
from assistant.notes.versions import history
from assistant.storage.database import Database
from assistant.users.sessions import who


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""

    @routes.get("/api/notes/{note:int}/versions")
    async def listed(request: Request, note: int) -> list[Versions]:
        """The versions that are kept, newest first."""
        return [
            Versions.model_validate(kept) for kept in await database.read(history.versions, who(request).user, note)
        ]

    @routes.get("/api/notes/{note:int}/versions/{version:int}")
    async def get(request: Request, note: int, version: int) -> Version:
        """A version with its text and what changed since."""
        kept, current = await database.read(transactions.version_of, who(request).user, note, version)
        differences = await asyncio.to_thread(history.differences, kept["text"], current)
        return Version.model_validate({**kept, "differences": differences})

    @routes.post("/api/notes/{note:int}/versions/{version:int}/restore")
    async def restore(request: Request, note: int, version: int) -> Stored:
        """Brings the version back; what was there before is kept as a version itself."""
        now = clock()
        saved = await database.run(history.restore, who(request).user, note, version, now)
        return Stored(id=saved.id, version=saved.version, title=saved.title, text=saved.text, saved=now)
