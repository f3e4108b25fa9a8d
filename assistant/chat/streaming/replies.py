"""The answers that are being written, owned by the server and not by any page."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import asynccontextmanager, suppress
from datetime import datetime
from typing import Any

from assistant.chat import messages
from assistant.chat.acting.rooms import Rooms
from assistant.chat.acting.turn import Begun, Turns
from assistant.chat.models import CUT, DONE, FAILED, STOPPED, WRITING, Message
from assistant.chat.streaming import leases
from assistant.chat.streaming.answering import Answering
from assistant.chat.streaming.elsewhere import STOP, Elsewhere
from assistant.chat.streaming.keeping import TAKE, Keeping
from assistant.chat.streaming.live import Live, outcome
from assistant.chat.streaming.titles import Titles
from assistant.errors import AssistantError, ModelUnavailable, NotFound
from assistant.ollama.door import Ollama
from assistant.storage.database import Database
from assistant.storage.house.house import House
from assistant.users import accounts

Tell = Callable[[Message, Begun], None]
CHECKPOINT = 1.0  # seconds between two writes of the unfinished text
OVERDUE_EVERY = 2.0  # seconds between two looks at what nobody writes any more


class Replies:
    """Starts, follows and stops answers; each is one task that outlives every page."""

    def __init__(
        self, database: Database, ollama: Ollama, *, clock: Callable[[], datetime], context_tokens: int,
        rooms: Rooms, better_titles: Callable[[int], Awaitable[bool]] | None = None, house: House | None = None,
    ) -> None:  # fmt: skip
        """``rooms`` are what answers act in, ``house`` is who else writes some.

        ``better_titles`` says whether a user wants titles from the model.
        """
        self._database = database
        self._house = house or House(database, None)
        self._turns = Turns(database, ollama, rooms, clock, context_tokens)
        self._answering = Answering(database, ollama, self._turns, context_tokens)
        self._keeping = Keeping(database, self._house, clock)
        self._titles = Titles(database, ollama, wanted=better_titles, context_tokens=context_tokens)
        self._live: dict[int, Live] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._elsewhere = Elsewhere(database, self._house, self._live.get)
        self._house.on(TAKE, lambda _by, what: self._begin(self.start(*what)))
        self._house.on(STOP, lambda _by, what: self._begin(self._stop_here(*what)))
        self._begun: set[asyncio.Task[None]] = set()
        # Hear of each answer that came to an end, and of how.
        self.observers: list[Callable[[Live, str], None]] = []
        self._titling: asyncio.Task[None] | None = None

    def begun(self, user: int, answer: int) -> Begun:
        """What the answer begins with, to ``start`` it with; for the unit of work in which it is stored."""
        return self._turns.read(user, answer)

    async def start(
        self, user: int, answer: int, stored: Message | None = None, begun: Begun | None = None
    ) -> None:  # fmt: skip
        """Begins to write the answer, which is stored as *writing*; starting twice is once.

        ``stored`` is its row and ``begun`` what it begins with, where it was made just now: they need not be read.
        """
        if answer in self._live:
            return
        row = stored if stored is not None else await self._database.read(messages.get_own, user, answer)
        if row.state != WRITING or answer in self._live:
            return
        if self._house.leaving and self._house.others:
            self._house.say(TAKE, [user, answer])
            return
        if not self._house.alone:
            if not await self._database.run(leases.claim, answer, self._house.name):
                return  # another instance writes it
            row = await self._database.read(messages.get_own, user, answer)
            if answer in self._live:
                return
        self._take(user, row, begun)

    @asynccontextmanager
    async def ahead(self, user: int) -> AsyncIterator[Tell]:
        """What a unit of work tells of the new answer that it stores, which then begins before all of it lasts.

        Nothing that its model says is heard before the end of this context, in which the unit is awaited; where that
        fails, nothing ever is.
        """
        loop = asyncio.get_running_loop()
        lasting: asyncio.Future[None] = loop.create_future()

        def tell(answer: Message, begun: Begun) -> None:
            if self._house.alone:  # else the unit may be done again, or another instance write the answer
                loop.call_soon_threadsafe(self._take_ahead, user, answer, begun, lasting)

        try:
            yield tell
        except BaseException:
            lasting.cancel()
            raise
        lasting.set_result(None)

    async def find(self, user: int, answer: int) -> Live | None:
        """The answer while it is written, wherever; None when it is finished or someone else's."""
        return self.live(user, answer) or (None if self._house.alone else await self._elsewhere.find(user, answer))

    def live(self, user: int, answer: int) -> Live | None:
        """The answer while it is written here; None when it is not, or someone else's."""
        found = self._live.get(answer)
        return found if found and found.user == user else None

    @property
    def being_written(self) -> int:
        """How many answers are being written here."""
        return len(self._live)

    async def writing(self, user: int) -> set[int]:
        """The user's conversations in which an answer is being written."""
        return {conversation for _, conversation in await self._of(user)}

    async def stop(self, user: int, answer: int) -> None:
        """Ends the answer where it is, at Ollama too; NotFound when it is someone else's."""
        live = self._live.get(answer)
        if live is None:
            await self._elsewhere.stop(user, answer)
            return
        if live.user != user:
            raise NotFound("There is no such message.")
        live.stopped = True
        task = self._tasks[answer]
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.shield(asyncio.gather(task, return_exceptions=True))

    async def stop_in(self, user: int, conversation: int) -> None:
        """Ends the answers of the user's conversation."""
        for answer, place in await self._of(user):
            if place == conversation:
                await self.stop(user, answer)

    async def stop_all(self, user: int) -> None:
        """Ends all answers of the user."""
        for answer, _ in await self._of(user):
            await self.stop(user, answer)

    async def watch(self) -> None:
        """Interrupts, again and again until cancelled, what an instance that died was writing."""
        while not self._house.alone:
            with suppress(AssistantError):  # a database that is away has nothing to say of anybody
                if await self._database.read(leases.are_overdue):
                    await self._database.run(leases.interrupt_overdue)
            await asyncio.sleep(OVERDUE_EVERY)

    async def finish(self, seconds: float) -> None:
        """Waits, where others can follow, so long for what is being written."""
        if self._tasks and not self._house.alone:
            await asyncio.wait(self._tasks.values(), timeout=seconds)

    async def close(self) -> None:
        """Ends every task; their rows keep what came, for other instances or to be interrupted at the next start."""
        await self._elsewhere.close()
        tasks = [*self._tasks.values(), *([self._titling] if self._titling else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _take_ahead(self, user: int, answer: Message, begun: Begun, lasting: "asyncio.Future[None]") -> None:
        if lasting.done():
            return
        live = self._take(user, answer, begun)
        live.lasting = lasting

        def settle(done: "asyncio.Future[None]") -> None:
            live.lost = done.cancelled()
            if live.lost and (task := self._tasks.get(live.id)):
                task.cancel()

        lasting.add_done_callback(settle)

    def _take(self, user: int, row: Message, begun: Begun | None) -> Live:
        if self._titling:
            self._titling.cancel()
        live = Live(
            row.id, user, row.conversation_id, row.text, row.seconds or 0.0, thinking=row.thinking,
            thought=row.thinking_seconds,
        )  # fmt: skip
        self._live[row.id] = live
        self._tasks[row.id] = asyncio.create_task(self._write(live, begun), name=f"answer {row.id}")
        return live

    async def _of(self, user: int) -> list[tuple[int, int]]:
        """The user's answers that are being written, wherever, each with its conversation."""
        if not self._house.alone:
            return await self._database.read(leases.written, user)
        return [(live.id, live.conversation) for live in self._live.values() if live.user == user]

    async def _write(self, live: Live, begun: Begun | None) -> None:
        state, error = DONE, ""
        saver = asyncio.create_task(self._checkpoints(live))
        cancelled = False
        try:
            await self._answering.write(live, begun)
            live.settle()
            state, error = outcome(live)
        except asyncio.CancelledError:
            state, cancelled = STOPPED, not live.stopped
        except ModelUnavailable as failure:
            state, error = FAILED, failure.told(owner=await self._owner(live.user))
        except AssistantError as failure:
            state, error = FAILED, failure.sentence
        except Exception:
            # A bug must not leave an endless spinner; what it says may hold what nobody should read.
            logging.getLogger(__name__).exception("an answer failed")
            state, error = FAILED, "Something went wrong. The log has the details."
        saver.cancel()
        await live.lasts()
        if live.lost:
            self._let_go(live, WRITING)
            return
        if cancelled:
            # The process is going down: the row keeps its text and is told apart at the start.
            await asyncio.shield(self._keeping.leave(live))
            raise asyncio.CancelledError
        await self._finish(live, state, error)

    async def _stop_here(self, user: int, answer: int) -> None:
        if answer in self._live:
            await self.stop(user, answer)

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._begun.add(task)
        task.add_done_callback(self._begun.discard)

    async def _owner(self, user: int) -> bool:
        with suppress(AssistantError):
            return await self._database.read(accounts.is_owner, user)
        return False

    async def _finish(self, live: Live, state: str, error: str) -> None:
        try:
            state = await self._keeping.end(live, state, error)
        finally:
            self._let_go(live, state)
            for observe in self.observers:
                observe(live, state)
        if state in {DONE, CUT} and not self._live:
            self._titling = asyncio.create_task(self._titles.improve(live.user, live.id))

    def _let_go(self, live: Live, state: str) -> None:
        self._live.pop(live.id, None)
        self._tasks.pop(live.id, None)
        live.final, live.status = True, state
        live.wake()

    async def _checkpoints(self, live: Live) -> None:
        saved = 0
        while True:
            await asyncio.sleep(CHECKPOINT)
            with suppress(Exception):  # a database that is busy locks nobody out
                if await self._database.read(accounts.is_disabled, live.user):
                    live.stopped = True
                    self._tasks[live.id].cancel()
                    return
            so_far = live.so_far
            size = len(str(so_far["text"])) + len(str(so_far["thinking"]))
            if size != saved or not self._house.alone:
                with suppress(Exception):  # the final write says it, if the trouble lasts
                    if not await self._keeping.so_far(live):
                        self._tasks[live.id].cancel()
                    saved = size
