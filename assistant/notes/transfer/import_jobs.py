"""The imports under way, owned by the server so that they survive a reload."""

import asyncio
import json
import logging
import secrets
import shutil
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from assistant.errors import AssistantError, Conflict, Invalid, NotFound
from assistant.notes.transfer import importer
from assistant.notes.transfer.archive_reader import Source
from assistant.notes.transfer.importer import Plan, Report
from assistant.notes.transfer.uploads import packed
from assistant.storage.database import Database

STATE = "job.json"
STOPPED = "The import was cancelled. Nothing was stored."
CheckRoom = Callable[[int, int], Awaitable[None]]
KEPT = timedelta(hours=6)  # that an upload waits for its owner to go on


@dataclass
class ImportJob:
    """One person's import: first a plan, then perhaps running, then a report or a problem."""

    id: str
    user: int
    folder: Path
    source: Source
    zone: ZoneInfo
    month_first: bool
    begun: datetime
    plan: Plan
    inline_tags: bool = False  # whether words with number signs become tags
    state: str = "planned"  # planned, running, done, failed
    done: int = 0
    total: int = 0
    stopped: bool = False  # by the person
    paused: bool = False  # as the process ends
    report: Report | None = None
    problem: str = ""
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)

    def keep(self) -> None:
        """Writes into its folder what the next process must know of it, whole or not at all."""
        known = {"id": self.id, "user": self.user, "source": Path(str(self.source)).name, "zone": str(self.zone),
                 "month_first": self.month_first, "inline_tags": self.inline_tags,
                 "begun": self.begun.isoformat(), "state": self.state, "plan": asdict(self.plan)}  # fmt: skip
        unfinished = self.folder / f"{STATE}.part"
        unfinished.write_text(json.dumps(known), "utf-8")
        unfinished.rename(self.folder / STATE)


@dataclass
class Reading:
    """Files that are being looked at before there is a plan: how many of all were read."""

    done: int = 0
    total: int = 0
    stopped: bool = False  # by the person

    def progress(self, done: int, total: int) -> None:
        """Hears how far it is; raises Invalid (field file) once it was stopped."""
        self.done, self.total = done, total
        if self.stopped:
            raise Invalid(STOPPED, field="file")


class ImportJobs:
    """Each person has at most one import at a time; its files lie in a folder of their own meanwhile.

    What is in that folder survives the process: an import that was running goes on with ``resume``, and what it
    stored before is known by its keys and never stored again.
    """

    def __init__(
        self, database: Database, clock: Callable[[], datetime], check_room: CheckRoom | None = None
    ) -> None:  # fmt: skip
        """Nothing is being imported yet, but what an earlier process left is known.

        ``check_room`` raises Full where so many bytes more are too many for a user.
        """
        self._database, self._clock, self._check_room = database, clock, check_room
        self._jobs: dict[int, ImportJob] = {}
        self._reading: dict[int, Reading] = {}
        for folder in self._place().iterdir():
            job = _left(folder)
            if job:
                self._jobs[job.user] = job
            else:
                shutil.rmtree(folder, ignore_errors=True)

    def resume(self) -> None:
        """Goes on with the imports that were running when the process before this one ended."""
        for job in self._jobs.values():
            if job.state == "running" and job.task is None:
                job.task = asyncio.create_task(self._run(job), name="import")

    async def plan(
        self, user: int, files: Sequence[tuple[str, BinaryIO]], zone: ZoneInfo, *, month_first: bool = False
    ) -> ImportJob:
        """The import of these files with what it would do.

        ``reading`` tells meanwhile how far it is. Raises Invalid (field file) for what cannot be opened, and once
        it was stopped.
        """
        self._forget(user)
        folder = Path(tempfile.mkdtemp(dir=self._place()))
        reading = self._reading[user] = Reading()
        try:
            source, left_out = await asyncio.to_thread(packed, folder, files)
            plan = await importer.preview(
                self._database, user, source, zone=zone, month_first=month_first, progress=reading.progress
            )  # fmt: skip
            plan.skipped = [*left_out, *plan.skipped]
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        finally:
            if self._reading.get(user) is reading:
                del self._reading[user]
        try:
            self._forget(user)  # another one may have been planned meanwhile
        except Conflict:
            shutil.rmtree(folder, ignore_errors=True)
            raise
        job = ImportJob(
            secrets.token_urlsafe(12), user, folder, source, zone, month_first, self._clock(), plan, total=plan.new
        )  # fmt: skip
        self._jobs[user] = job
        await asyncio.to_thread(job.keep)
        return job

    def reading(self, user: int) -> Reading | None:
        """The files of the person that are being looked at now, if any are."""
        return self._reading.get(user)

    def stop_reading(self, user: int) -> None:
        """Looks no further at them; there is no plan then."""
        if user in self._reading:
            self._reading[user].stopped = True

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

    def start(self, user: int, job: str, *, inline_tags: bool = False) -> ImportJob:
        """Begins to store what was planned; starting twice is once. ``inline_tags`` makes tags of ``#words``."""
        found = self.get(user, job)
        if found.state == "planned":
            found.state, found.inline_tags = "running", inline_tags
            found.keep()
            found.task = asyncio.create_task(self._begin(found), name="import")
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
        """Stops all imports where they are; the next process goes on with them."""
        running = [job.task for job in self._jobs.values() if job.task]
        for job in self._jobs.values():
            job.paused = True
        await asyncio.gather(*running, return_exceptions=True)

    def _place(self) -> Path:
        place = self._database.folder / "imports"
        place.mkdir(parents=True, exist_ok=True)
        return place

    async def _begin(self, job: ImportJob) -> None:
        """Stores it, if there is room for all of it."""
        try:
            if self._check_room:
                await self._check_room(job.user, job.plan.size)
        except AssistantError as error:
            job.state, job.problem = "failed", error.sentence
            shutil.rmtree(job.folder, ignore_errors=True)
        else:
            await self._run(job)

    async def _run(self, job: ImportJob) -> None:
        def progress(done: int, total: int) -> None:
            job.done, job.total = done, total

        try:
            job.report = await importer.run(
                self._database, job.user, job.source, now=self._clock(), zone=job.zone,
                month_first=job.month_first, inline_tags=job.inline_tags,
                progress=progress, cancelled=lambda: job.stopped or job.paused,
            )  # fmt: skip
            if job.paused and not job.stopped and job.report.cancelled:
                return
            planned = [pair for pair in job.plan.skipped if pair not in job.report.skipped]
            job.report.skipped = [*planned, *job.report.skipped]
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


def _left(folder: Path) -> ImportJob | None:
    """The import that an earlier process left in the folder; None where it left none that is whole."""
    try:
        known = json.loads((folder / STATE).read_text("utf-8"))
        source = folder / Path(known["source"]).name
        plan = Plan(**{**known["plan"], "skipped": _pairs(known["plan"]["skipped"]),
                       "remarks": _pairs(known["plan"]["remarks"])})  # fmt: skip
        return ImportJob(
            known["id"], known["user"], folder, source, ZoneInfo(known["zone"]),
            known["month_first"], datetime.fromisoformat(known["begun"]), plan, known["inline_tags"], known["state"],
            total=plan.new,
        ) if source.is_file() else None  # fmt: skip
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _pairs(lists: list[list[str]]) -> list[tuple[str, str]]:
    return [(name, sentence) for name, sentence in lists]
