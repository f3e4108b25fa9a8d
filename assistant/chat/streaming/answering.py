"""One answer, from what its conversation says to what the model does."""

import asyncio
from contextlib import aclosing

from assistant.chat import context, messages
from assistant.chat.acting.turn import Begun, Turns
from assistant.chat.streaming.live import Live
from assistant.errors import ModelUnavailable
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.storage.database import Database

FIRST = 0.004  # seconds that the first words have to leave for the pages
LOADING_AFTER = 1.0  # seconds of silence after which the model is taken to be loading


class Answering:
    """Has models write answers."""

    def __init__(self, database: Database, ollama: Ollama, turns: Turns, context_tokens: int) -> None:
        """Models read so many tokens unless a conversation wishes otherwise."""
        self._database, self._ollama, self._turns, self._context = database, ollama, turns, context_tokens

    async def write(self, live: Live, known: Begun | None = None) -> None:
        """Hands ``live`` what the model says, until it has said all; ``known`` is what its rows say.

        Raises ModelUnavailable, with what is the matter.
        """
        opening = await self._turns.begin(live.user, live.id, known)
        if not opening.model:
            await self._ollama.models()  # where Ollama is away, that is what is the matter
            raise ModelUnavailable("There is no model yet. Pull one under Models, then press Retry.", reason="missing")
        model = await self._ollama.known(opening.model)
        if opening.reads or opening.knows or opening.course.pictured:
            await live.lasts()  # others than who writes them read rows for it
        aside = await self._turns.aside(opening, model)
        wanted = await self._turns.fitted(opening, self._context, limit=model.context, aside=aside)
        if wanted.left_out:
            await self._database.run(messages.leave_out, live.id, wanted.left_out)
        think = context.thinking(wanted, model)
        options = Options(
            num_ctx=wanted.num_ctx, temperature=wanted.temperature, keep_alive=wanted.keep_alive, think=think
        )
        begun = False
        loading = asyncio.get_running_loop().call_later(LOADING_AFTER, _loading, live)
        try:
            pieces = self._turns.pieces(opening, wanted, model, options, aside)
            async with aclosing(pieces):
                async for piece in pieces:
                    await live.lasts()
                    live.add(piece)
                    if piece.text and not begun:
                        # A quick model sends all at once; its first words go out before the rest is read.
                        begun = True
                        await asyncio.sleep(FIRST)
        finally:
            loading.cancel()
        live.correct(await self._turns.without_strange_marks(opening, live.text))
        await self._turns.settle(opening, model, live.text, options)


def _loading(live: Live) -> None:
    if live.status == "waiting":
        live.status = "loading"
        live.wake()
