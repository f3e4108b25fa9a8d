"""Wakes when something is due, rings it, and sets its alarm for the next."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from assistant.reminders.claims import claim_due, next_due
from assistant.reminders.history import Rung
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change

NET = 60  # seconds after which it looks in any case: clocks jump, laptops sleep, other processes write
RETRY = timedelta(seconds=5)  # after which a database that cannot be used is tried again
FARTHEST = timedelta(days=7)  # for which an alarm is set; the net looks further

log = logging.getLogger(__name__)


class Clock:
    """Rings what is due, within a second, for as long as it is started.

    ``ring`` gets what was claimed, which nobody else will get; it should come back soon, as what is
    due meanwhile waits for it. ``clock`` says what time it is.
    """

    def __init__(
        self,
        database: Database,
        ring: Callable[[list[Rung]], Awaitable[None]],
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._database = database
        self._ring = ring
        self._clock = clock
        self._look = asyncio.Event()
        self._scheduler: AsyncIOScheduler | None = None
        self._looking: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Rings what was missed, and from now on what is due; call it on the event loop."""
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._scheduler.add_job(self._wake, "interval", seconds=NET, id="net")
        self._scheduler.start()
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self._look.set()
        self._looking = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """Rings nothing more, once what is being rung has been."""
        self._unsubscribe()
        if self._scheduler is None or self._looking is None:
            return
        self._scheduler.shutdown(wait=False)
        self._scheduler = None
        self._look.set()
        await self._looking

    async def _wake(self) -> None:
        self._look.set()

    def _heard(self, change: Change) -> None:
        if change.topic == "reminders":
            self._look.set()

    async def _keep_looking(self) -> None:
        while self._scheduler is not None:
            await self._look.wait()
            self._look.clear()
            try:
                await self._ring_what_is_due()
            except Exception:
                # Whatever it is: a clock that stops would be silent for ever.
                log.exception("Reminders cannot be read; they ring as soon as they can be")
                self._arm(self._clock() + RETRY)

    async def _ring_what_is_due(self) -> None:
        while self._scheduler is not None:
            due = await self._database.read(next_due)
            if due is None:
                return
            if due > self._clock():
                self._arm(due)
                return
            rung = await self._database.run(claim_due, self._clock())
            if rung:
                await self._hand_out(rung)

    async def _hand_out(self, rung: list[Rung]) -> None:
        try:
            await self._ring(rung)
        except Exception:
            log.exception("Reminders rang, but not everywhere")

    def _arm(self, due: datetime) -> None:
        if self._scheduler is not None:
            wait = min(due - self._clock(), FARTHEST)
            when = datetime.now(UTC) + wait
            self._scheduler.add_job(self._wake, "date", run_date=when, id="alarm", replace_existing=True)
