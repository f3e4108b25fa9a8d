"""All instances that serve one database, as one of them sees them."""

import asyncio
import json
import logging
import secrets
from collections import defaultdict, deque
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from assistant.errors import AssistantError
from assistant.storage.database import Database
from assistant.storage.events import Change
from assistant.storage.house import rows
from assistant.storage.house.wire import Wire, WireLostError

BEAT = 2.0  # seconds between two signs of life
AGAIN = 0.5  # seconds after which a wire that was lost is tried again
WAITING = 10_000  # things that are said later; while the wire is away no more are kept
AT_ONCE = 200  # that are said together
SECRET = 16  # bytes
CHANGED, MISSED = "changed", "missed"  # what is said here
JOINED = "joined"  # by one that hears from now on, and wants to know what is

log = logging.getLogger(__name__)
Heard = Callable[[str, Any], None]


class House:
    """Says what the others must know, hears what they say, and knows who is alive.

    What is said may be lost; then all look again at the rows. Alone, with a file, it does nothing.
    """

    def __init__(self, database: Database, wire: Wire | None, address: str = "") -> None:
        """Nobody hears of it before ``start``; without a ``wire`` it is alone. ``address`` is shown to people."""
        self._database, self._wire, self._address = database, wire, address
        self.leaving = False  # it takes no new work any more
        self.name = secrets.token_hex(6) if wire else ""
        self._prefix = ""
        self._heard: dict[str, list[Heard]] = defaultdict(list)
        self._gone: list[Callable[[str], None]] = []
        self._alive: set[str] = set()
        self._to_say: deque[tuple[str, str]] = deque()
        self._something, self._connected = asyncio.Event(), asyncio.Event()
        self._one_at_a_time = asyncio.Lock()
        self._lost = False
        self._tasks: list[asyncio.Task[None]] = []
        self.on(CHANGED, self._changed)
        self.on(MISSED, lambda _by, _what: database.events.everything())

    @property
    def alone(self) -> bool:
        """Whether there can be no other instance."""
        return self._wire is None

    @property
    def others(self) -> set[str]:
        """The other instances that are alive, as far as was seen at the last beat."""
        return self._alive - {self.name}

    def on(self, kind: str, heard: Heard) -> None:
        """Calls ``heard`` with who says it, and with what, for all that others say of this kind."""
        self._heard[kind].append(heard)

    def on_gone(self, gone: Callable[[str], None]) -> None:
        """Calls ``gone`` with the name of an instance that is no longer alive."""
        self._gone.append(gone)

    def say(self, kind: str, what: Any, to: str = "") -> None:
        """Says it to the instance of that name, or to all others; ``what`` can be JSON."""
        if self._wire is None:
            return
        if len(self._to_say) >= WAITING:
            self._lost = True
            return
        self._to_say.append((to, json.dumps([self.name, kind, what])))
        self._something.set()

    async def once(self, what: str, seconds: float) -> bool:
        """Whether this instance does it now; then no other does for so many seconds."""
        return self.alone or await self._database.run(rows.take, what, self.name, seconds)

    async def start(self) -> None:
        """Lets the others know, and hears them from now on."""
        if self._wire is None:
            return
        self._prefix = "assistant-" + (await self._database.run(rows.key, "wire", _secret)).hex()
        self._alive = await self._database.run(rows.beat, self.name, self._address)
        self._database.events.outward = self._spread
        works = (self._listen(self._wire), self._speak(self._wire), self._beat())
        self._tasks = [asyncio.create_task(work) for work in works]
        # A wire that is away holds nobody up: rows are the truth.
        with suppress(TimeoutError):
            async with asyncio.timeout(AGAIN):
                await self._connected.wait()

    async def stop(self) -> None:
        """Says what is left to say, and that it is gone."""
        if self._wire is None:
            return
        self._database.events.outward = None
        with suppress(WireLostError):
            async with self._one_at_a_time:
                if self._to_say:
                    await self._wire.say(list(self._taken(WAITING)))
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._wire.close()
        with suppress(AssistantError):
            await self._database.run(rows.leave, self.name)

    async def _listen(self, wire: Wire) -> None:
        while True:
            try:
                await wire.listen((self._channel(self.name), self._channel()), self._hear, self._renewed)
            except WireLostError as error:
                if self._connected.is_set():
                    log.warning("%s is away, so instances do not hear each other: %s", wire.shown, error)
            self._connected.clear()
            await asyncio.sleep(AGAIN)

    def _renewed(self) -> None:
        self._connected.set()
        self.say(JOINED, None)
        self._database.events.everything()

    def _hear(self, words: str) -> None:
        try:
            by, kind, what = json.loads(words)
        except ValueError:
            return  # its beginning was said before this one listened
        if by == self.name:
            return
        for heard in tuple(self._heard.get(kind, ())):
            try:
                heard(by, what)
            except Exception:
                log.exception("what another instance said could not be used")

    async def _speak(self, wire: Wire) -> None:
        while True:
            await self._something.wait()
            self._something.clear()
            while self._to_say or self._lost:
                said = list(self._taken(AT_ONCE))
                if self._lost:
                    said = [(self._channel(), json.dumps([self.name, MISSED, None]))]
                try:
                    async with self._one_at_a_time:
                        await wire.say(said)
                    self._lost = False
                except WireLostError:
                    self._lost = True
                    await asyncio.sleep(AGAIN)

    def _taken(self, most: int) -> Iterable[tuple[str, str]]:
        while self._to_say and most:
            to, words = self._to_say.popleft()
            most -= 1
            yield self._channel(to), words

    def _channel(self, to: str = "") -> str:
        return f"{self._prefix}.{to}" if to else self._prefix

    async def _beat(self) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                alive = await self._database.run(rows.beat, self.name, self._address)
            except AssistantError:
                continue  # who cannot say that it is there will say so later
            gone, self._alive = self._alive - alive - {self.name}, alive
            for name in gone:
                for told in self._gone:
                    told(name)

    def _spread(self, changes: Iterable[Change]) -> None:
        self.say(CHANGED, [[change.user, change.topic, change.id] for change in changes])

    def _changed(self, _by: str, what: Any) -> None:
        for user, topic, id in what:  # noqa: A001 - the row's own word
            self._database.events.publish(Change(user, topic, id, here=False))


def _secret() -> bytes:
    return secrets.token_bytes(SECRET)
