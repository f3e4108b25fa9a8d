"""Notes in and out over HTTP: imports, exports and the page that is printed."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from fastapi import APIRouter, Request, Response
from fastapi.responses import FileResponse, HTMLResponse
from markupsafe import Markup
from pydantic import BaseModel
from starlette.background import BackgroundTask
from starlette.datastructures import UploadFile

from assistant.components.markdown.rendering import rendered_note
from assistant.components.printing import document
from assistant.errors import Invalid
from assistant.notes import notebook
from assistant.notes.models import ADDRESS
from assistant.notes.transfer import exporter
from assistant.notes.transfer.import_jobs import ImportJob, ImportJobs
from assistant.storage.database import Database
from assistant.storage.file_names import as_file
from assistant.users.sessions import who

FILES_LIMIT = 20_000
LONGEST_ID = 19  # digits


class Remark(BaseModel):
    """A file's name and a sentence about it."""

    name: str
    sentence: str


class Planned(BaseModel):
    """What an import would do."""

    new: int
    here: int
    skipped: list[Remark]
    remarks: list[Remark]
    tags: list[str]
    attachments: int
    titles: list[str]


class Done(BaseModel):
    """What an import did."""

    created: int
    unchanged: int
    skipped: list[Remark]
    remarks: list[Remark]
    attachments: int
    cancelled: bool


class Job(BaseModel):
    """How far an import is."""

    id: str
    state: str
    done: int
    total: int
    problem: str
    plan: Planned
    report: Done | None


def router(database: Database, imports: ImportJobs, clock: Callable[[], datetime]) -> APIRouter:
    """The routes of imports, exports and printing."""
    routes = APIRouter()
    _imports(routes, imports)
    _exports(routes, database, clock)
    return routes


def _imports(routes: APIRouter, imports: ImportJobs) -> None:
    @routes.post("/api/notes/import", status_code=201)
    async def plan(request: Request) -> Job:
        """What the files in the form would bring; nothing is stored yet."""
        asking = who(request)
        async with request.form(max_files=FILES_LIMIT, max_fields=10) as form:
            files = [(one.filename or "", one.file) for one in form.getlist("file") if isinstance(one, UploadFile)]
            if not files:
                raise Invalid("Choose a file first.", field="file")
            return _job(await imports.plan(asking.user, files, asking.preferences.zone_info))

    @routes.get("/api/notes/import/{job}")
    async def state(request: Request, job: str) -> Job:
        """How far the import is."""
        return _job(imports.get(who(request).user, job))

    @routes.post("/api/notes/import/{job}/run")
    async def run(request: Request, job: str) -> Job:
        """Begins to store what was planned."""
        return _job(imports.start(who(request).user, job))

    @routes.post("/api/notes/import/{job}/cancel")
    async def cancel(request: Request, job: str) -> Job:
        """Stops the import; what came stays."""
        return _job(imports.cancel(who(request).user, job))


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
        html = await rendered_note(found.text)
        prose = Markup('<div class="prose">{}</div>').format(Markup(html))  # noqa: S704 - rendered to be safe
        return HTMLResponse(document(found.title or "Untitled", f"{day:%d %B %Y}", prose, heading=found.title_set))


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


def _job(job: ImportJob) -> Job:
    plan, report = job.plan, job.report
    return Job(
        id=job.id, state=job.state, done=job.done, total=job.total, problem=job.problem,
        plan=Planned(
            new=plan.new, here=plan.here, skipped=_remarks(plan.skipped), remarks=_remarks(plan.remarks),
            tags=plan.tags, attachments=plan.attachments, titles=plan.titles,
        ),
        report=None if report is None else Done(
            created=report.created, unchanged=report.unchanged, skipped=_remarks(report.skipped),
            remarks=_remarks(report.remarks), attachments=report.attachments, cancelled=report.cancelled,
        ),
    )  # fmt: skip


def _remarks(pairs: list[tuple[str, str]]) -> list[Remark]:
    return [Remark(name=name, sentence=sentence) for name, sentence in pairs]
