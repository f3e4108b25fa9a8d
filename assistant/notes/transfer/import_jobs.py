"""The imports under way, owned by the server so that they survive a reload."""

import asyncio
import logging
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

from assistant.errors import AssistantError, Conflict, NotFound
from assistant.notes.transfer import importer
from assistant.notes.transfer.import_job import ImportJob, Reading, known_job, left_job, pairs
from assistant.notes.transfer.importer import Report
from assistant.notes.transfer.uploads import packed
from assistant.storage.database import Database
from assistant.storage.house.board import Board
from assistant.storage.house.house import House

CheckRoom = Callable[[int, int], Awaitable[None]]
ADOPTED_WITHIN = 60.0  # seconds
CUT_OFF = "The instance that did this has stopped. Choose the files again: what came stays, and comes only once."
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
        self._board = Board(house, "notes import", heard=self._heard, asked=self._asked, orphaned=self._orphaned)
        self._adopting: set[asyncio.Task[None]] = set()
        self._jobs: dict[int, ImportJob] = {}
        self._reading: dict[int, Reading] = {}
        for folder in self._place().iterdir() if self._house.alone else ():
            job = left_job(folder)
            if job:
                self._jobs[job.user] = job
            else:
                shutil.rmtree(folder, ignore_errors=True)

    def resume(self) -> None:
        """Goes on with the imports that were running when the process before this one ended."""
        for job in self._jobs.values():
            if job.state == "running" and job.task is None:
                job.task = asyncio.create_task(self._run(job), name="import")
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
        self._jobs[user] = job
        await asyncio.to_thread(job.keep)
        self._put(job)
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
            if self._board.has(str(user)):
                self._board.ask(str(user), ["start", found.id, inline_tags])
                return found
            found.keep()
            found.task = asyncio.create_task(self._run(found, fresh=True), name="import")
        return found

    def cancel(self, user: int, job: str) -> ImportJob:
        """Stops after the notes that are being stored; what came stays."""
        found = self.get(user, job)
        found.stopped = True
        self._board.ask(str(user), ["cancel", found.id, False])
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

    async def _run(self, job: ImportJob, *, fresh: bool = False) -> None:
        """Stores it; one that is ``fresh`` only if there is room for all of it."""

        def progress(done: int, total: int) -> None:
            job.done, job.total = done, total

        telling = asyncio.create_task(self._board.repeat(lambda: self._put(job)))
        try:
            if fresh and self._check_room:
                await self._check_room(job.user, job.plan.size)
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
        finally:
            telling.cancel()
        shutil.rmtree(job.folder, ignore_errors=True)
        self._put(job)

    def _put(self, job: ImportJob) -> None:
        if self._jobs.get(job.user) is job:
            report = asdict(job.report) if job.report else None
            more = {"folder": job.folder.name, "done": job.done, "report": report, "problem": job.problem}
            self._board.put(str(job.user), {**job.known(), **more})

    def _heard(self, key: str, what: Any) -> None:
        user, found = int(key), self._jobs.get(int(key))
        if what is None:
            self._jobs.pop(user, None)
            return
        if found is None or found.id != what["id"]:
            found = self._jobs[user] = known_job(self._place() / Path(what["folder"]).name, what)
        found.state, found.done, found.problem, found.by = what["state"], what["done"], what["problem"], what["by"]
        if what["report"]:
            remarks = {name: pairs(what["report"][name]) for name in ("skipped", "remarks")}
            found.report = Report(**{**what["report"], **remarks})

    def _asked(self, key: str, what: Any) -> None:
        job, (act, id, inline_tags) = self._jobs.get(int(key)), what  # noqa: A001 - the row's own word
        if job is None or job.id != id:
            return  # another one was begun meanwhile
        if act == "start":
            self.start(job.user, id, inline_tags=inline_tags)
        elif act == "cancel":
            self.cancel(job.user, id)
        elif job.state != "running":
            self._forget(job.user)

    def _orphaned(self, key: str, what: Any) -> None:
        if what["state"] in {"planned", "running"}:
            self._begin_to_adopt(self._place() / Path(what["folder"]).name, int(key))

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
            if (shown := self._jobs.get(user)) is not None:
                shown.state, shown.problem = "failed", CUT_OFF
            return
        job.by, self._jobs[user] = self._house.name, job
        await asyncio.to_thread(job.keep)
        self._put(job)
        if job.state == "running":
            job.task = asyncio.create_task(self._run(job), name="import")

    def _forget(self, user: int) -> None:
        job = self._jobs.get(user)
        if job is None:
            return
        if job.state == "running":
            raise Conflict("Another import is still running. Cancel it or wait for its end.", field="file")
        shutil.rmtree(job.folder, ignore_errors=True)
        del self._jobs[user]
        self._board.ask(str(user), ["forget", job.id, False])
        self._board.put(str(user), None)
