"""The imports under way, owned by the server so that they survive a reload."""

import asyncio
import secrets
import shutil
import tempfile
import time
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from assistant.errors import Conflict, NotFound
from assistant.notes.transfer import importer
from assistant.notes.transfer.import_job import ImportJob, Reading, known_job, left_job, pairs
from assistant.notes.transfer.importer import Report
from assistant.notes.transfer.uploads import packed
from assistant.storage.database import Database
from assistant.storage.house.house import House
from assistant.storage.house.works import Sentences, Works

CheckRoom = Callable[[int, int], Awaitable[None]]
ADOPTED_WITHIN = 60.0  # seconds
CUT_OFF = "The instance that did this has stopped. Choose the files again: what came stays, and comes only once."
SENTENCES = Sentences(CUT_OFF, "Cancelled.", "Something went wrong. What came before it stays; the log says more.")
KEPT = timedelta(hours=6)  # that an upload waits for its owner to go on


class ImportJobs:
    """Each person has at most one import at a time; its files lie in a folder of their own meanwhile.

    What is in that folder survives the process: an import that was running goes on with ``resume``, and what it
    stored before is known by its keys and never stored again.
    """

    def __init__(
        self,
        database: Database,
        clock: Callable[[], datetime],
        house: House | None = None,
        check_room: CheckRoom | None = None,
    ) -> None:
        """What an earlier process left is known; so are imports of others in the ``house``, who share the folder.

        ``check_room`` raises Full where so many bytes more are too many for a user.
        """
        self._database, self._clock, self._check_room = database, clock, check_room
        self._house = house or House(database, None)
        self._works: Works[ImportJob] = Works(
            house, "notes import", SENTENCES, told=_told, heard=self._heard, orphaned=self._orphaned,
            acts={"start": self._go_on, "cancel": self._stop, "forget": self._let_go},
        )  # fmt: skip
        self._adopting: set[asyncio.Task[None]] = set()
        self._reading: dict[int, Reading] = {}
        for folder in self._place().iterdir() if self._house.alone else ():
            job = left_job(folder)
            if job:
                self._works.of[job.user] = job
            else:
                shutil.rmtree(folder, ignore_errors=True)

    def resume(self) -> None:
        """Goes on with the imports that were running when the process before this one ended."""
        for job in self._works.of.values():
            if job.state == "running" and job.task is None:
                self._begin(job)
        for folder in () if self._house.alone else self._place().iterdir():
            left = left_job(folder)
            if left is not None and left.by not in self._house.others:
                self._begin_to_adopt(folder, left.user)
            elif left is None and time.time() - folder.stat().st_mtime > KEPT.total_seconds():
                shutil.rmtree(folder, ignore_errors=True)

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
            secrets.token_urlsafe(12), user, folder, source, zone, month_first, self._clock(), plan, total=plan.new,
            by=self._house.name,
        )  # fmt: skip
        self._works.of[user] = job
        await asyncio.to_thread(job.keep)
        self._works.put(job)
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
        found = self._works.of.get(user)
        if found is None or found.id != job:
            raise NotFound("This import is over. Choose the files again.")
        return found

    def current(self, user: int) -> ImportJob | None:
        """The person's import, planned, running or over; None where there is none."""
        return self._works.of.get(user)

    def dismiss(self, user: int, job: str) -> None:
        """Forgets a plan, or an import that is over. Raises Conflict while it runs."""
        found = self._works.of.get(user)
        if found is not None and found.id == job:
            self._forget(user)

    def start(self, user: int, job: str, *, inline_tags: bool = False) -> ImportJob:
        """Begins to store what was planned; starting twice is once. ``inline_tags`` makes tags of ``#words``."""
        found = self.get(user, job)
        if found.state == "planned":
            found.state, found.inline_tags = "running", inline_tags
            if not self._works.ask(found, "start", inline_tags):
                found.keep()
                self._begin(found, fresh=True)
        return found

    def cancel(self, user: int, job: str) -> ImportJob:
        """Stops after the notes that are being stored; what came stays."""
        found = self.get(user, job)
        found.stopped = True
        self._works.ask(found, "cancel")
        return found

    def tidy(self) -> None:
        """Deletes the files of imports that nobody went on with."""
        for user, job in list(self._works.of.items()):
            if job.state != "running" and self._clock() - job.begun > KEPT:
                self._forget(user)

    async def close(self) -> None:
        """Stops all imports where they are; the next process goes on with them."""
        for job in self._works.of.values():
            job.paused = True
        await self._works.close(stop=False)

    def _place(self) -> Path:
        place = self._database.folder / "imports"
        place.mkdir(parents=True, exist_ok=True)
        return place

    def _begin(self, job: ImportJob, *, fresh: bool = False) -> None:
        """Begins to store it; one that is ``fresh`` only if there is room for all of it."""
        self._works.begin(job, lambda: self._run(job, fresh))

    async def _run(self, job: ImportJob, fresh: bool) -> str:  # noqa: FBT001 - whether it begins now
        def progress(done: int, total: int) -> None:
            job.done, job.total = done, total

        try:
            if fresh and self._check_room:
                await self._check_room(job.user, job.plan.size)
            job.report = await importer.run(
                self._database, job.user, job.source, now=self._clock(), zone=job.zone,
                month_first=job.month_first, inline_tags=job.inline_tags,
                progress=progress, cancelled=lambda: job.stopped or job.paused,
            )  # fmt: skip
        except Exception:
            shutil.rmtree(job.folder, ignore_errors=True)
            raise
        if job.paused and not job.stopped and job.report.cancelled:
            return job.state  # the next process goes on
        shutil.rmtree(job.folder, ignore_errors=True)
        planned = [pair for pair in job.plan.skipped if pair not in job.report.skipped]
        job.report.skipped = [*planned, *job.report.skipped]
        return "done"

    def _heard(self, _user: int, what: Any, found: ImportJob | None) -> ImportJob:
        if found is None or found.id != what["id"]:
            found = known_job(self._place() / Path(what["folder"]).name, what)
        found.state, found.done, found.problem, found.by = what["state"], what["done"], what["problem"], what["by"]
        if what["report"]:
            remarks = {name: pairs(what["report"][name]) for name in ("skipped", "remarks")}
            found.report = Report(**{**what["report"], **remarks})
        return found

    def _go_on(self, user: int, inline_tags: bool) -> None:  # noqa: FBT001 - as another instance says it
        self.start(user, self._works.of[user].id, inline_tags=inline_tags)

    def _stop(self, user: int) -> None:
        self.cancel(user, self._works.of[user].id)

    def _let_go(self, user: int) -> None:
        if self._works.of[user].state != "running":
            self._forget(user)

    def _orphaned(self, user: int, what: Any) -> None:
        if what["state"] in {"planned", "running"}:
            self._begin_to_adopt(self._place() / Path(what["folder"]).name, user)

    def _begin_to_adopt(self, folder: Path, user: int) -> None:
        task = asyncio.create_task(self._adopt(folder, user), name="import adopted")
        self._adopting.add(task)
        task.add_done_callback(self._adopting.discard)

    async def _adopt(self, folder: Path, user: int) -> None:
        """Goes on with what an instance that is gone has left; one of the others does so."""
        if not await self._house.once(f"notes import {folder.name}", ADOPTED_WITHIN):
            return
        job = await asyncio.to_thread(left_job, folder)
        if job is None:
            if (shown := self._works.of.get(user)) is not None:
                shown.state, shown.problem = "failed", CUT_OFF
            return
        job.by, self._works.of[user] = self._house.name, job
        await asyncio.to_thread(job.keep)
        self._works.put(job)
        if job.state == "running":
            self._begin(job)

    def _forget(self, user: int) -> None:
        job = self._works.of.get(user)
        if job is None:
            return
        if job.state == "running":
            raise Conflict("Another import is still running. Cancel it or wait for its end.", field="file")
        shutil.rmtree(job.folder, ignore_errors=True)
        self._works.drop(job)


def _told(job: ImportJob) -> Any:
    report = asdict(job.report) if job.report else None
    return {**job.known(), "folder": job.folder.name, "done": job.done, "report": report, "problem": job.problem}
