"""Carries what rings to the pages of its people, and outside."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from assistant.config import Config
from assistant.reminders import toasts
from assistant.reminders.clock import Clock
from assistant.reminders.courier import Courier
from assistant.reminders.history import Rung
from assistant.reminders.letters import Letters
from assistant.reminders.posting import Post
from assistant.reminders.pushing import Keys
from assistant.storage.bus import EVERYONE, Change
from assistant.storage.database import Database

TOGETHER = 0.05  # seconds in which changes are told as one


class Bell:
    """The clock of reminders, the pages that hear it, and the courier; an answer in one page is seen in all."""

    def __init__(self, database: Database, config: Config, clock: Callable[[], datetime]) -> None:
        """Nothing rings before ``start``."""
        self.keys = Keys(config.data / "vapid.pem", config.public_url)
        self.courier = Courier(database, Post(), Letters(self.keys, config.public_url), clock)
        self._bus = database.bus
        self._clock = Clock(database, self._ring, clock)
        self._users: set[int] = set()
        self._unsubscribe: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Rings what was missed, and from now on what is due."""
        await asyncio.to_thread(self.keys.make)
        self._unsubscribe = self._bus.subscribe(EVERYONE, self._heard)
        self._clock.start()
        self.courier.start()

    async def stop(self) -> None:
        """Rings nothing more."""
        self._unsubscribe()
        await self._clock.stop()
        await self.courier.stop()

    async def _ring(self, rung: list[Rung]) -> None:
        users = {one.user for one in rung}
        self._users -= users  # they hear of the same change now
        toasts.tell(users)

    def _heard(self, change: Change) -> None:
        if change.topic != "reminders":
            return
        if not self._users:
            asyncio.get_running_loop().call_later(TOGETHER, self._tell)
        self._users.add(change.user)

    def _tell(self) -> None:
        users, self._users = self._users, set()
        toasts.tell(users)
