"""The answers that are being written, owned by the server and not by any page."""

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress
from datetime import datetime

from assistant.chat import context, messages
from assistant.chat.acting.rooms import Rooms
from assistant.chat.acting.turn import Turns
from assistant.chat.models import CUT, DONE, FAILED, STOPPED, WRITING
from assistant.chat.streaming.live import Live
from assistant.chat.streaming.titles import Titles
from assistant.errors import AssistantError, ModelUnavailable, NotFound
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.storage.database import Database
from assistant.users import accounts

CHECKPOINT = 1.0  # seconds between two writes of the unfinished text
FIRST = 0.004  # seconds that the first words have to leave for the pages
LOADING_AFTER = 1.0  # seconds of silence after which the model is taken to be loading


class Replies:
    """Starts, follows and stops answers; each is one task that outlives every page."""

    def __init__(
        self, database: Database, ollama: Ollama, *, clock: Callable[[], datetime], context_tokens: int,
        rooms: Rooms, better_titles: Callable[[int], Awaitable[bool]] | None = None,
    ) -> None:  # fmt: skip
        """``better_titles`` says whether a user wants titles from the model; ``rooms`` are what answers act in."""
        self._database, self._ollama, self._clock = database, ollama, clock
        self._turns = Turns(database, ollama, rooms, clock)
        self._context = context_tokens
        self._titles = Titles(database, ollama, wanted=better_titles, context_tokens=context_tokens)
        self._live: dict[int, Live] = {}
        self._tasks: dict[int, asyncio.Task[None]] = {}
        # Hear of each answer that came to an end, and of how.
        self.observers: list[Callable[[Live, str], None]] = []
        self._titling: asyncio.Task[None] | None = None

    async def start(self, user: int, answer: int) -> None:
        """Begins to write the answer, which is stored as *writing*; starting twice is once."""
        if answer in self._live:
            return
        row = await self._database.read(messages.get_own, user, answer)
        if row.state != WRITING or answer in self._live:
            return
        if self._titling:
            self._titling.cancel()
        live = Live(
            answer, user, row.conversation_id, row.text, row.seconds or 0.0, thinking=row.thinking,
            thought=row.thinking_seconds,
        )  # fmt: skip
        self._live[answer] = live
        self._tasks[answer] = asyncio.create_task(self._write(live), name=f"answer {answer}")

    def live(self, user: int, answer: int) -> Live | None:
        """The answer while it is written; None when it is finished or someone else's."""
        found = self._live.get(answer)
        return found if found and found.user == user else None

    @property
    def being_written(self) -> int:
        """How many answers are being written here."""
        return len(self._live)

    def writing(self, user: int) -> set[int]:
        """The user's conversations in which an answer is being written."""
        return {live.conversation for live in self._live.values() if live.user == user}

    async def stop(self, user: int, answer: int) -> None:
        """Ends the answer where it is, at Ollama too; NotFound when it is someone else's."""
        live = self._live.get(answer)
        if live is None:
            await self._database.read(messages.get_own, user, answer)
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
        for live in list(self._live.values()):
            if (live.user, live.conversation) == (user, conversation):
                await self.stop(user, live.id)

    async def stop_all(self, user: int) -> None:
        """Ends all answers of the user."""
        for live in list(self._live.values()):
            if live.user == user:
                await self.stop(user, live.id)

    async def close(self) -> None:
        """Ends every task; their rows keep what came and become *interrupted* at the next start."""
        tasks = [*self._tasks.values(), *([self._titling] if self._titling else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _write(self, live: Live) -> None:
        state, error = DONE, ""
        saver = asyncio.create_task(self._checkpoints(live))
        cancelled = False
        try:
            await self._stream(live)
            live.settle()
            state, error = _outcome(live)
        except asyncio.CancelledError:
            state, cancelled = STOPPED, not live.stopped
        except ModelUnavailable as failure:
            state, error = FAILED, failure.told(owner=await self._owner(live.user))
        except AssistantError as failure:
            state, error = FAILED, failure.sentence
        except Exception as failure:  # noqa: BLE001 - a bug must not leave an endless spinner
            state, error = FAILED, f"Something went wrong: {failure!r}"
        saver.cancel()
        if cancelled:
            # The process is going down: the row keeps its text and is told apart at the start.
            await asyncio.shield(self._database.run(messages.checkpoint, live.id, **_so_far(live)))
            raise asyncio.CancelledError
        await self._finish(live, state, error)

    async def _owner(self, user: int) -> bool:
        with suppress(AssistantError):
            return await self._database.read(accounts.is_owner, user)
        return False

    async def _finish(self, live: Live, state: str, error: str) -> None:
        values = {
            **_so_far(live),
            "state": state,
            "error": error,
            "seconds": live.seconds_before + time.monotonic() - live.started,
            "clipped": live.clipped,
        }
        if live.end and live.continued:
            # Ollama counted the text so far as part of the prompt, so only the sum is true.
            values["prompt_tokens"] = live.end.prompt_tokens + live.end.answer_tokens
        elif live.end:
            values |= {
                "prompt_tokens": live.end.prompt_tokens,
                "answer_tokens": live.end.answer_tokens,
                "answer_seconds": live.end.answer_seconds,
            }
        try:
            await self._database.run(messages.finish, live.id, self._clock(), **values)
        except Exception:
            # Whatever cannot be stored must not leave the conversation waiting for an end for ever.
            logging.getLogger(__name__).exception("an answer could not be stored")
            state = FAILED
            with suppress(Exception):
                await self._database.run(
                    messages.finish, live.id, self._clock(), state=state, error="The answer could not be stored."
                )
        finally:
            self._live.pop(live.id, None)
            self._tasks.pop(live.id, None)
            live.final, live.status = True, state
            live.wake()
            for observe in self.observers:
                observe(live, state)
        if state in {DONE, CUT} and not self._live:
            self._titling = asyncio.create_task(self._titles.improve(live.user, live.id))

    async def _stream(self, live: Live) -> None:
        opening = await self._turns.begin(live.user, live.id)
        if not opening.model:
            raise ModelUnavailable("There is no model yet. Pull one under Models, then press Retry.", reason="missing")
        model = await self._ollama.known(opening.model)
        aside = await self._turns.aside(opening, model)
        wanted = await self._database.read(
            context.request, live.user, live.id, self._context, limit=model.context, aside=aside
        )
        if wanted.left_out:
            await self._database.run(messages.leave_out, live.id, wanted.left_out)
        think = context.thinking(wanted, model)
        options = Options(
            num_ctx=wanted.num_ctx, temperature=wanted.temperature, keep_alive=wanted.keep_alive, think=think
        )
        begun = False
        loading = asyncio.get_running_loop().call_later(LOADING_AFTER, _loading, live)
        try:
            pieces = self._turns.pieces(opening, wanted, model, options)
            async with aclosing(pieces):
                async for piece in pieces:
                    live.add(piece)
                    if piece.text and not begun:
                        # A quick model sends all at once; its first words go out before the rest is read.
                        begun = True
                        await asyncio.sleep(FIRST)
        finally:
            loading.cancel()
        await self._turns.settle(opening, model, live.text, options)

    async def _checkpoints(self, live: Live) -> None:
        saved = 0
        while True:
            await asyncio.sleep(CHECKPOINT)
            with suppress(Exception):  # a database that is busy locks nobody out
                if await self._database.read(accounts.is_disabled, live.user):
                    live.stopped = True
                    self._tasks[live.id].cancel()
                    return
            so_far = _so_far(live)
            size = len(str(so_far["text"])) + len(str(so_far["thinking"]))
            if size != saved:
                with suppress(Exception):  # the final write says it, if the trouble lasts
                    await self._database.run(messages.checkpoint, live.id, **so_far)
                    saved = size


def _loading(live: Live) -> None:
    if live.status == "waiting":
        live.status = "loading"
        live.wake()


def _outcome(live: Live) -> tuple[str, str]:
    """The state of an answer that came to its end, and what is wrong with it."""
    cut = live.end is not None and live.end.reason == "length"
    if live.text.strip():
        return (CUT if cut else DONE), ""
    if live.thinking and cut:
        return FAILED, (
            "The model thought until it could write no more, and gave no answer. Allow more context in the settings, "
            "or set Thinking to Off, then try again."
        )
    if live.thinking:
        return FAILED, "The model only thought, and gave no answer. Try again, or set Thinking to Off."
    return FAILED, "The model gave no answer. Try again, or choose another model."


def _so_far(live: Live) -> dict[str, object]:
    return {"text": live.text, "thinking": live.thinking, "thinking_seconds": live.thinking_seconds}
