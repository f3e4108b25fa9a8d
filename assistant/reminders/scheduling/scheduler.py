"""Wakes when something is due, rings it, and sets its alarm for the next."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from assistant.reminders.rings import Rung
from assistant.reminders.scheduling.claims import claim_due, next_due
from assistant.reminders.scheduling.clock_repair import SLACK, forget_future
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change

NET = 60  # seconds after which the next ring is read in any case: clocks jump, laptops sleep, other processes write
RETRY = timedelta(seconds=5)  # after which a database that cannot be used is tried again
FARTHEST = timedelta(days=7)  # for which an alarm is set; the net reaches further

log = logging.getLogger(__name__)


class Scheduler:
    """Rings what is due, within a second, for as long as it is started.

    ``ring`` gets what was claimed, which nobody else will get; it should come back soon, as what is
    due meanwhile waits for it. ``now`` says what time it is.
    """

    def __init__(
        self,
        database: Database,
        ring: Callable[[list[Rung]], Awaitable[None]],
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._ring = ring
        self._now = now
        # Hear how late the first was of what rings together.
        self.observers: list[Callable[[timedelta], None]] = []
        self._latest: datetime | None = None  # when it was last looked
        self._wake_event = asyncio.Event()
        self._scheduler: AsyncIOScheduler | None = None
        self._task: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Rings what was missed, and from now on what is due; call it on the event loop."""
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._scheduler.add_job(self._wake, "interval", seconds=NET, id="net")
        self._scheduler.start()
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self._wake_event.set()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Rings nothing more, once what is being rung has been."""
        self._unsubscribe()
        if self._scheduler is None or self._task is None:
            return
        self._scheduler.shutdown(wait=False)
        self._scheduler = None
        self._wake_event.set()
        await self._task

    async def _wake(self) -> None:
        self._wake_event.set()

    def _heard(self, change: Change) -> None:
        if change.is_about({"reminders"}):
            self._wake_event.set()

    async def _run(self) -> None:
        while self._scheduler is not None:
            await self._wake_event.wait()
            self._wake_event.clear()
            try:
                await self._ring_what_is_due()
            except Exception:
                # Whatever it is: a scheduler that stops would be silent for ever.
                log.exception("Reminders cannot be read; they ring as soon as they can be")
                self._arm(self._now() + RETRY)

    async def _ring_what_is_due(self) -> None:
        await self._repair()
        while self._scheduler is not None:
            due = await self._database.read(next_due)
            if due is None:
                return
            if due > self._now():
                self._arm(due)
                return
            rung = await self._database.run(claim_due, self._now())
            if rung:
                for observe in self.observers:
                    observe(self._now() - due)
                await self._hand_out(rung)

    async def _repair(self) -> None:
        """At the start, and whenever the clock was put back: takes back what rang in a time that is to come again."""
        now = self._now()
        if self._latest is None or now < self._latest - SLACK:
            await self._database.run(forget_future, now)
        self._latest = now

    async def _hand_out(self, rung: list[Rung]) -> None:
        try:
            await self._ring(rung)
        except Exception:
            log.exception("Reminders rang, but not everywhere")

    def _arm(self, due: datetime) -> None:
        if self._scheduler is not None:
            wait = min(due - self._now(), FARTHEST)
            when = datetime.now(UTC) + wait
            self._scheduler.add_job(self._wake, "date", run_date=when, id="alarm", replace_existing=True)
