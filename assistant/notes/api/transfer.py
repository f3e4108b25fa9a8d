"""Notes in and out over HTTP: imports, exports, the page that is printed, and links by title."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse, RedirectResponse
from markupsafe import Markup
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile

from assistant.components.printing import document
from assistant.errors import Invalid
from assistant.notes import notebook, queries
from assistant.notes.models import ADDRESS, Note
from assistant.notes.reading import rendering
from assistant.notes.transfer import exporter
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.storage.database import Database
from assistant.storage.file_names import as_file
from assistant.users.sessions import who

FILES_LIMIT = 20_000
LONGEST_ID = 19  # digits
TITLE_CUT = Note.title.max_length


def add(routes: APIRouter, database: Database, imports: ImportJobs, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""
    _imports(routes, imports)
    _exports(routes, database, clock)
    _links(routes, database)


def _imports(routes: APIRouter, imports: ImportJobs) -> None:
    @routes.post("/api/notes/import", status_code=204)
    async def plan(request: Request) -> None:
        """Takes the files in the form for the person's page, which shows what they would bring."""
        asking = who(request)
        async with request.form(max_files=FILES_LIMIT, max_fields=10) as form:
            files = [(one.filename or "", one.file) for one in form.getlist("file") if isinstance(one, UploadFile)]
            if not files:
                raise Invalid("Choose a file first.", field="file")
            chosen = asking.preferences
            await imports.plan(asking.user, files, chosen.zone_info, month_first=chosen.date_order == "mdy")


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
        return await _zipped(database, asking.user, chosen, f"notes-{day:%Y-%m-%d}.zip")

    @routes.get("/notes/{note:int}/export")
    async def export_one(request: Request, note: int) -> Response:
        """The note as a Markdown file, in a zip with its pictures where it has any."""
        name, text = await database.read(exporter.one, who(request).user, note)
        if ADDRESS in text:
            return await _zipped(database, who(request).user, [note], f"{name.removesuffix('.md')}.zip")
        return Response(text, headers=as_file(name), media_type="text/markdown; charset=utf-8")

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


async def _zipped(database: Database, user: int, notes: list[int] | None, name: str) -> Response:
    with _folder() as folder:
        path = folder / "notes.zip"
        await exporter.write(database, user, path, notes)
        tidy = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        return FileResponse(path, media_type="application/zip", headers=as_file(name), background=tidy)


@contextmanager
def _folder() -> Iterator[Path]:
    """A new folder, deleted when what happens inside fails."""
    folder = Path(tempfile.mkdtemp(prefix="assistant-export-"))
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
