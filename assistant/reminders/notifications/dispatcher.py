"""Carries rings outside: to browsers with the page closed, to webhooks and to ntfy."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from assistant.errors import TooMany
from assistant.reminders import channels, deliveries
from assistant.reminders.deliveries import Job
from assistant.reminders.letters import Letters
from assistant.reminders.models import PUSH, Channel
from assistant.reminders.posting import Letter, Post, Unsent
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change
from assistant.users import accounts

NET = 60.0  # seconds after which it looks in any case
RETRY = 5.0  # seconds after which a database that cannot be used is tried again
SHORTEST = 0.05  # seconds between two looks
AT_ONCE = 32  # channels
PATIENCE = 3.0  # seconds that the end waits for what is being sent
TRIALS_EVERY = 2.0  # seconds between two trials of one person
GONE = {404, 410}  # how a push service says that a browser is subscribed no more

log = logging.getLogger(__name__)


class Courier:
    """Sends what is queued for as long as it is started; a slow address holds up only itself."""

    def __init__(self, database: Database, post: Post, letters: Letters, clock: Callable[[], datetime]) -> None:
        """Nothing is sent before ``start``."""
        self._database, self._post, self._letters, self._clock = database, post, letters, clock
        self._look = asyncio.Event()
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._looking: asyncio.Task[None] | None = None
        self._stopping = False
        self._tried: dict[int, float] = {}
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Sends what is left, and from now on what comes; call it on the event loop."""
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self._looking = asyncio.create_task(self._keep_looking())

    async def stop(self) -> None:
        """Takes nothing more; what is being sent has a moment left, else it is sent again another time."""
        self._unsubscribe()
        self._stopping = True
        self._look.set()
        if self._looking:
            await self._looking
        under_way = list(self._sending.values())
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._post.close()

    async def check(self, address: str) -> None:
        """Raises Invalid (field address) unless the address could be sent to now."""
        await self._post.check(address, home=await self._database.read(accounts.home_allowed))

    async def trial(self, user: int, channel: int) -> None:
        """Sends the user's channel a test now. Raises Unsent with what went wrong, NotFound, TooMany."""
        row = await self._database.read(channels.get, user, channel)
        home = await self._database.read(accounts.home_allowed)
        self._not_too_often(user)
        try:
            await self._post.send(await asyncio.to_thread(self._letters.trial, row, self._clock()), home=home)
        except Unsent as error:
            await self._database.run(_not_sent, row, error)
            raise
        await self._database.run(deliveries.worked, channel, self._clock())

    def _not_too_often(self, user: int) -> None:
        now = asyncio.get_running_loop().time()
        wait = self._tried.get(user, 0.0) + TRIALS_EVERY - now
        if wait > 0:
            raise TooMany("Wait a moment before the next test.", retry_after=wait)
        self._tried[user] = now

    def _heard(self, change: Change) -> None:
        if change.topic == "deliveries":
            self._look.set()

    async def _keep_looking(self) -> None:
        while not self._stopping:
            self._look.clear()
            try:
                wait = await self._send_what_is_due()
            except Exception:
                log.exception("What is to be sent cannot be read; it is sent as soon as it can be")
                wait = RETRY
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._look.wait()

    async def _send_what_is_due(self) -> float:
        """Begins to send what is due; returns after how many seconds to look again."""
        while len(self._sending) < AT_ONCE and not self._stopping:
            busy = tuple(self._sending)
            due = await self._database.read(deliveries.next_try, busy)
            wait = (due - self._clock()).total_seconds() if due else NET
            if wait > 0:
                return max(SHORTEST, min(wait, NET))
            room = AT_ONCE - len(self._sending)
            for channel, jobs in _by_channel(await self._database.run(deliveries.take, self._clock(), room, busy)):
                self._sending[channel] = asyncio.create_task(self._send_all(channel, jobs))
        return NET

    async def _send_all(self, channel: int, jobs: list[Job]) -> None:
        try:
            for outcome in await asyncio.gather(*(self._send(job) for job in jobs), return_exceptions=True):
                if isinstance(outcome, Exception):
                    log.error("A reminder was not sent as it should be", exc_info=outcome)
        finally:
            del self._sending[channel]
            self._look.set()

    async def _send(self, job: Job) -> None:
        try:
            letter: Letter = await asyncio.to_thread(self._letters.about, job, self._clock())
            await self._post.send(letter, home=job.home)
        except Unsent as error:
            await self._database.run(_failed, job, error, self._clock())
        else:
            await self._database.run(deliveries.sent, job.id, self._clock())


def _by_channel(jobs: Iterable[Job]) -> Iterable[tuple[int, list[Job]]]:
    found: dict[int, list[Job]] = defaultdict(list)
    for job in jobs:
        found[job.channel.id].append(job)
    return found.items()


def _failed(job: Job, error: Unsent, now: datetime) -> None:
    if job.channel.kind == PUSH and error.answered in GONE:
        deliveries.gone(job.channel.id)
    else:
        deliveries.failed(job.id, error.sentence, now, again=error.again, wait=error.wait)


def _not_sent(channel: Channel, error: Unsent) -> None:
    if channel.kind == PUSH and error.answered in GONE:
        deliveries.gone(channel.id)
    else:
        deliveries.failing(channel.id, error.sentence)
