"""Notes out over HTTP: exports, the page that is printed, and links by title."""

from collections.abc import Callable
from datetime import datetime
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse, RedirectResponse
from markupsafe import Markup

from assistant.components.printing import document
from assistant.notes import notebook, queries
from assistant.notes.api import sending
from assistant.notes.models import Note
from assistant.notes.reading import rendering
from assistant.storage.database import Database
from assistant.users.sessions import who

LONGEST_ID = 19  # digits
TITLE_CUT = Note.title.max_length


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""
    _exports(routes, database, clock)
    _links(routes, database)


def _links(routes: APIRouter, database: Database) -> None:
    @routes.get("/notes/open")
    async def by_title(request: Request, title: str = "") -> RedirectResponse:
        """Leads to the note that a link names, or to where it can be written."""
        title = title[:TITLE_CUT]
        found = await database.read(queries.by_title, who(request).user, title)
        where = f"/notes/new?title={quote(title, safe='')}" if found is None else f"/notes/{found}"
        return RedirectResponse(where, status_code=303)


def _exports(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.get("/notes/export")
    async def export(request: Request, ids: str = "") -> Response:
        """A zip of all notes, or of those whose ids are given with commas between."""
        asking = who(request)
        chosen = [int(one) for one in ids.split(",") if one.isdecimal() and len(one) < LONGEST_ID] if ids else None
        day = clock().astimezone(asking.preferences.zone_info)
        return await sending.zipped(database, asking.user, chosen, f"notes-{day:%Y-%m-%d}.zip")

    @routes.get("/notes/{note:int}/export")
    async def export_one(request: Request, note: int) -> Response:
        """The note as a Markdown file, in a zip with its pictures where it has any."""
        return await sending.one_note(database, who(request).user, note)

    @routes.get("/notes/{note:int}/print")
    async def printed(request: Request, note: int) -> Response:
        """The note as a document to print."""
        asking = who(request)
        found = await database.read(notebook.get, asking.user, note)
        day = found.updated.astimezone(asking.preferences.zone_info)
        html = await rendering.as_html(database, asking.user, note, found.text)
        prose = Markup('<div class="prose">{}</div>').format(Markup(html))  # noqa: S704 - rendered to be safe
        written = asking.preferences.formats.day(day.date(), whole=True)
        return HTMLResponse(document(found.title or "Untitled", written, prose, heading=found.title_set))
