"""Two instances on one PostgreSQL: how soon one hears what the other did, over Redis and over the database itself."""

import asyncio
import resource
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from playwright.sync_api import Browser

from assistant.config import Config
from assistant.storage.database import Database, changed
from assistant.storage.events import Change, Events
from assistant.storage.house.carriers import wire
from assistant.storage.house.house import House
from assistant.web.parts import open_database
from tests.bench.measuring import awaited, tell
from tests.ollama_server import OllamaServer
from tests.postgres_server import NoServerError, PostgresServer
from tests.redis_server import RedisServer

CHANGES, ANSWERS, FRAMES, SECONDS = 300, 50, 20, 5
WORDS = "some words of the answer that came in this frame "


def measure(_ollama: OllamaServer, _browser: Browser) -> None:
    """Prints the figures, where the servers can be had."""
    try:
        server, redis = PostgresServer(lasting=True).start(), RedisServer().start()
    except NoServerError as reason:
        print(f"several instances: {reason}")
        return
    try:
        with tempfile.TemporaryDirectory() as folder:
            database = open_database(Config(data=Path(folder), database_url=server.create("bench")))
            for name, url in (("Redis", redis.url), ("PostgreSQL", "")):
                awaited(_figures(name, database, url))
            database.close()
    finally:
        redis.close()
        server.close()


async def _figures(name: str, database: Database, carrier: str) -> None:
    async with _two(database, carrier) as (first, second, events):
        await _changes(name, database, events)
        await _frames(name, first, second)


@asynccontextmanager
async def _two(database: Database, carrier: str) -> AsyncIterator[tuple[House, House, Events]]:
    events = Events()
    other = Database(database.url, events)
    first, second = House(database, wire(database.url, carrier)), House(other, wire(other.url, carrier))
    for house in (first, second):
        await house.start()
    yield first, second, events
    for house in (first, second):
        await house.stop()
    other.close()


async def _changes(name: str, database: Database, events: Events) -> None:
    heard, took = asyncio.Event(), list[float]()

    def hear(_change: Change) -> None:
        heard.set()

    events.subscribe(1, hear)
    for _ in range(CHANGES):
        heard.clear()
        await database.run(changed, 1, "notes")
        begun = time.perf_counter()
        await asyncio.wait_for(heard.wait(), 10)
        took.append((time.perf_counter() - begun) * 1000)
        await asyncio.sleep(0.005)
    took.sort()
    tell(f"{name}: a change that lasts, heard elsewhere", took[len(took) // 2], "ms", "≤ 5")
    tell(f"{name}: the same, slowest of a hundred", took[len(took) * 99 // 100], "ms", "≤ 20")


async def _frames(name: str, first: House, second: House) -> None:
    late = list[float]()
    second.on("frame", lambda _by, what: late.append((time.perf_counter() - what[0]) * 1000))
    begun, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_SELF).ru_utime
    for number in range(FRAMES * SECONDS):
        for answer in range(ANSWERS):
            first.say("frame", [time.perf_counter(), answer, number, WORDS], second.name)
        await asyncio.sleep(max(0.0, begun + (number + 1) / FRAMES - time.perf_counter()))
    while len(late) < ANSWERS * FRAMES * SECONDS and time.perf_counter() < begun + 2 * SECONDS:
        await asyncio.sleep(0.01)
    used = (resource.getrusage(resource.RUSAGE_SELF).ru_utime - used) / (time.perf_counter() - begun)
    late.sort()
    tell(f"{name}: {ANSWERS * FRAMES:,} parts of answers a second, heard elsewhere", late[len(late) // 2], "ms", "≤ 50")
    tell(f"{name}: the same, slowest of a hundred", late[len(late) * 99 // 100], "ms", "≤ 100")
    tell(f"{name}: processor of both instances", used * 100, "%", "≤ 50")
    lost = ANSWERS * FRAMES * SECONDS - len(late)
    tell(f"{name}: lost", lost, "parts", "0")
