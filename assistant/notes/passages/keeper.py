"""Makes the passages of notes in the background, a few notes at a time; what is due stays due after a restart."""

import asyncio
import logging

from assistant.errors import AssistantError
from assistant.notes.passages import keeping
from assistant.retrieval.due import DueWork

AT_ONCE = 8  # notes of one unit of work
PAUSE = 0.02  # seconds between two, in which others write
REST = 1.0  # seconds after a change: who types goes on typing


class PassageKeeper(DueWork):
    """Cuts what is due, one piece after another."""

    name, topics, rest = "passages of notes", ("notes",), REST

    async def _all(self) -> None:
        try:
            more = True
            while more and not self._ending:
                more = await self._database.run(keeping.catch_up, AT_ONCE)
                await asyncio.sleep(PAUSE)
        except AssistantError as error:
            logging.getLogger(__name__).warning("passages of notes wait: %s", error)
