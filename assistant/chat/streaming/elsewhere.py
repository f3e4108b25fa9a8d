"""Answers that other instances write, followed here; and ours, told to those who follow them there.

A follower asks the writer, who sends what came since, 20 times a second at most. Where something was lost on its way
the follower asks again; the row, which has all but the last second, is read every other second in any case.
"""

import asyncio
import time
from collections.abc import Callable
from contextlib import aclosing, suppress
from typing import Any

from assistant.chat import messages
from assistant.chat.models import WRITING, Message
from assistant.chat.streaming import leases
from assistant.chat.streaming.live import Live
from assistant.errors import AssistantError, NotFound
from assistant.storage.database import Database
from assistant.storage.house.house import House

FOLLOW, FRAME, STOP = "follow answer", "part of answer", "stop answer"
LOOK_EVERY = 2.0  # seconds between two readings of the row
LOOKS = 3  # at a mirror into which nobody looks
BEGINS_WITHIN = 0.2  # seconds after which an answer that nobody writes yet is looked at again
TOLD_FOR = 10.0  # seconds that a writer tells a follower of whom nothing more is heard
STOPS_WITHIN = 3.0  # seconds in which the writer must have stopped


class Elsewhere:
    """What this instance knows of the answers of others, and tells them of its own."""

    def __init__(self, database: Database, house: House, own: Callable[[int], Live | None]) -> None:
        """``own`` finds an answer that is written here."""
        self._database, self._house, self._own = database, house, own
        self._mirrors: dict[int, Live] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._ended: dict[int, asyncio.Event] = {}
        self._telling: dict[tuple[int, str], asyncio.Task[None]] = {}
        self._until: dict[tuple[int, str], float] = {}
        house.on(FOLLOW, self._asked)
        house.on(FRAME, self._came)

    async def find(self, user: int, answer: int) -> Live | None:
        """The answer as it grows elsewhere; None when it is finished or someone else's."""
        known = self._mirrors.get(answer)
        if known is None:
            with suppress(NotFound):
                row = await self._database.read(messages.get_own, user, answer)
                known = self._mirrors.get(answer) or (self._mirror(row) if row.state == WRITING else None)
        return known if known and known.user == user else None

    async def stop(self, user: int, answer: int) -> None:
        """Ends the answer where it is; NotFound when it is someone else's."""
        row = await self._database.read(messages.get_own, user, answer)
        if row.state == WRITING and row.writer:
            self._house.say(STOP, [user, answer], row.writer)
            until = time.monotonic() + STOPS_WITHIN
            while row.state == WRITING and time.monotonic() < until:
                await asyncio.sleep(BEGINS_WITHIN / 2)
                row = await self._database.read(messages.get_own, user, answer)
        if row.state == WRITING:
            # Whoever writes it does not hear; the row is heard in any case.
            await self._database.run(leases.end, answer)

    async def close(self) -> None:
        """Follows and tells nothing any more."""
        tasks = [*self._tasks, *self._telling.values()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _mirror(self, row: Message) -> Live:
        mirror = Live(row.id, row.user, row.conversation_id, "")
        self._mirrors[row.id], self._ended[row.id] = mirror, asyncio.Event()
        task = asyncio.create_task(self._tend(mirror), name=f"answer {row.id} elsewhere")
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return mirror

    async def _tend(self, mirror: Live) -> None:
        """Keeps the mirror growing until the answer is at its end, or nobody looks at it any more."""
        writer = state = ""
        alone = 0
        try:
            while alone < LOOKS:
                alone = 0 if mirror.is_followed else alone + 1
                with suppress(AssistantError):
                    row = await self._database.read(Message.get_or_none, Message.id == mirror.id)
                    if row is None or row.state != WRITING:
                        state = row.state if row else ""
                        return
                    mirror.grow_to(0, row.text, 0, row.thinking)
                    if row.writer:
                        self._ask(mirror, row.writer, anew=row.writer != writer)
                    writer = row.writer
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY if writer else BEGINS_WITHIN):
                        await self._ended[mirror.id].wait()
                        self._ended[mirror.id].clear()
        finally:
            del self._mirrors[mirror.id], self._ended[mirror.id]
            mirror.final, mirror.status = True, state
            mirror.wake()

    def _ask(self, mirror: Live, writer: str, *, anew: bool) -> None:
        self._house.say(FOLLOW, [mirror.id, len(mirror.text), len(mirror.thinking), anew], writer)

    def _came(self, by: str, what: Any) -> None:
        answer, text_at, text, thinking_at, thinking, status, thought, final = what
        mirror = self._mirrors.get(answer)
        if mirror is None:
            return
        if final:
            self._ended[answer].set()
        elif mirror.grow_to(text_at, text, thinking_at, thinking):
            mirror.status, mirror.thinking_seconds = status, thought
            mirror.wake()
        else:
            self._ask(mirror, by, anew=True)

    def _asked(self, by: str, what: Any) -> None:
        answer, text, thinking, anew = what
        key, live = (answer, by), self._own(answer)
        if live is None:
            self._house.say(FRAME, [answer, 0, "", 0, "", "", 0.0, True], by)
            return
        self._until[key] = time.monotonic() + TOLD_FOR
        former = self._telling.get(key)
        if former is not None and anew:
            former.cancel()
        if former is None or anew:
            task = asyncio.create_task(self._tell(live, by, text, thinking), name=f"answer {answer} told")
            self._telling[key] = task
            task.add_done_callback(lambda _task: self._told(key, task))

    def _told(self, key: tuple[int, str], task: "asyncio.Task[None]") -> None:
        if self._telling.get(key) is task:
            del self._telling[key], self._until[key]

    async def _tell(self, live: Live, by: str, text_at: int, thinking_at: int) -> None:
        async with aclosing(live.follow()) as updates:
            async for update in updates:
                text, thinking = live.text, live.thinking
                self._house.say(
                    FRAME,
                    [live.id, text_at, text[text_at:], thinking_at, thinking[thinking_at:], update.status,
                     live.thought, update.final],
                    by,
                )  # fmt: skip
                text_at, thinking_at = len(text), len(thinking)
                if time.monotonic() > self._until[live.id, by]:
                    return
