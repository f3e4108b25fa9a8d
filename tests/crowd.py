"""People who log in and chat through a proxy while instances come and go, and who remember what was acknowledged."""

import asyncio
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Coroutine, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

import aiohttp
import httpx
from socketio.exceptions import SocketIOError

from assistant.chat.models import WRITING, Message
from assistant.reminders import reminders
from assistant.reminders.models import RINGING, Ring
from assistant.storage.database import Database
from tests.person import PASSWORD
from tests.product import NO_AUTHORITIES, PATIENCE
from tests.sockets import socket_of

# In a browser: notes for how many ms the page was away, each time, also over its loading anew.
AWAY = """setInterval(() => {
  const now = Date.now(), { lost, seen, away } = sessionStorage;
  if (!window.socket?.connected) return void (seen && !lost && (sessionStorage.lost = now));
  sessionStorage.seen = 1;
  if (lost) sessionStorage.away = `${away || ''} ${now - lost}`;
  delete sessionStorage.lost;
}, 10)"""
LONGEST = 5 * PATIENCE  # seconds that very many may have to wait for each other at the door
AGAIN = 0.1  # seconds until one tries again
CLIENT = re.compile(r"client_id['\"]?: ?['\"]([0-9a-f-]{36})")


@dataclass
class Tally:
    """What a crowd did and felt."""

    acknowledged: list[str] = field(default_factory=list)  # texts
    repeated: Counter[str] = field(default_factory=Counter)  # times that something had to be sent again, by why
    away: list[float] = field(default_factory=list)  # seconds that a page was away, each time


class Chatter:
    """One of them; their addresses are their own, as a balancer tells them."""

    def __init__(self, url: str, name: str, number: int, tally: Tally, pause: float) -> None:
        """``pause`` is the seconds between two questions."""
        self._name, self._tally, self._pause = name, tally, pause
        self._chance = random.Random(number)
        address = f"100.{64 + number // 250}.{number % 250}.7"
        self._client = httpx.AsyncClient(
            base_url=url, headers={"origin": url, "x-forwarded-for": address}, timeout=PATIENCE, verify=NO_AUTHORITIES
        )
        self._url = url

    async def live(self, over: asyncio.Event, *, looks: bool) -> None:
        """Logs in and chats until it is over; who ``looks`` has a page open as well."""
        try:
            await asyncio.sleep(self._chance.uniform(0, self._pause))
            await self._log_in()
            await asyncio.gather(self._chat(over), *([self._look(over)] if looks else []))
        finally:
            await self._client.aclose()

    async def _log_in(self) -> None:
        entered = await self._surely("POST", "/login", data={"username": self._name, "password": PASSWORD})
        assert entered.status_code == 303, (entered.status_code, entered.text)

    async def _chat(self, over: asyncio.Event) -> None:
        path, number = "/api/v1/conversations", 0
        while not over.is_set():
            text = f"{self._name} {number} tokens=8 delay=0.02"
            said = await self._surely(
                "POST", path, json={"text": text}, headers={"idempotency-key": text.replace(" ", "-")}
            )
            if said.status_code == 409:  # the last answer is still being written
                await asyncio.sleep(AGAIN)
                continue
            assert said.status_code in {200, 201}, (said.status_code, said.text)
            self._tally.acknowledged.append(text)
            if number == 0:
                path += f"/{said.json()['conversation']['id']}/messages"
            number += 1
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), self._pause * self._chance.uniform(0.5, 1.5))

    async def _surely(self, method: str, path: str, **more: Any) -> httpx.Response:
        """The answer, asked for again until an instance gives one: what has a key counts once all the same."""
        until, pause = time.monotonic() + LONGEST, AGAIN
        while True:
            try:
                answer = await self._client.request(method, path, **more)
                if answer.status_code not in {429, 500, 502, 503, 504}:
                    return answer
                why = f"{answer.status_code} {answer.text[:200]}"
            except httpx.HTTPError as error:
                why = type(error).__name__
            assert time.monotonic() < until, f"{method} {path}: {why}"
            self._tally.repeated[why] += 1
            await asyncio.sleep(pause)
            pause = min(2 * pause, 2.0)

    async def _look(self, over: asyncio.Event) -> None:
        """Has a page open, which loads anew whenever its socket is gone."""
        lost: float | None = None
        through: Any = SimpleNamespace(url=self._url)
        while not over.is_set():
            with suppress(SocketIOError, aiohttp.ClientError, httpx.HTTPError, TimeoutError):
                document = await self._client.get("/", headers={"accept": "text/html"})
                found = CLIENT.search(document.text)
                if found:
                    headers = {
                        "Origin": self._url,
                        "Cookie": "; ".join(f"{k}={v}" for k, v in self._client.cookies.items()),
                    }
                    async with socket_of(through, headers, found[1]) as web:
                        await web.call("alive", timeout=5)
                        if lost is not None:
                            self._tally.away.append(time.monotonic() - lost)
                        await _first(web.wait(), over.wait())
                    lost = time.monotonic()
                    continue
            await asyncio.sleep(AGAIN)


class Crowd:
    """Many of them, in a thread of their own."""

    def __init__(self, url: str, people: Sequence[str], *, pause: float, looking: int) -> None:
        """They ask again after about so many seconds; the first ``looking`` have a page open."""
        self.tally, self._over, self._ready = Tally(), asyncio.Event(), threading.Event()
        self._failed: list[BaseException] = []
        self._people = [Chatter(url, name, number, self.tally, pause) for number, name in enumerate(people)]
        self._thread = threading.Thread(target=asyncio.run, args=(self._live(looking),))
        self._thread.start()
        self._ready.wait()

    def until(self, count: int) -> None:
        """Waits until so many questions were acknowledged; raises what failed for one of them."""
        until = time.monotonic() + LONGEST
        while len(self.tally.acknowledged) < count:
            self._tell()
            assert time.monotonic() < until, self.tally
            time.sleep(0.05)

    def end(self) -> Tally:
        """Lets them finish what they are about; raises what failed for one of them."""
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(2 * LONGEST)
        self._tell()
        return self.tally

    def _tell(self) -> None:
        """Raises what failed, with where."""
        if self._failed:
            raise self._failed[0]

    async def _live(self, looking: int) -> None:
        self._loop = asyncio.get_running_loop()
        self._ready.set()
        works = (
            self._kept_in_mind(one.live(self._over, looks=number < looking)) for number, one in enumerate(self._people)
        )
        await asyncio.gather(*works)

    async def _kept_in_mind(self, work: Coroutine[Any, Any, None]) -> None:
        try:
            await work
        except Exception as error:  # noqa: BLE001 - whatever it is, the test tells it
            self._failed.append(error)


async def _first(*works: Any) -> None:
    tasks = [asyncio.ensure_future(work) for work in works]
    _done, waiting = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    for task in waiting:
        task.cancel()


def spread(user: int, numbers: range, of_all: int, first: datetime, seconds: float) -> None:
    """Adds these of all the user's reminders, which are due one after the other in that time; a unit of work."""
    for number in numbers:
        due = (first + timedelta(seconds=seconds * number / of_all)).replace(microsecond=0)
        before = first - timedelta(days=1)
        reminders.add(user, text=f"r{number}", local=due.replace(tzinfo=None), zone="UTC", now=before)


@dataclass(frozen=True)
class Kept:
    """What the database says of it all."""

    lost: list[str]
    doubled: list[str]
    unfinished: int  # answers that nobody writes and nobody ended
    rung: int
    rung_again: int
    late: Sequence[float]  # seconds, of each ring


def kept(acknowledged: list[str]) -> Kept:
    """Compares with the rows; a unit of work."""
    counted = Counter(row.text for row in Message.select(Message.text).where(Message.role == "user"))
    rings = list(Ring.select(Ring.reminder, Ring.rang, Ring.due).where(Ring.rang.is_null(is_null=False)))
    each = Counter(ring.reminder_id for ring in rings)
    return Kept(
        [text for text in acknowledged if not counted[text]],
        [text for text, count in counted.items() if count > 1],
        Message.select().where(Message.state == WRITING).count(),
        len(each),
        sum(count - 1 for count in each.values()),
        sorted(_late(rings)),
    )


def _late(rings: Sequence[Any]) -> Iterator[float]:
    for ring in rings:
        yield (ring.rang - ring.due).total_seconds()


def all_rang(database: Database, count: int) -> bool:
    """Whether all have rung."""
    rang = Ring.rang.is_null(is_null=False) & (Ring.state == RINGING)
    return bool(database.run_here(lambda: Ring.select().where(rang).count()) >= count)
