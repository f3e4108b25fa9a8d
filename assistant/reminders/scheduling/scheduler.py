"""Wakes when something is due, rings it, and sets its alarm for the next."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

from assistant.reminders.rings import Rung
from assistant.reminders.scheduling.claims import claim_due, next_due
from assistant.reminders.scheduling.clock_repair import SLACK, forget_future
from assistant.storage.database import Database
from assistant.storage.house.alarm import Alarm

RETRY = timedelta(seconds=5)  # after which a database that cannot be used is tried again

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
        self._alarm = Alarm(database.events, {"reminders"}, now)
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Rings what was missed, and from now on what is due; call it on the event loop."""
        self._alarm.start()
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Rings nothing more, once what is being rung has been."""
        self._alarm.stop()
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        while self._alarm.on:
            await self._alarm.heard()
            try:
                await self._ring_what_is_due()
            except Exception:
                # Whatever it is: a scheduler that stops would be silent for ever.
                log.exception("Reminders cannot be read; they ring as soon as they can be")
                self._alarm.set(self._now() + RETRY)

    async def _ring_what_is_due(self) -> None:
        await self._repair()
        while self._alarm.on:
            due = await self._database.read(next_due)
            if due is None:
                return
            if due > self._now():
                self._alarm.set(due)
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
