"""Carries what rings to the pages of its people."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from assistant.reminders import toasts
from assistant.reminders.clock import Clock
from assistant.reminders.history import Rung
from assistant.storage.bus import EVERYONE, Change
from assistant.storage.database import Database

TOGETHER = 0.05  # seconds in which changes are told as one


class Bell:
    """The clock of reminders and the pages that hear it; an answer in one page is seen in all."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Nothing rings before ``start``."""
        self._bus = database.bus
        self._clock = Clock(database, self._ring, clock)
        self._users: set[int] = set()
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Rings what was missed, and from now on what is due."""
        self._unsubscribe = self._bus.subscribe(EVERYONE, self._heard)
        self._clock.start()

    async def stop(self) -> None:
        """Rings nothing more."""
        self._unsubscribe()
        await self._clock.stop()

    async def _ring(self, rung: list[Rung]) -> None:
        toasts.tell({one.user for one in rung})

    def _heard(self, change: Change) -> None:
        if change.topic != "reminders":
            return
        if not self._users:
            asyncio.get_running_loop().call_later(TOGETHER, self._tell)
        self._users.add(change.user)

    def _tell(self) -> None:
        users, self._users = self._users, set()
        toasts.tell(users)
