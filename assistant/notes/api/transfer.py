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
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile

from assistant.components.markdown.rendering import rendered_note
from assistant.errors import Invalid
from assistant.notes import notebook, queries
from assistant.notes.models import ADDRESS, Note
from assistant.notes.transfer import exporter
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.storage.database import Database
from assistant.users.pages.forms import TEMPLATES
from assistant.users.sessions import who

FILES_LIMIT = 20_000
LONGEST_ID = 19  # digits
TITLE_CUT = Note.title.max_length
PRINT = TEMPLATES.from_string("""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ title }}</title>
<link rel="stylesheet" href="/static/theme.css"><link rel="stylesheet" href="/static/print.css">
<script type="module" src="/static/print.js"></script></head>
<body class="print"><p class="print-bar"><button type="button" class="main-button" data-print>Print</button></p>
<article>{% if heading %}<h1>{{ title }}</h1>{% endif %}<p class="print-date">{{ changed }}</p>
<div class="prose">{{ html|safe }}</div></article></body></html>
""")


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
            await imports.plan(asking.user, files, asking.preferences.zone_info)


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
        return Response(text, headers=_named(name), media_type="text/markdown; charset=utf-8")

    @routes.get("/notes/{note:int}/print")
    async def printed(request: Request, note: int) -> Response:
        """The note as a document to print."""
        asking = who(request)
        found = await database.read(notebook.get, asking.user, note)
        day = found.updated.astimezone(asking.preferences.zone_info)
        html = await rendered_note(found.text)
        values = {"title": found.title or "Untitled", "heading": found.title_set, "changed": f"{day:%d %B %Y}"}
        return HTMLResponse(PRINT.render(**values, html=html))


async def _zipped(database: Database, user: int, notes: list[int] | None, name: str) -> Response:
    with _folder() as folder:
        path = folder / "notes.zip"
        await exporter.write(database, user, path, notes)
        tidy = BackgroundTask(shutil.rmtree, folder, ignore_errors=True)
        return FileResponse(path, media_type="application/zip", headers=_named(name), background=tidy)


def _named(name: str) -> dict[str, str]:
    return {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(name, safe='')}"}


@contextmanager
def _folder() -> Iterator[Path]:
    """A new folder, deleted when what happens inside fails."""
    folder = Path(tempfile.mkdtemp(prefix="assistant-export-"))
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        raise
