"""What runs as long as the app does: it begins and ends with the app's lifespan."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager

from fastapi import FastAPI

from assistant.chat import conversations
from assistant.chat.acting import journal
from assistant.chat.routines import questions
from assistant.errors import AssistantError
from assistant.notes import trash as note_trash
from assistant.reminders import trash as reminder_trash
from assistant.rest import door
from assistant.sharing import shares
from assistant.users import clock_repair
from assistant.web.guards import unconnected
from assistant.web.parts import Parts
from assistant.web.watching.metrics_port import MetricsPort

HOUR = 3600.0
ANSWERS = 15.0  # seconds that answers have to end before other instances go on with them
EARLY = 300.0  # seconds by which another instance may come before its hour
PURGES = (
    conversations.purge, journal.purge, questions.purge, note_trash.purge, reminder_trash.purge, door.purge,
    shares.purge,
)  # fmt: skip


def lifespan(parts: Parts) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """The app's lifespan: the parts run from its start to its end."""

    @asynccontextmanager
    async def run(_app: FastAPI) -> AsyncIterator[None]:
        figures = MetricsPort(parts)
        tasks = await start(parts)
        await figures.start()
        yield
        await figures.stop()
        await stop(parts, tasks)

    return run


async def start(parts: Parts) -> list[asyncio.Task[None]]:
    """Begins what runs in the background; returns the tasks that ``stop`` ends."""
    await parts.house.start()
    works = (
        parts.sessions.watch(),
        clock_repair.watch(parts.database, parts.clock),
        parts.models_status.watch(),
        parts.replies.watch(),
        purge_hourly(parts),
        unconnected.prune(),
    )
    tasks = [asyncio.create_task(work) for work in works]
    await parts.rings.start()
    parts.zones.start()
    parts.routines.start()
    parts.backups.start()
    parts.removals.begin()
    parts.imports.resume()
    parts.note_chores.start()
    parts.passages.start()
    parts.knowledge.embedder.start()
    # What is loaded by now stays: looking through all of it for garbage would hold everybody for a tenth of a second.
    gc.collect()
    gc.freeze()
    gc.collect()  # counts anew how much there is that stays: by that Python decides when it looks through the rest
    await asyncio.to_thread(unconnected.give_memory_back)  # of what loading needed for a moment
    return tasks


async def stop(parts: Parts, tasks: list[asyncio.Task[None]]) -> None:
    """Ends it again, and lets go of connections, threads and files."""
    parts.house.leaving = True
    await parts.routines.stop()
    await parts.replies.finish(ANSWERS)
    await parts.rings.stop()
    await parts.zones.stop()
    await parts.backups.stop()
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
    await parts.replies.close()
    await parts.pulls.close()
    for work in (
        parts.imports,
        parts.arriving,
        parts.exports,
        parts.removals,
        parts.note_chores,
        parts.passages,
        parts.knowledge.embedder,
    ):
        await work.close()
    await parts.ollama.close()
    parts.passwords.close()
    await parts.house.stop()
    await asyncio.to_thread(parts.database.close)


async def purge_hourly(parts: Parts) -> None:
    """Deletes for good, each hour, what was deleted long enough ago; runs until it is cancelled."""
    while True:
        try:
            for purge in PURGES if await parts.house.once("purge", HOUR - EARLY) else ():
                await parts.database.run(purge, parts.clock())
        except AssistantError as error:
            logging.getLogger(__name__).warning("tidying waits an hour: %s", error)
        for kept in (parts.imports, parts.arriving, parts.exports):
            kept.tidy()
        await asyncio.to_thread(parts.uploads.tidy)
        parts.removals.begin()
        parts.note_chores.begin()
        parts.passages.begin()
        await asyncio.to_thread(parts.database.reserve.keep)
        await asyncio.sleep(HOUR)
