"""Work in the background that stays due after a restart, done a piece at a time, a little after what made it due."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection

from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change


class DueWork(ABC):
    """Does what is due: after a start, and whenever one of its topics is heard of here."""

    name = ""  # of its task
    topics: Collection[str] = ()
    rest = 0.0  # seconds after a change, in which more may come

    def __init__(self, database: Database) -> None:
        """Nothing is done before ``start``."""
        self._database = database
        self._task: asyncio.Task[None] | None = None
        self._again = self._ending = False
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Goes on with what is due, and hears of more from now on."""
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self.begin()

    def begin(self) -> None:
        """Goes on with what is due; where it is going on already, it looks once more at its end."""
        self._again = True
        if not self._ending and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._work(), name=self.name)

    async def close(self) -> None:
        """Pauses between two pieces; the next process goes on."""
        self._ending = True
        self._unsubscribe()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _heard(self, change: Change) -> None:
        if change.topic in self.topics and change.here:
            self.begin()

    async def _work(self) -> None:
        while self._again and not self._ending:
            self._again = False
            await asyncio.sleep(self.rest)
            await self._all()

    @abstractmethod
    async def _all(self) -> None:
        """Does what is due now, until nothing is or ``_ending``; fails with a word in the log."""
