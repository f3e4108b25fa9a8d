"""Lists of notes: by place, by tag, by search; and the titles that links are completed with."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from fastapi.responses import RedirectResponse

from assistant.notes import queries
from assistant.notes.api.shapes import Counted, Hit, Hits, Row, Rows
from assistant.notes.models import Note
from assistant.notes.search import index
from assistant.storage.database import Database
from assistant.users.sessions import who

TITLE_CUT = Note.title.max_length


def add(routes: APIRouter, database: Database, _clock: Callable[[], datetime]) -> None:
    """Adds the routes."""
    _lists(routes, database)
    _found(routes, database)
    _titles(routes, database)


def _lists(routes: APIRouter, database: Database) -> None:
    @routes.get("/api/notes")
    async def listing(
        request: Request,
        where: str = "notes",
        tag: str | None = None,
        sort: str = "changed",
        after: str | None = None,
        limit: int = 50,
    ) -> Rows:
        """A piece of the list, pinned notes first."""
        page = await database.read(
            queries.listing, who(request).user, where=where, tag=tag or None, sort=sort, after=after, limit=limit
        )
        return Rows.model_validate(page)

    @routes.get("/api/notes/counts")
    async def counts(request: Request) -> Counted:
        """How many notes are in the list, the archive and the trash."""
        return Counted.model_validate(await database.read(queries.counts, who(request).user))

    @routes.get("/api/notes/templates")
    async def templates(request: Request) -> list[Row]:
        """The notes that new ones can begin with, by title."""
        return [Row.model_validate(row) for row in await database.read(queries.templates, who(request).user)]

    @routes.get("/api/notes/{note:int}/backlinks")
    async def backlinks(request: Request, note: int) -> list[Row]:
        """The notes that link to this one, latest change first."""
        found = await database.read(queries.backlinks, who(request).user, note)
        return [Row.model_validate(row) for row in found]


def _found(routes: APIRouter, database: Database) -> None:
    @routes.get("/api/notes/search")
    async def find(request: Request, q: str = "", limit: Annotated[int, Query(ge=1, le=200)] = 50) -> Hits:
        """The notes that match what was typed, best first; whatever was typed, none at worst."""
        asking = who(request)
        found = await database.read(index.find, asking.user, q, zone=asking.preferences.zone_info, limit=limit)
        return Hits(hits=[Hit.model_validate(hit) for hit in found])


def _titles(routes: APIRouter, database: Database) -> None:
    @routes.get("/api/notes/titles")
    async def titles(request: Request, prefix: str = "") -> list[str]:
        """Titles to complete a link with."""
        return await database.read(queries.titles, who(request).user, prefix[:TITLE_CUT])

    @routes.get("/notes/open")
    async def by_title(request: Request, title: str = "") -> RedirectResponse:
        """Leads to the note that a link names, or to where it can be written."""
        title = title[:TITLE_CUT]
        found = await database.read(queries.by_title, who(request).user, title)
        where = f"/notes/new?title={quote(title, safe='')}" if found is None else f"/notes/{found}"
        return RedirectResponse(where, status_code=303)
