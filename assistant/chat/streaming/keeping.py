"""The row of an answer that is being written: what came so far, and its end."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from assistant.chat import messages
from assistant.chat.models import FAILED, INTERRUPTED
from assistant.chat.streaming import leases
from assistant.chat.streaming.live import Live
from assistant.storage.database import Database, DiskFull, StorageFailed
from assistant.storage.house.house import House

TAKE = "take answer"  # what is said to those one of whom is to write on
TRIES = 6  # to store the end of an answer; each waits for some seconds by itself
PAUSE = 1.0  # seconds between two of them


class Keeping:
    """Stores answers while this instance writes them."""

    def __init__(self, database: Database, house: House, clock: Callable[[], datetime]) -> None:
        """``house`` is who else could write them."""
        self._database, self._house, self._clock = database, house, clock

    async def so_far(self, live: Live) -> bool:
        """Stores what came so far; False where the answer is another instance's now."""
        if self._house.alone:
            await self._database.run(messages.checkpoint, live.id, **live.so_far)
        elif not await self._database.run(leases.renew, live.id, self._house.name, **live.so_far):
            live.lost = True
        return not live.lost

    async def leave(self, live: Live) -> None:
        """Stores what came, for other instances to write on, or to be interrupted; this process goes down."""
        await self.so_far(live)
        if self._house.others and not live.lost:
            await self._database.run(leases.hand_over, live.id, self._house.name)
            self._house.say(TAKE, [live.user, live.id])
        elif not self._house.alone:
            await self._database.run(leases.end, live.id, INTERRUPTED)

    async def end(self, live: Live, state: str, error: str) -> str:
        """Stores the whole answer; the state that its row has then, as far as one can know."""
        try:
            await self._store(live, {**live.so_far, **live.counts, "state": state, "error": error})
        except Exception:
            # Whatever cannot be stored must not leave the conversation waiting for an end for ever.
            logging.getLogger(__name__).exception("an answer could not be stored")
            state = FAILED
            with suppress(Exception):
                await self._store(live, {"state": state, "error": "The answer could not be stored."})
        return state

    async def _store(self, live: Live, values: dict[str, Any]) -> None:
        """Stores the end of the answer; a database that is busy, or away for a moment, is waited for."""
        for left in reversed(range(TRIES)):
            try:
                await self._database.run(messages.finish, live.id, self._clock(), writer=self._house.name, **values)
            except StorageFailed as error:
                if isinstance(error, DiskFull) or not left:
                    raise
                await asyncio.sleep(PAUSE)
            else:
                return
