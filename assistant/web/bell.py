"""Carries what rings to the pages of its people, and outside."""

import asyncio
import logging
from collections.abc import Callable, Iterable
from datetime import datetime

from assistant.config import Config
from assistant.errors import AssistantError
from assistant.reminders import toasts
from assistant.reminders.api.rings import rings_of
from assistant.reminders.links import Find
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.reminders.notifications.http_client import HttpClient
from assistant.reminders.notifications.messages import MessageBuilder
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.reminders.rings import Rung
from assistant.reminders.scheduling.scheduler import Scheduler
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change

TOGETHER = 0.05  # seconds in which changes are told as one
SENT = 10  # rings that a page is told of; it shows fewer


class Bell:
    """The clock of reminders, the pages that hear it, and the courier; an answer in one page is seen in all."""

    def __init__(self, database: Database, config: Config, clock: Callable[[], datetime], find: Find) -> None:
        """Nothing rings before ``start``; ``find`` is the way to what reminders lead to."""
        self._database, self._now, self._find = database, clock, find
        self.keys = VapidKeys(config.data / "vapid.pem", config.public_url)
        self.courier = Dispatcher(database, HttpClient(), MessageBuilder(self.keys, config.public_url), clock)
        self._events = database.events
        self._clock = Scheduler(database, self._ring, clock)
        self._users: set[int] = set()
        self._telling: asyncio.Task[None] | None = None
        self._unsubscribe: Callable[[], None] = lambda: None

    async def start(self) -> None:
        """Rings what was missed, and from now on what is due."""
        await asyncio.to_thread(self.keys.make)
        self._unsubscribe = self._events.subscribe(EVERYONE, self._heard)
        self._clock.start()
        self.courier.start()

    async def stop(self) -> None:
        """Rings nothing more."""
        self._unsubscribe()
        await self._clock.stop()
        if self._telling:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)
        await self.courier.stop()

    async def _ring(self, rung: list[Rung]) -> None:
        users = {one.user for one in rung}
        self._users -= users  # they hear of the same change now
        await self._tell(users)

    def _heard(self, change: Change) -> None:
        if change.topic != "reminders":
            return
        if self._telling is None or self._telling.done():
            self._telling = asyncio.create_task(self._tell_soon())
        self._users.add(change.user)

    async def _tell_soon(self) -> None:
        while True:
            await asyncio.sleep(TOGETHER)
            users, self._users = self._users, set()
            if not users:
                return
            await self._tell(users)

    async def _tell(self, users: Iterable[int]) -> None:
        """Reads once what rings and hands it to all pages: if each asked for it, the last would wait for the others."""
        for user in users:
            if not toasts.open_for(user):
                continue
            try:
                told = await self._database.read(rings_of, user, self._find, self._now(), SENT)
            except AssistantError:
                logging.getLogger(__name__).exception("open pages were not told what rings")
                continue
            toasts.publish(user, told.model_dump_json())
