"""The imports under way, owned by the server so that they survive a reload."""

import asyncio
import logging
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from assistant.errors import AssistantError, Conflict, NotFound
from assistant.notes.transfer import importer
from assistant.notes.transfer.archive_reader import Source
from assistant.notes.transfer.file_names import safe
from assistant.notes.transfer.importer import Plan, Report
from assistant.storage.database import Database

KEPT = timedelta(hours=6)  # that an upload waits for its owner to go on


@dataclass
class ImportJob:
    """One person's import: first a plan, then perhaps running, then a report or a problem."""

    id: str
    user: int
    folder: Path
    source: Source
    zone: ZoneInfo
    begun: datetime
    plan: Plan
    state: str = "planned"  # planned, running, done, failed
    done: int = 0
    total: int = 0
    stopped: bool = False
    report: Report | None = None
    problem: str = ""
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)


class ImportJobs:
    """Each person has at most one import at a time; its files lie in a folder of their own meanwhile."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Nothing is being imported yet."""
        self._database, self._clock = database, clock
        self._jobs: dict[int, ImportJob] = {}
        # What a process that was killed left behind is of no use to anybody.
        shutil.rmtree(self._place(), ignore_errors=True)

    async def plan(self, user: int, files: Sequence[tuple[str, BinaryIO]], zone: ZoneInfo) -> ImportJob:
        """The import of these files with what it would do. Raises Invalid (field file) for what cannot be opened."""
        self._forget(user)
        folder = Path(tempfile.mkdtemp(dir=self._place()))
        try:
            source = await asyncio.to_thread(_source, folder, files)
            plan = await importer.preview(self._database, user, source, zone=zone)
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        try:
            self._forget(user)  # another one may have been planned meanwhile
        except Conflict:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        job = ImportJob(secrets.token_urlsafe(12), user, folder, source, zone, self._clock(), plan, total=plan.new)
        self._jobs[user] = job
        return job

    def get(self, user: int, job: str) -> ImportJob:
        """The person's import; NotFound when it is over, too old or someone else's."""
        found = self._jobs.get(user)
        if found is None or found.id != job:
            raise NotFound("This import is over. Choose the files again.")
        return found

    def current(self, user: int) -> ImportJob | None:
        """The person's import, planned, running or over; None where there is none."""
        return self._jobs.get(user)

    def dismiss(self, user: int, job: str) -> None:
        """Forgets a plan, or an import that is over. Raises Conflict while it runs."""
        found = self._jobs.get(user)
        if found is not None and found.id == job:
            self._forget(user)

    def start(self, user: int, job: str) -> ImportJob:
        """Begins to store what was planned; starting twice is once."""
        found = self.get(user, job)
        if found.state == "planned":
            found.state = "running"
            found.task = asyncio.create_task(self._run(found), name="import")
        return found

    def cancel(self, user: int, job: str) -> ImportJob:
        """Stops after the notes that are being stored; what came stays."""
        found = self.get(user, job)
        found.stopped = True
        return found

    def tidy(self) -> None:
        """Deletes the files of imports that nobody went on with."""
        for user, job in list(self._jobs.items()):
            if job.state != "running" and self._clock() - job.begun > KEPT:
                self._forget(user)

    async def close(self) -> None:
        """Stops all imports and deletes their files."""
        running = [job.task for job in self._jobs.values() if job.task]
        for job in self._jobs.values():
            job.stopped = True
        await asyncio.gather(*running, return_exceptions=True)
        for user in list(self._jobs):
            self._forget(user)

    def _place(self) -> Path:
        place = self._database.path.parent / "imports"
        place.mkdir(parents=True, exist_ok=True)
        return place

    async def _run(self, job: ImportJob) -> None:
        def progress(done: int, total: int) -> None:
            job.done, job.total = done, total

        try:
            job.report = await importer.run(
                self._database, job.user, job.source, now=self._clock(), zone=job.zone,
                progress=progress, cancelled=lambda: job.stopped,
            )  # fmt: skip
            job.state = "done"
        except AssistantError as error:
            job.state, job.problem = "failed", error.sentence
        except Exception:
            logging.getLogger(__name__).exception("an import failed")
            job.state, job.problem = "failed", "Something went wrong. What came before it stays; the log says more."
        shutil.rmtree(job.folder, ignore_errors=True)

    def _forget(self, user: int) -> None:
        job = self._jobs.get(user)
        if job is None:
            return
        if job.state == "running":
            raise Conflict("Another import is still running. Cancel it or wait for its end.", field="file")
        shutil.rmtree(job.folder, ignore_errors=True)
        del self._jobs[user]


def _source(folder: Path, files: Sequence[tuple[str, BinaryIO]]) -> Source:
    """The files as one zip on the disk: they are read twice, and may wait for hours."""
    if len(files) == 1 and files[0][0].lower().endswith(".zip"):
        # Its own name tells a folder that was packed whole from one that is meant as a tag.
        path = folder / f"{safe(Path(files[0][0]).stem)}.zip"
        with path.open("wb") as out:
            shutil.copyfileobj(files[0][1], out)
        return path
    roots = {name.replace("\\", "/").partition("/")[0] for name, _ in files}
    path = folder / f"{safe(roots.pop()) if len(roots) == 1 else 'files'}.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        for name, file in files:
            with packed.open(zipfile.ZipInfo(name or "file"), "w", force_zip64=True) as out:
                shutil.copyfileobj(file, out)
    return path
