"""Wakes when a brief or a scheduled question is due, makes it or asks it, and sets its alarm for the next."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import aclosing
from datetime import datetime, timedelta

from assistant.chat import context
from assistant.chat.models_status import ModelsStatus
from assistant.chat.routines import asking, brief_text, briefs
from assistant.chat.routines.around import Around
from assistant.chat.routines.briefs import Made
from assistant.chat.routines.rows import ScheduledQuestion
from assistant.chat.streaming.live import Live
from assistant.chat.streaming.replies import Replies
from assistant.errors import AssistantError, Conflict, ModelUnavailable, NotFound
from assistant.ollama.answers import Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.storage.database import Database
from assistant.storage.house.alarm import Alarm
from assistant.users import preferences
from assistant.users.household import choices

SLACK = timedelta(days=1)  # by which a clock is put back without anything being far away
SOONEST = timedelta(seconds=5)  # after which what could not be done now is tried again
PROSE_WITHIN = 120.0  # seconds that a model has for its words on a brief; the facts are there already
PROSE_TOKENS = 250
NO_MODEL = "There is no model yet. Pull one under Models."

log = logging.getLogger(__name__)


class Routines:
    """Makes briefs and asks questions at their times, for as long as it is started."""

    def __init__(
        self, database: Database, ollama: Ollama, replies: Replies, status: ModelsStatus, around: Around,
        clock: Callable[[], datetime], context_tokens: int,
    ) -> None:  # fmt: skip
        """Nothing happens before ``start``."""
        self._database, self._ollama, self._replies, self._status = database, ollama, replies, status
        self.around, self._now, self._context = around, clock, context_tokens
        self._alarm = Alarm(database.events, {"preferences", "routines", "brief"}, clock)
        self._one_at_a_time = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._writing: set[asyncio.Task[None]] = set()
        self._asked: set[int] = set()  # answers that were begun here
        self._latest: datetime | None = None  # when it was last looked
        replies.observers.append(self._answered)

    def start(self) -> None:
        """Makes up for what was missed today, and from now on does what is due; call it on the event loop."""
        self._alarm.start()
        self._task = asyncio.create_task(self._run(), name="routines")

    async def stop(self) -> None:
        """Does nothing more; a model's words on a brief are left out, and the answers go their own ways."""
        self._alarm.stop()
        tasks = [*self._writing, *([self._task] if self._task else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def look(self) -> None:
        """Does what is due now."""
        read, run, around = self._database.read, self._database.run, self.around
        await self._repair()
        if await read(briefs.is_unplanned):
            await run(briefs.plan, around, self._now())
        if await read(asking.is_astray):
            await run(asking.follow_zones, around, self._now())
        for user in await read(briefs.due, self._now()):
            await self._trying(self._brief, user)
        for question in await read(asking.due, self._now()):
            await self._trying(self._claim, question)
        for question in await read(asking.waiting, self._now()):
            await self._trying(self._step, question)

    async def _repair(self) -> None:
        """At the start, and whenever the clock was put back: takes back what was put off to a time far away."""
        now = self._now()
        if self._latest is None or now < self._latest - SLACK:
            await self._database.run(briefs.forget_future, now)
            await self._database.run(asking.forget_future, self.around, now)
        self._latest = now

    async def brief_now(self, user: int) -> Made:
        """A brief of the user's, made now. Raises Conflict while an answer is being written where it would stand."""
        made = await self._database.run(briefs.make, user, self.around, self._now())
        self._begin_prose(made)
        return made

    async def written(self) -> None:
        """Waits until models have said what they have to say on briefs."""
        await asyncio.gather(*self._writing)

    def _answered(self, live: Live, _state: str) -> None:
        if live.id in self._asked:
            self._asked.discard(live.id)
            task = asyncio.create_task(self._hurry(live.id))
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _hurry(self, answer: int) -> None:
        await self._trying(self._hurried, answer)
        self._alarm.ring()

    async def _hurried(self, answer: int) -> None:
        await self._database.run(asking.hurry, answer, self._now())

    async def _run(self) -> None:
        while True:
            await self._alarm.heard()
            try:
                await self.look()
                moments = await self._database.read(briefs.next_due), await self._database.read(asking.next_moment)
                if due := min((at for at in moments if at), default=None):
                    self._alarm.set(due, soonest=SOONEST)
            except Exception:
                # Whatever it is: one that stops would be silent for ever. The net looks again.
                log.exception("Briefs and scheduled questions wait a minute")

    async def _trying(self, act: Callable[[int], object], of: int) -> None:
        """Does it; what fails is tried again at the next look, and holds up nothing else."""
        try:
            found = act(of)
            if asyncio.iscoroutine(found):
                await found
        except Conflict:
            pass  # somebody writes there
        except AssistantError as error:
            log.warning("a brief or a scheduled question waits a minute: %s", error)
        except Exception:
            log.exception("a brief or a scheduled question failed")

    async def _brief(self, user: int) -> None:
        made = await self._database.run(briefs.claim, user, self.around, self._now())
        if made is not None:
            self._begin_prose(made)

    async def _claim(self, question: int) -> None:
        await self._database.run(asking.claim, question, self.around, self._now())

    async def _step(self, question: int) -> None:
        row = await self._database.run(asking.take, question, self._now())
        if row is None:
            return
        if row.answer_id is None:
            answer = await self._ask(row)
        else:
            answer = await self._database.run(asking.follow, question, self.around, self._now())
        if answer is not None:
            self._asked.add(answer)
            try:
                await self._replies.start(row.user, answer)
            except NotFound:
                self._asked.discard(answer)

    async def _ask(self, row: ScheduledQuestion) -> int | None:
        try:
            await self._ollama.models()  # where it is away, that is what is the matter
            model, problem = row.model or await self._model(row.user), NO_MODEL
            if model:
                return await self._database.run(asking.ask, row.id, model, self._now())
        except (ModelUnavailable, Conflict) as error:
            problem = error.sentence
        await self._database.run(asking.wait, row.id, problem, self.around, self._now())
        return None

    async def _model(self, user: int) -> str:
        """The model of who has chosen none for this: the person's, the household's, the newest; empty without any."""
        if not self._status.chat_names():
            await self._status.refresh()
        names = self._status.chat_names()
        own = (await self._database.read(preferences.load, user)).model
        wished = (own, await self._database.read(choices.default_model))
        return next((name for name in wished if name in names), next(iter(names), ""))

    def _begin_prose(self, made: Made) -> None:
        if made.written:
            task = asyncio.create_task(self._prose(made), name="words on a brief")
            self._writing.add(task)
            task.add_done_callback(self._writing.discard)

    async def _prose(self, made: Made) -> None:
        """Adds a model's words to a brief; one that is away, slow or wrong adds none."""
        try:
            async with self._one_at_a_time, asyncio.timeout(PROSE_WITHIN):
                model = await self._model(made.user)
                written = await self._say(model, brief_text.wish(made.day)) if model else ""
        except (ModelUnavailable, TimeoutError):
            return
        if prose := brief_text.prose(written, made.day):
            await self._database.run(briefs.add_prose, made, prose, model)

    async def _say(self, model: str, wish: str) -> str:
        known = await self._ollama.known(model)
        think = False if "thinking" in known.capabilities else None
        size = context.size(self._context, known.context)
        options = Options(num_ctx=size, num_predict=PROSE_TOKENS, think=think)
        async with aclosing(self._ollama.chat(model, [Turn("user", wish)], options)) as pieces:
            return "".join([piece.text async for piece in pieces])
