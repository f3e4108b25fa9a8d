"""Lets a model say what texts mean, in the background: the latest first, and never while an answer is written."""

import asyncio
import logging
from collections.abc import Callable, Collection, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from assistant.errors import AssistantError, ModelUnavailable
from assistant.retrieval.due import DueWork
from assistant.retrieval.meaning.looking import PROBES, Asked
from assistant.retrieval.meaning.making import Model
from assistant.retrieval.meaning.rows import Part
from assistant.retrieval.meaning.stock import Meanings
from assistant.retrieval.prefixes import prefixes
from assistant.storage.database import Database

AT_ONCE = 16  # texts of one request
WITHIN = 120.0  # seconds of one request; a slow machine loads the model first
ASKED_WITHIN = 4.0  # seconds that a question waits for what it means; without that its words alone serve
PAUSE = 0.05  # seconds between two requests
BUSY = 0.5  # seconds between two looks whether an answer is still being written
REST = 2.0  # seconds after a change, in which passages are cut
AWAY = 300.0  # seconds after which a model that failed is tried again
HELD_FOR = 600.0  # seconds after a question in which what was looked through stays in memory

Embed = Callable[[str, Sequence[str], float], Coroutine[Any, Any, list[list[float]]]]


class Embedder(DueWork):
    """Embeds what is due, one stock of texts after another, and questions."""

    name, rest = "meaning of texts", REST

    def __init__(
        self, database: Database, embed: Embed, stocks: Sequence[Meanings], *, topics: Collection[str],
        models: Callable[[], list[Model]], busy: Callable[[], bool],
    ) -> None:  # fmt: skip
        """Nothing is done before ``start``.

        ``topics`` tell that something may be due; ``models`` are those that make vectors, the preferred first;
        ``busy`` says that an answer is being written.
        """
        super().__init__(database)
        self._embed, self._stocks, self._models, self._busy = embed, stocks, models, busy
        self.topics = topics
        self._later: asyncio.TimerHandle | None = None
        self._clearing: asyncio.TimerHandle | None = None

    async def close(self) -> None:
        """Pauses; the next process goes on."""
        for timer in (self._later, self._clearing):
            if timer:
                timer.cancel()
        await super().close()

    async def asked(self, question: str) -> Asked | None:
        """What the question means to the models whose vectors there are; None where none is, or it takes too long."""
        known = self._models()
        if not known or not question.strip():
            return None
        digests = await self._database.read(self._serving, [model.digest for model in known])
        try:
            found = {
                model.digest: (await self._meant(model.name, question[:2000]))
                for model in known if model.digest in digests
            }  # fmt: skip
        except (AssistantError, TimeoutError):
            return None
        self._clear_later()
        return Asked(found) if found else None

    async def _meant(self, model: str, question: str) -> list[float]:
        return (await self._embed(model, [prefixes(model).question.format(question)], ASKED_WITHIN))[0]

    def _serving(self, digests: list[str]) -> set[str]:
        return {str(home.digest) for one in self._stocks if (home := one.looking.serving(digests))}

    def _clear_later(self) -> None:
        """Lets go of what is held in memory once nobody has asked for a while."""
        if self._clearing:
            self._clearing.cancel()
        self._clearing = asyncio.get_running_loop().call_later(HELD_FOR, self._clear)

    def _clear(self) -> None:
        for one in self._stocks:
            one.looking.held.clear()

    async def _all(self) -> None:
        try:
            if models := self._models():
                for one in self._stocks:
                    await self._embed_all(one, models[0])
        except (AssistantError, TimeoutError) as error:
            logging.getLogger(__name__).warning("what texts mean waits: %s", error)
            self._later = asyncio.get_running_loop().call_later(AWAY, self.begin)

    async def _embed_all(self, stock: Meanings, model: Model) -> None:
        read, run, making, token = self._database.read, self._database.run, stock.making, uuid4().hex
        while not self._ending:
            if self._busy():
                await asyncio.sleep(BUSY)
                continue
            some: list[Part] | None = None
            if await read(making.waits, model, _now()):
                some = await run(making.claim, model, AT_ONCE // stock.parts_each, token, _now())
            if some is None:
                await self._finish(stock, model)
                return
            try:
                made = await self._made(model, some) if some else []
                if len(made) > 1 and all(vector is None for _, vector in made):
                    raise AssistantError(f"{model.name} makes no vectors.")  # rather than of none of all these texts
                if made:
                    await run(making.keep, model, token, made)
            finally:
                if some:
                    await run(making.release, token)
            await asyncio.sleep(PAUSE)

    async def _finish(self, stock: Meanings, model: Model) -> None:
        """Says that all is there, and what chance alone comes to."""
        if await self._database.read(stock.making.completes, model):
            await self._database.run(stock.making.complete, model)
        if await self._database.read(stock.making.wants_probes, model):
            template = prefixes(model.name).question
            probes = await self._embed(model.name, [template.format(one) for one in PROBES], WITHIN)
            await self._database.run(stock.making.keep_probes, model, probes)

    async def _made(
        self, model: Model, some: Sequence[Part]
    ) -> list[tuple[Part, Sequence[float] | None]]:  # fmt: skip
        """The vectors of these; where the model refuses them, of each half, and in the end none for the one."""
        template = prefixes(model.name).passage
        texts = [template.format(part.text) for part in some]
        asking = asyncio.create_task(self._embed(model.name, texts, WITHIN))
        try:
            while not asking.done() and not self._busy():
                await asyncio.wait({asking}, timeout=PAUSE)
        finally:
            asking.cancel()
        await asyncio.wait({asking})
        if asking.cancelled():
            return []  # an answer came first
        error = asking.exception()
        if error is None:
            return list(zip(some, asking.result(), strict=True))
        if not isinstance(error, ModelUnavailable) or error.reason not in {"refused", "broken"}:
            raise error
        if len(some) == 1:
            return [(some[0], None)]
        half = len(some) // 2
        return [*await self._made(model, some[:half]), *await self._made(model, some[half:])]


def _now() -> datetime:
    return datetime.now(UTC)
