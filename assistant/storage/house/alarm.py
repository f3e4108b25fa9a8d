"""An alarm clock for what is done at its times."""

import asyncio
from collections.abc import Callable, Collection
from datetime import UTC, datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from assistant.storage.events import EVERYONE, Change, Events

NET = 60  # seconds after which it rings in any case: clocks jump, laptops sleep, other processes write
FARTHEST = timedelta(days=7)  # for which it is set; the net reaches further


class Alarm:
    """Rings when it starts, at the time for which it is set, when one of its topics changes, and once a minute."""

    def __init__(self, events: Events, topics: Collection[str], now: Callable[[], datetime]) -> None:
        """``now`` says what time it is. It is off before ``start``."""
        self._events, self._topics, self._now = events, frozenset(topics), now
        self._rung = asyncio.Event()
        self._scheduler: AsyncIOScheduler | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    @property
    def on(self) -> bool:
        """Whether it was started and not stopped since."""
        return self._scheduler is not None

    def start(self) -> None:
        """Rings, and will from now on; call it on the event loop."""
        self._scheduler = AsyncIOScheduler(timezone=UTC, job_defaults={"misfire_grace_time": None, "coalesce": True})
        self._scheduler.add_job(self._due, "interval", seconds=NET, id="net")
        self._scheduler.start()
        self._unsubscribe = self._events.subscribe(EVERYONE, self._heard)
        self.ring()

    def stop(self) -> None:
        """Rings a last time, for who waits for it."""
        self._unsubscribe()
        if self._scheduler is not None:
            self._scheduler.shutdown(wait=False)
            self._scheduler = None
        self.ring()

    def set(self, due: datetime, *, soonest: timedelta = timedelta()) -> None:
        """Rings at that time too, instead of at the one it was set for, but not before ``soonest`` is over."""
        if self._scheduler is not None:
            when = datetime.now(UTC) + max(soonest, min(due - self._now(), FARTHEST))
            self._scheduler.add_job(self._due, "date", run_date=when, id="alarm", replace_existing=True)

    def ring(self) -> None:
        """Rings now."""
        self._rung.set()

    async def heard(self) -> None:
        """Waits until it rings, or comes back at once where it rang since this was called last."""
        await self._rung.wait()
        self._rung.clear()

    async def _due(self) -> None:
        self.ring()

    def _heard(self, change: Change) -> None:
        if change.is_about(self._topics):
            self.ring()
