"""Backs up each night; a night that was missed is made up for as soon as the machine is on."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from tzlocal import get_localzone

from assistant.errors import AssistantError, Conflict
from assistant.storage.backups import backup, outcome, retention
from assistant.storage.backups.outcome import Outcome
from assistant.storage.backups.snapshot import BackupCancelled
from assistant.storage.database import Database
from assistant.storage.engines.addresses import on_file
from assistant.storage.events import EVERYONE, Change
from assistant.users.household import backup_plan

LOOK = 60  # seconds between two looks at whether one is due
AGAIN = timedelta(hours=1)  # after which a failed one is tried again
TOPIC = "backups"

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Standing:
    """How it stands with backups; ``progress`` is bytes done and of all, while one is being made."""

    outcome: Outcome
    progress: tuple[int, int] | None


class Backups:
    """Makes backups when they are due, or when an owner says so."""

    def __init__(self, database: Database, data: Path, clock: Callable[[], datetime]) -> None:
        """Nothing is backed up before ``start``; the backups lie in ``data``."""
        self._database, self._data, self._now = database, data, clock
        self.folder = data / "backups"
        self._scheduler: AsyncIOScheduler | None = None
        self._task: asyncio.Task[None] | None = None
        self._progress: tuple[int, int] | None = None
        self._cancelled = False
        self._failed: datetime | None = None

    def start(self) -> None:
        """From now on looks each minute whether one is due; a server's database is backed up there."""
        if not on_file(self._database.url):
            return
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._scheduler.add_job(self.look, "interval", seconds=LOOK, id="backups")
        self._scheduler.start()

    async def stop(self) -> None:
        """Ends one that is being made, of which nothing is left."""
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        self.cancel()
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def look(self) -> None:
        """Makes the backup that is due, if one is."""
        try:
            due = not self._running and await self._due()
        except AssistantError as error:
            log.warning("backups wait a minute: %s", error)
            return
        if due:
            self.begin()
            await asyncio.gather(*([self._task] if self._task else []))

    def begin(self) -> None:
        """Begins a backup now; raises Conflict while one is being made."""
        if self._running:
            raise Conflict("A backup is being made already. Wait for its end.")
        self._cancelled, self._progress = False, (0, 0)
        self._task = asyncio.create_task(self._make(), name="backup")

    def cancel(self) -> None:
        """Ends the one that is being made."""
        self._cancelled = True

    @property
    def progress(self) -> tuple[int, int] | None:
        """Bytes done and of all, while one is being made."""
        return self._progress

    async def standing(self) -> Standing:
        """How it stands."""
        return Standing(await asyncio.to_thread(outcome.last, self.folder), self._progress)

    @property
    def _running(self) -> bool:
        return self._task is not None and not self._task.done()

    async def _due(self) -> bool:
        plan, begins = await self._database.read(backup_plan.load), await self._database.read(backup_plan.begins)
        if not plan.on or begins is None:
            return False
        now = self._now()
        wanted = plan.latest(now, get_localzone())
        if begins > wanted or (self._failed is not None and now - self._failed < AGAIN):
            return False
        newest = (await asyncio.to_thread(outcome.last, self.folder)).newest
        return newest is None or newest.made < wanted

    async def _make(self) -> None:
        def progress(done: int, of_all: int) -> None:
            self._progress = (done, of_all)

        now = self._now()
        try:
            plan = await self._database.read(backup_plan.load)
            await asyncio.to_thread(
                backup.take, self._database.path, self._data, self.folder, now=now, progress=progress,
                cancelled=lambda: self._cancelled,
            )  # fmt: skip
            await asyncio.to_thread(
                retention.keep_days_and_weeks, self.folder, plan.days, plan.weeks, get_localzone()
            )  # fmt: skip
            await self._end("", now)
        except BackupCancelled:
            self._progress = None
        except AssistantError as error:
            log.warning("the backup failed: %s", error)
            await self._end(error.sentence, now)
        except Exception:
            log.exception("the backup failed")
            await self._end("Something went wrong that the log tells more about.", now)
        self._database.events.publish(Change(EVERYONE, TOPIC))

    async def _end(self, problem: str, now: datetime) -> None:
        self._failed, self._progress = now if problem else None, None
        await asyncio.to_thread(outcome.keep, self.folder, problem, now)
