"""Deletes an account: gone at once for the person, and its rows in pieces that hold nobody up."""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from assistant.archive.rooms import Rooms
from assistant.errors import AssistantError
from assistant.storage.arrivals import Departure
from assistant.storage.database import Database
from assistant.users import accounts

PAUSE = 0.005  # seconds between two pieces, in which others write

log = logging.getLogger(__name__)


class Removals:
    """The removal of what people who left have left."""

    def __init__(self, database: Database, rooms: Rooms, clock: Callable[[], datetime]) -> None:
        """Nothing is removed before ``begin``."""
        self._database, self._rooms, self._clock = database, rooms, clock
        self._task: asyncio.Task[None] | None = None
        self._ending = False

    async def leave(self, user: int) -> None:
        """Ends the account now; raises Conflict for the last owner while others are there."""
        await self._database.run(_depart, user, self._clock(), self._rooms.disconnect)
        self.begin()

    def begin(self) -> None:
        """Goes on with what is to be removed, if it is not going on already."""
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._remove(), name="removal")

    async def close(self) -> None:
        """Pauses; the next process goes on."""
        self._ending = True
        if self._task is not None:
            await asyncio.gather(self._task, return_exceptions=True)

    async def _remove(self) -> None:
        try:
            while (user := await self._database.read(_next)) is not None:
                if not await self._piece(user):
                    return
        except AssistantError as error:
            log.warning("what somebody left is removed later: %s", error)

    async def _all(self, remove: Callable[[int], bool], user: int) -> bool:
        """Removes all of a kind, piece by piece; whether nothing ended it before."""
        more = True
        while more and not self._ending:
            more = await self._database.run(remove, user)
            await asyncio.sleep(PAUSE)
        return not more

    async def _piece(self, user: int) -> bool:
        """Removes all that the user left; whether nothing ended it before."""
        for remove in self._rooms.remove:
            if not await self._all(remove, user):
                return False
        await self._database.run(_gone, user)
        return True


def _depart(user: int, now: datetime, disconnect: Callable[[int], None]) -> None:
    accounts.delete(user)
    disconnect(user)
    Departure.insert(user=user, begun=now).on_conflict_ignore().execute()


def _next() -> int | None:
    first = Departure.select().order_by(Departure.begun).first()
    return None if first is None else int(first.user)


def _gone(user: int) -> None:
    Departure.delete().where(Departure.user == user).execute()
