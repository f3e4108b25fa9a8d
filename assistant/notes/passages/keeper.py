"""Makes the passages of notes in the background, a few notes at a time; what is due stays due after a restart."""

import asyncio
import logging
from collections.abc import Callable

from assistant.errors import AssistantError
from assistant.notes.passages import keeping
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change

AT_ONCE = 8  # notes of one unit of work
PAUSE = 0.02  # seconds between two, in which others write
REST = 1.0  # seconds after a change: who types goes on typing


class PassageKeeper:
    """Cuts what is due, one piece after another."""

    def __init__(self, database: Database) -> None:
        """Nothing is done before ``start``."""
        self._database = database
        self._task: asyncio.Task[None] | None = None
        self._ending = False
        self._again = False
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Goes on with what is due, and hears of changes from now on."""
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self.begin()

    def begin(self) -> None:
        """Goes on with what is due; where it is going on already, it looks once more at its end."""
        self._again = True
        if not self._ending and (self._task is None or self._task.done()):
            self._task = asyncio.create_task(self._work(), name="passages of notes")

    async def close(self) -> None:
        """Pauses between two pieces; the next process goes on."""
        self._ending = True
        self._unsubscribe()
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    def _heard(self, change: Change) -> None:
        if change.topic == "notes" and change.here:
            self.begin()

    async def _work(self) -> None:
        try:
            while self._again and not self._ending:
                self._again = False
                await asyncio.sleep(REST)
                more = True
                while more and not self._ending:
                    more = await self._database.run(keeping.catch_up, AT_ONCE)
                    await asyncio.sleep(PAUSE)
        except AssistantError as error:
            logging.getLogger(__name__).warning("passages of notes wait: %s", error)
