"""Sends queued notifications: to browsers with the page closed, to webhooks and to ntfy."""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime

from assistant.errors import TooMany
from assistant.reminders.models import PUSH, Channel
from assistant.reminders.notifications import channels, outbox
from assistant.reminders.notifications.http_client import DeliveryError, HttpClient, Request
from assistant.reminders.notifications.messages import MessageBuilder
from assistant.reminders.notifications.outbox import Job
from assistant.storage.database import Database
from assistant.storage.events import EVERYONE, Change
from assistant.users import accounts

NET = 60.0  # seconds after which the outbox is read in any case
RETRY = 5.0  # seconds after which a database that cannot be used is tried again
SHORTEST = 0.05  # seconds between two readings of the outbox
AT_ONCE = 32  # channels
PATIENCE = 3.0  # seconds that the end waits for what is being sent
TRIALS_EVERY = 2.0  # seconds between two trials of one person
GONE = {404, 410}  # how a push service says that a browser is subscribed no more

log = logging.getLogger(__name__)


class Dispatcher:
    """Sends what is queued for as long as it is started; a slow address holds up only itself."""

    def __init__(
        self, database: Database, client: HttpClient, messages: MessageBuilder, now: Callable[[], datetime]
    ) -> None:
        """Nothing is sent before ``start``."""
        self._database, self._client, self._messages, self._now = database, client, messages, now
        self._wake_event = asyncio.Event()
        self._sending: dict[int, asyncio.Task[None]] = {}
        self._task: asyncio.Task[None] | None = None
        self._stopping = False
        self._tried: dict[int, float] = {}
        self._unsubscribe: Callable[[], None] = lambda: None

    def start(self) -> None:
        """Sends what is left, and from now on what comes; call it on the event loop."""
        self._unsubscribe = self._database.events.subscribe(EVERYONE, self._heard)
        self._task = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Takes nothing more; what is being sent has a moment left, else it is sent again another time."""
        self._unsubscribe()
        self._stopping = True
        self._wake_event.set()
        if self._task:
            await self._task
        under_way = list(self._sending.values())
        if under_way:
            _, late = await asyncio.wait(under_way, timeout=PATIENCE)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._client.close()

    async def check(self, address: str) -> None:
        """Raises Invalid (field address) unless the address could be sent to now."""
        await self._client.check(address, private_network=await self._database.read(accounts.private_network_allowed))

    async def trial(self, user: int, channel: int) -> None:
        """Sends the user's channel a test now. Raises DeliveryError with what went wrong, NotFound, TooMany."""
        row = await self._database.read(channels.get, user, channel)
        private_network = await self._database.read(accounts.private_network_allowed)
        self._not_too_often(user)
        try:
            await self._client.send(
                await asyncio.to_thread(self._messages.trial, row, self._now()), private_network=private_network
            )
        except DeliveryError as error:
            await self._database.run(_mark_channel, row, error)
            raise
        await self._database.run(outbox.channel_ok, channel, self._now())

    def _not_too_often(self, user: int) -> None:
        now = asyncio.get_running_loop().time()
        wait = self._tried.get(user, 0.0) + TRIALS_EVERY - now
        if wait > 0:
            raise TooMany("Wait a moment before the next test.", retry_after=wait)
        self._tried[user] = now

    def _heard(self, change: Change) -> None:
        if change.is_about({"deliveries"}):
            self._wake_event.set()

    async def _run(self) -> None:
        while not self._stopping:
            self._wake_event.clear()
            try:
                wait = await self._send_what_is_due()
            except Exception:
                log.exception("What is to be sent cannot be read; it is sent as soon as it can be")
                wait = RETRY
            with suppress(TimeoutError):
                async with asyncio.timeout(wait):
                    await self._wake_event.wait()

    async def _send_what_is_due(self) -> float:
        """Begins to send what is due; returns after how many seconds the outbox is to be read again."""
        while len(self._sending) < AT_ONCE and not self._stopping:
            busy = tuple(self._sending)
            due = await self._database.read(outbox.next_try, busy)
            wait = (due - self._now()).total_seconds() if due else NET
            if wait > 0:
                return max(SHORTEST, min(wait, NET))
            room = AT_ONCE - len(self._sending)
            for channel, jobs in _by_channel(await self._database.run(outbox.claim, self._now(), room, busy)):
                self._sending[channel] = asyncio.create_task(self._send_all(channel, jobs))
        return NET

    async def _send_all(self, channel: int, jobs: list[Job]) -> None:
        try:
            for outcome in await asyncio.gather(*(self._send(job) for job in jobs), return_exceptions=True):
                if isinstance(outcome, Exception):
                    log.error("A reminder was not sent as it should be", exc_info=outcome)
        finally:
            del self._sending[channel]
            self._wake_event.set()

    async def _send(self, job: Job) -> None:
        try:
            request: Request = await asyncio.to_thread(self._messages.about, job, self._now())
            await self._client.send(request, private_network=job.private_network)
        except DeliveryError as error:
            await self._database.run(_mark_failed, job, error, self._now())
        else:
            await self._database.run(outbox.mark_sent, job.id, self._now())


def _by_channel(jobs: Iterable[Job]) -> Iterable[tuple[int, list[Job]]]:
    found: dict[int, list[Job]] = defaultdict(list)
    for job in jobs:
        found[job.channel.id].append(job)
    return found.items()


def _mark_failed(job: Job, error: DeliveryError, now: datetime) -> None:
    if job.channel.kind == PUSH and error.answered in GONE:
        outbox.remove_channel(job.channel.id)
    else:
        outbox.mark_failed(job.id, error.sentence, now, again=error.again, wait=error.wait)


def _mark_channel(channel: Channel, error: DeliveryError) -> None:
    if channel.kind == PUSH and error.answered in GONE:
        outbox.remove_channel(channel.id)
    else:
        outbox.channel_failed(channel.id, error.sentence)
