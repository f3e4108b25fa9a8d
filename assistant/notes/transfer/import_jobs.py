"""The imports under way, owned by the server so that they survive a reload."""

import asyncio
import json
import logging
import secrets
import shutil
import tempfile
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, BinaryIO
from zoneinfo import ZoneInfo

from assistant.errors import AssistantError, Conflict, NotFound
from assistant.notes.transfer import importer, uploads
from assistant.notes.transfer.archive_reader import Source
from assistant.notes.transfer.importer import Plan, Report
from assistant.storage.database import Database
from assistant.storage.house.board import Board
from assistant.storage.house.house import House

STATE = "job.json"
TOLD_EVERY = 0.5  # seconds, how far it is
ADOPTED_WITHIN = 60.0  # seconds
CUT_OFF = "The instance that did this has stopped. Choose the files again: what came stays, and comes only once."
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
    by: str = ""  # the instance that has it
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)

    def known(self) -> dict[str, Any]:
        """What others must know of it."""
        return {
            "id": self.id, "user": self.user, "source": Path(str(self.source)).name, "zone": str(self.zone),
            "month_first": self.month_first, "inline_tags": self.inline_tags, "begun": self.begun.isoformat(),
            "state": self.state, "by": self.by, "plan": asdict(self.plan),
        }  # fmt: skip

    def keep(self) -> None:
        """Writes into its folder what the next process must know of it, whole or not at all."""
        unfinished = self.folder / f"{STATE}.part"
        unfinished.write_text(json.dumps(self.known()), "utf-8")
        unfinished.rename(self.folder / STATE)


class ImportJobs:
    """Each person has at most one import at a time; its files lie in a folder of their own meanwhile.

    What is in that folder survives the process: an import that was running goes on with ``resume``, and what it
    stored before is known by its keys and never stored again.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime], house: House | None = None) -> None:
        """What an earlier process left is known; so are imports of others in the ``house``, who share the folder."""
        self._database, self._clock = database, clock
        self._house = house or House(database, None)
        self._board = Board(house, "notes import", heard=self._heard, asked=self._asked, orphaned=self._orphaned)
        self._adopting: set[asyncio.Task[None]] = set()
        self._jobs: dict[int, ImportJob] = {}
        for folder in self._place().iterdir() if self._house.alone else ():
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
        for folder in () if self._house.alone else self._place().iterdir():
            left = _left(folder)
            if left is not None and left.by not in self._house.others:
                self._begin_to_adopt(folder, left.user)
            elif left is None and time.time() - folder.stat().st_mtime > KEPT.total_seconds():
                shutil.rmtree(folder, ignore_errors=True)

    async def plan(
        self, user: int, files: Sequence[tuple[str, BinaryIO]], zone: ZoneInfo, *, month_first: bool = False
    ) -> ImportJob:
        """The import of these files with what it would do. Raises Invalid (field file) for what cannot be opened."""
        self._forget(user)
        folder = Path(tempfile.mkdtemp(dir=self._place()))
        try:
            source, left_out = await asyncio.to_thread(uploads.packed, folder, files)
            plan = await importer.preview(self._database, user, source, zone=zone, month_first=month_first)
            plan.skipped = [*left_out, *plan.skipped]
        except BaseException:
            shutil.rmtree(folder, ignore_errors=True)
            raise
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
                self._board.ask(str(user), ["start", inline_tags])
                return found
            found.keep()
            found.task = asyncio.create_task(self._run(found), name="import")
        return found

    def cancel(self, user: int, job: str) -> ImportJob:
        """Stops after the notes that are being stored; what came stays."""
        found = self.get(user, job)
        found.stopped = True
        self._board.ask(str(user), ["cancel", None])
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

    async def _run(self, job: ImportJob) -> None:
        def progress(done: int, total: int) -> None:
            job.done, job.total = done, total

        telling = asyncio.create_task(self._tell(job))
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
        finally:
            telling.cancel()
        shutil.rmtree(job.folder, ignore_errors=True)
        self._put(job)

    async def _tell(self, job: ImportJob) -> None:
        while not self._house.alone:
            self._put(job)
            await asyncio.sleep(TOLD_EVERY)

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
            found = self._jobs[user] = _known(self._place() / Path(what["folder"]).name, what)
        found.state, found.done, found.problem, found.by = what["state"], what["done"], what["problem"], what["by"]
        if what["report"]:
            pairs = {name: _pairs(what["report"][name]) for name in ("skipped", "remarks")}
            found.report = Report(**{**what["report"], **pairs})

    def _asked(self, key: str, what: Any) -> None:
        job, (act, inline_tags) = self._jobs.get(int(key)), what
        if job is not None and act == "start":
            self.start(job.user, job.id, inline_tags=inline_tags)
        elif job is not None and act == "cancel":
            self.cancel(job.user, job.id)
        elif job is not None and job.state != "running":
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
        job = await asyncio.to_thread(_left, folder)
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
        self._board.ask(str(user), ["forget", None])
        self._board.put(str(user), None)


def _left(folder: Path) -> ImportJob | None:
    """The import that an earlier process left in the folder; None where it left none that is whole."""
    try:
        job = _known(folder, json.loads((folder / STATE).read_text("utf-8")))
        return job if Path(str(job.source)).is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def _known(folder: Path, known: dict[str, Any]) -> ImportJob:
    plan = Plan(**{**known["plan"], "skipped": _pairs(known["plan"]["skipped"]),
                   "remarks": _pairs(known["plan"]["remarks"])})  # fmt: skip
    return ImportJob(
        known["id"], known["user"], folder, folder / Path(known["source"]).name, ZoneInfo(known["zone"]),
        known["month_first"], datetime.fromisoformat(known["begun"]), plan, known["inline_tags"], known["state"],
        total=plan.new, by=known.get("by", ""),
    )  # fmt: skip


def _pairs(lists: list[list[str]]) -> list[tuple[str, str]]:
    return [(name, sentence) for name, sentence in lists]
