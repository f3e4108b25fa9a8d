"""The imports under way, owned by the server so that they survive a reload."""

import asyncio
import json
import logging
import secrets
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import BinaryIO
from zoneinfo import ZoneInfo

from assistant.errors import AssistantError, Conflict, Invalid, NotFound
from assistant.notes.transfer import importer
from assistant.notes.transfer.archive_reader import LIMITS, LINK, Source, shown
from assistant.notes.transfer.importer import Plan, Report
from assistant.notes.transfer.scanner import Remarks
from assistant.storage.database import Database
from assistant.storage.file_names import safe
from assistant.storage.zips import PIECE, Member, open_zip

STATE = "job.json"
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


class ImportJobs:
    """Each person has at most one import at a time; its files lie in a folder of their own meanwhile.

    What is in that folder survives the process: an import that was running goes on with ``resume``, and what it
    stored before is known by its keys and never stored again.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Nothing is being imported yet, but what an earlier process left is known."""
        self._database, self._clock = database, clock
        self._jobs: dict[int, ImportJob] = {}
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
        """The import of these files with what it would do. Raises Invalid (field file) for what cannot be opened."""
        self._forget(user)
        folder = Path(tempfile.mkdtemp(dir=self._place()))
        try:
            source, left_out = await asyncio.to_thread(_source, folder, files)
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
            secrets.token_urlsafe(12), user, folder, source, zone, month_first, self._clock(), plan, total=plan.new
        )  # fmt: skip
        self._jobs[user] = job
        await asyncio.to_thread(job.keep)
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
            found.keep()
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


def _source(folder: Path, files: Sequence[tuple[str, BinaryIO]]) -> tuple[Source, Remarks]:
    """The files as one zip on the disk, because they are read twice and may wait for hours; and what is left out."""
    if len(files) == 1 and _is_zip(files[0][0]):
        # Its own name tells a folder that was packed whole from one that is meant as a tag.
        path = folder / f"{safe(Path(files[0][0]).stem)}.zip"
        with path.open("wb") as out:
            shutil.copyfileobj(files[0][1], out)
        return path, []
    roots = {name.replace("\\", "/").partition("/")[0] for name, _ in files}
    path, left_out = folder / f"{safe(roots.pop()) if len(roots) == 1 else 'files'}.zip", list[tuple[str, str]]()
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as packed:
        budget = LIMITS.total
        for name, pieces in _unpacked(files, left_out):
            with packed.open(zipfile.ZipInfo(name or "file"), "w", force_zip64=True) as out:
                for piece in pieces:
                    budget -= len(piece)
                    if budget < 0:
                        raise Invalid(LIMITS.large, field="file")
                    out.write(piece)
    return path, left_out


def _unpacked(
    files: Sequence[tuple[str, BinaryIO]], left_out: Remarks
) -> Iterator[tuple[str, Iterable[bytes]]]:  # fmt: skip
    """The files, with those of the zips among them in folders of the zips' names."""
    taken: set[str] = set()
    for name, file in files:
        if not _is_zip(name):
            yield _free(name, taken), iter(partial(file.read, PIECE), b"")
            continue
        try:
            with open_zip(file, LIMITS) as members:
                for member in members:
                    if member.is_link:
                        left_out.append((shown(member.path), LINK))
                    else:
                        yield _free(f"{name[:-4]}/{member.path}", taken), _whole(member, name, left_out)
        except Invalid as error:
            left_out.append((shown(name), error.sentence))


def _whole(member: Member, zip_name: str, left_out: Remarks) -> Iterator[bytes]:
    try:
        yield from member.pieces()
    except Invalid as error:
        left_out.append((shown(f"{zip_name[:-4]}/{member.path}"), error.sentence))


def _free(name: str, taken: set[str]) -> str:
    """The name, or one like it that no other file of this import has."""
    stem, dot, ending = name.rpartition(".")
    free, number = name, 1
    while free in taken:
        number += 1
        free = f"{stem} {number}.{ending}" if dot else f"{name} {number}"
    taken.add(free)
    return free


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")
