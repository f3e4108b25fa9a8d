"""Lets a model say what passages mean, in the background: the latest first, and never while an answer is written."""

import asyncio
import logging
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from assistant.errors import AssistantError, ModelUnavailable
from assistant.notes.passages import keeping, meaning
from assistant.notes.passages.due import DueWork
from assistant.notes.passages.meaning import Asked, Held, Model
from assistant.retrieval.prefixes import prefixes
from assistant.storage.database import Database

AT_ONCE = 16  # passages of one request
WITHIN = 120.0  # seconds of one request; a slow machine loads the model first
ASKED_WITHIN = 4.0  # seconds that a question waits for what it means; without that its words alone serve
PAUSE = 0.05  # seconds between two requests
BUSY = 0.5  # seconds between two looks whether an answer is still being written
REST = 2.0  # seconds after a change, in which passages are cut
AWAY = 300.0  # seconds after which a model that failed is tried again

Embed = Callable[[str, Sequence[str], float], Coroutine[Any, Any, list[list[float]]]]


class Embedder(DueWork):
    """Embeds what is due, and questions."""

    name, topics, rest = "meaning of passages", (keeping.TOPIC, "ollama"), REST

    def __init__(
        self, database: Database, embed: Embed, *, models: Callable[[], list[Model]], busy: Callable[[], bool]
    ) -> None:  # fmt: skip
        """Nothing is done before ``start``.

        ``models`` are those that make vectors, the preferred first; ``busy`` says that an answer is being written.
        """
        super().__init__(database)
        self._embed, self._models, self._busy = embed, models, busy
        self.held = Held()
        self._later: asyncio.TimerHandle | None = None

    async def close(self) -> None:
        """Pauses; the next process goes on."""
        if self._later:
            self._later.cancel()
        await super().close()

    async def asked(self, question: str) -> Asked | None:
        """What the question means to the model whose vectors there are; None where none is, or it takes too long."""
        known = self._models()
        home = await self._database.read(meaning.serving, [model.digest for model in known]) if known else None
        if home is None or not question.strip():
            return None
        name = next(model.name for model in known if model.digest == home.digest)
        try:
            found = await self._embed(name, [prefixes(name).question.format(question[:2000])], ASKED_WITHIN)
        except (AssistantError, TimeoutError):
            return None
        return Asked(home.id, found[0])

    async def _all(self) -> None:
        try:
            if models := self._models():
                await self._embed_all(models[0])
        except (AssistantError, TimeoutError) as error:
            logging.getLogger(__name__).warning("what notes mean waits: %s", error)
            self._later = asyncio.get_running_loop().call_later(AWAY, self.begin)

    async def _embed_all(self, model: Model) -> None:
        while not self._ending:
            if self._busy():
                await asyncio.sleep(BUSY)
                continue
            some = await self._database.read(meaning.due, model, AT_ONCE)
            if not some:
                await self._database.run(meaning.complete, model)
                return
            made = await self._made(model, some)
            if len(made) > 1 and all(vector is None for _, vector in made):
                raise AssistantError(f"{model.name} makes no vectors.")  # rather than of none of all these texts
            await self._database.run(meaning.keep, model, made)
            await asyncio.sleep(PAUSE)

    async def _made(
        self, model: Model, some: Sequence[tuple[int, str]]
    ) -> list[tuple[int, Sequence[float] | None]]:  # fmt: skip
        """The vectors of these; where the model refuses them, of each half, and in the end none for the one."""
        template = prefixes(model.name).passage
        texts = [template.format(text) for _, text in some]
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
            return list(zip([passage for passage, _ in some], asking.result(), strict=True))
        if not isinstance(error, ModelUnavailable) or error.reason not in {"refused", "broken"}:
            raise error
        if len(some) == 1:
            return [(some[0][0], None)]
        half = len(some) // 2
        return [*await self._made(model, some[:half]), *await self._made(model, some[half:])]
