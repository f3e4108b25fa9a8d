"""Notes brought in from files: looked at first, and stored when one says so."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field
from starlette.datastructures import UploadFile

from assistant.errors import Invalid, NotFound
from assistant.notes.transfer import importer
from assistant.notes.transfer.import_job import ImportJob
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.rest.documented import says
from assistant.rest.shapes import Flag, Given, Piece, Remark, Sent, Told, remarks
from assistant.users.sessions import who

FILES_LIMIT = 20_000
FORM = "multipart/form-data"
FILES: dict[str, Any] = {
    "type": "object",
    "properties": {"file": {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1}},
    "required": ["file"],
}
SENT = {"requestBody": {"required": True, "content": {FORM: {"schema": FILES}}}}


class Plan(BaseModel):
    """What an import would bring."""

    new: int = Field(description="Notes that are not here yet.", examples=[120])
    here: int = Field(description="Notes that are here already, and left alone.", examples=[3])
    attachments: int = Field(examples=[14])
    titles: list[str] = Field(description="Some of the new ones.", examples=[["Tea"]])
    tags: list[str] = Field(examples=[["kitchen"]])
    hashtags: list[str] = Field(description="Words in texts that `inline_tags` makes tags of.", examples=[["todo"]])
    apps: dict[str, int] = Field(description="How many are from which app.", examples=[{"Obsidian": 120}])
    skipped: list[Remark] = Field(description="What does not come, and why.", examples=[[]])
    remarks: list[Remark] = Field(description="What comes otherwise.", examples=[[]])


class Report(BaseModel):
    """What an import brought."""

    created: int = Field(examples=[120])
    unchanged: int = Field(description="That were here already.", examples=[3])
    attachments: int = Field(examples=[14])
    cancelled: bool = Field(description="Whether it was ended before; what came before that stays.")
    skipped: list[Remark] = Field(examples=[[]])
    remarks: list[Remark] = Field(examples=[[]])


class NoteImport(BaseModel):
    """An import of notes: planned, running, done or failed."""

    id: str = Field(examples=["k3Jx…"])
    state: Literal["planned", "running", "done", "failed"]
    done: int = Field(description="How much of `total` is done.", examples=[12])
    total: int = Field(examples=[120])
    plan: Plan
    report: Report | None = Field(description="Once it has ended.")
    problem: str = Field(description="Why it failed.", examples=[""])
    begun: Told


class Reading(BaseModel):
    """How far files are looked at."""

    done: int = Field(examples=[40])
    total: int = Field(description="0 where nobody knows yet.", examples=[120])


class How(Sent):
    """How to bring it in."""

    inline_tags: Annotated[Flag, Given] = Field(default=False, description="Whether `#words` in texts become tags.")


def add(routes: APIRouter, jobs: ImportJobs) -> None:
    """Adds the routes."""
    _read(routes, jobs)
    _looked_at(routes, jobs)
    _brought_in(routes, jobs)


def _read(routes: APIRouter, jobs: ImportJobs) -> None:
    @routes.get("/notes/imports/reading", **says("read", 404))
    async def get_reading(request: Request) -> Reading:
        """How far files are looked at that were sent, before there is a plan."""
        current = jobs.reading(who(request).user)
        if current is None:
            raise NotFound("No files are being looked at.")
        return Reading(done=current.done, total=current.total)

    @routes.delete("/notes/imports/reading", status_code=204, **says("write"))
    async def stop_reading(request: Request) -> None:
        """Look no further at files that were sent; there is no plan then."""
        jobs.stop_reading(who(request).user)


def _looked_at(routes: APIRouter, jobs: ImportJobs) -> None:
    @routes.get("/notes/imports", **says("read"))
    async def list_note_imports(request: Request) -> Piece[NoteImport]:
        """Your import of notes, if there is one: each person has one at most."""
        current = jobs.current(who(request).user)
        return Piece(items=[_import(current)] if current else [])

    @routes.post("/notes/imports", status_code=201, **says("write", 400, 409, 413, 507, extra=SENT))
    async def plan_note_import(request: Request) -> NoteImport:
        """Send files, as fields called `file`, to see what they would bring; nothing is stored yet.

        Markdown, text and web pages, alone or in zips, and what Obsidian, Notion, Evernote, Joplin, Google Keep, Apple
        Notes, Bear, Standard Notes, Simplenote, Memos and TextBundle export. It takes the place of one that was only
        planned.
        """
        asking = who(request)
        if not request.headers.get("content-type", "").lower().startswith(FORM):
            raise Invalid(f"Send the files as {FORM}, each as a field called file.", field="file")
        async with request.form(max_files=FILES_LIMIT, max_fields=10) as form:
            files = [(one.filename or "", one.file) for one in form.getlist("file") if isinstance(one, UploadFile)]
            if not files:
                raise Invalid("Choose a file first.", field="file")
            chosen = asking.preferences
            month_first = chosen.date_order == "mdy"
            return _import(await jobs.plan(asking.user, files, chosen.zone_info, month_first=month_first))

    @routes.get("/notes/imports/{one}", **says("read", 404))
    async def get_note_import(request: Request, one: str) -> NoteImport:
        """How far an import is, and what it brings."""
        return _import(jobs.get(who(request).user, one))


def _brought_in(routes: APIRouter, jobs: ImportJobs) -> None:
    @routes.post("/notes/imports/{one}/start", status_code=202, **says("write", 404, body=True))
    async def start_note_import(request: Request, one: str, how: How | None = None) -> NoteImport:
        """Store what was planned; starting twice is once."""
        return _import(jobs.start(who(request).user, one, inline_tags=bool(how and how.inline_tags)))

    @routes.delete("/notes/imports/{one}", status_code=204, **says("write", 404))
    async def end_note_import(request: Request, one: str) -> None:
        """End an import that is running, where what came stays, or forget one that is not."""
        user = who(request).user
        if jobs.get(user, one).state == "running":
            jobs.cancel(user, one)
        else:
            jobs.dismiss(user, one)


def _import(job: ImportJob) -> NoteImport:
    plan, report = job.plan, job.report
    counted = {name: getattr(plan, name) for name in Plan.model_fields.keys() - {"skipped", "remarks"}}
    told = {name: getattr(job, name) for name in ("id", "state", "done", "total", "problem", "begun")}
    said = Plan(**counted, skipped=remarks(plan.skipped), remarks=remarks(plan.remarks))
    return NoteImport(**told, plan=said, report=_report(report) if report else None)


def _report(report: importer.Report) -> Report:
    return Report(
        created=report.created, unchanged=report.unchanged, attachments=report.attachments, cancelled=report.cancelled,
        skipped=remarks(report.skipped), remarks=remarks(report.remarks),
    )  # fmt: skip
