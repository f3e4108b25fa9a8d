"""Two instances in this process, on one database: what tests of several begin with."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from assistant.storage.database import Database
from assistant.storage.events import Events
from assistant.storage.house.carriers import wire
from assistant.storage.house.house import House

SOON = 30.0  # seconds; on a machine with five times its work


@asynccontextmanager
async def two(database: Database, carrier: str) -> AsyncIterator[tuple[House, House, Events]]:
    """Two instances, and what the second one hears."""
    events = Events()
    other = Database(database.url, events)
    houses = [House(one, wire(one.url, carrier)) for one in (database, other)]
    for house in houses:
        await house.start()
        await until(house._connected.is_set)
    yield houses[0], houses[1], events
    for house in houses:
        await house.stop()
    other.close()


async def until(true: Callable[[], object]) -> None:
    async with asyncio.timeout(SOON):
        while not true():
            await asyncio.sleep(0.01)
