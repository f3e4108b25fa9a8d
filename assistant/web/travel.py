"""Takes reminders along when their people travel: those that follow a person's zone ring by its clocks."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from assistant.errors import AssistantError
from assistant.reminders import reminders
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change
from assistant.users import accounts, preferences


class Travel:
    """Listens for changes of people's zones; what was missed while nothing ran is made up for at the start."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        """Nothing is heard before ``start``."""
        self._database, self._clock = database, clock
        self._tasks: set[asyncio.Task[None]] = set()
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Takes everybody's reminders along, and listens from now on."""
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self._begin(carry_all)

    async def stop(self) -> None:
        """Listens no more, once what was heard is done."""
        self._unsubscribe()
        await asyncio.gather(*self._tasks)

    def _heard(self, change: Change) -> None:
        if change.topic == "preferences":
            self._begin(carry, change.user)

    def _begin(self, act: Callable[..., None], *about: int) -> None:
        task = asyncio.create_task(self._carry(act, *about))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _carry(self, act: Callable[..., None], *about: int) -> None:
        try:
            await self._database.run(act, *about, self._clock())
        except AssistantError:
            logging.getLogger(__name__).exception("reminders stay in their zone until the next start")


def carry(user: int, now: datetime) -> None:
    """Puts those of the user's reminders that travel along into the zone in which the user is."""
    reminders.travel(user, preferences.load(user).zone, now)


def carry_all(now: datetime) -> None:
    """Does so for everybody."""
    for person in accounts.people():
        carry(person.id, now)
