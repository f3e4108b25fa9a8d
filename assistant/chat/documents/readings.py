"""The files that are being read now: whose, how far, and ended when somebody wishes."""

import asyncio
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from assistant.chat import pictures
from assistant.chat.documents import apart, library
from assistant.chat.documents.apart import Contents
from assistant.chat.models import Document
from assistant.errors import Conflict, Invalid
from assistant.storage.database import Database
from assistant.storage.events import Change, Events
from assistant.storage.house.board import Board
from assistant.storage.house.house import House

PUBLISH_EVERY = 0.2  # seconds
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8")  # how pictures begin
MOST_AT_ONCE = 20  # of one person
SHOWN = 8  # pages of a scan that become pictures, as many as fit into one message


@dataclass(eq=False)
class Reading:
    """A file that is being read for a user: at which of how many pages, 0 of 0 where nobody knows."""

    user: int
    name: str
    at: int = 0
    of: int = 0
    stopped: bool = False
    task: "asyncio.Task[Contents] | None" = field(default=None, repr=False)
    id: str = field(default_factory=lambda: secrets.token_hex(8))


class Readings:
    """Reads files for questions; what is being read is told to the pages of its person, in each instance."""

    def __init__(
        self, database: Database, events: Events, clock: Callable[[], datetime], house: House | None = None
    ) -> None:
        """Nothing is read yet; without a ``house`` no other instance reads."""
        self._database, self._events, self._clock = database, events, clock
        self._board = Board(
            house, "reading", heard=self._heard, asked=self._asked, orphaned=lambda key, _what: self._heard(key, None)
        )
        self._running: dict[str, Reading] = {}
        self._elsewhere: dict[str, Reading] = {}
        self._published = 0.0

    def of(self, user: int) -> list[Reading]:
        """What is being read for the user."""
        return [one for one in (*self._running.values(), *self._elsewhere.values()) if one.user == user]

    def cancel(self, user: int, name: str) -> None:
        """Ends the reading of the user's file of that name; nothing of it is kept."""
        for one in self.of(user):
            if one.name == name:
                self._asked(one.id, None)
                self._board.ask(one.id, None)

    async def store(self, user: int, name: str, data: bytes) -> Document:
        """The document that was read and stored; raises Invalid (field file) with a sentence where it cannot be."""
        if len(data) > library.SIZE_LIMIT:
            raise Invalid("The file is larger than 25 MB.", field="file")
        contents = await self._read(user, library.plain_name(name), data)
        file = await asyncio.to_thread(library.prepared, name, contents.kind, data, contents.pages)
        return await self._database.run(library.add, user, file, self._clock())

    async def show(self, user: int, document: int) -> list[int]:
        """The first pages of a PDF as pictures for a question: their ids.

        Raises NotFound when it is someone else's, Invalid where it has no pages to show.
        """
        row = await self._database.read(library.get, user, document)
        if row.kind != "pdf":
            raise Invalid("Only pages of a PDF can be shown as pictures.", field="document")
        data = await self._database.read(library.contents, user, document)
        made = await apart.pictures(data, 0, SHOWN)
        return [await pictures.store(self._database, user, one, self._clock()) for one in made]

    async def _read(self, user: int, name: str, data: bytes) -> Contents:
        if len(self.of(user)) >= MOST_AT_ONCE:
            raise Conflict("Other files of yours are still being read. Try again in a moment.")
        reading = Reading(user, name)
        self._running[reading.id] = reading

        def told(at: int, of: int) -> None:
            reading.at, reading.of = at, of
            if time.monotonic() - self._published > PUBLISH_EVERY:
                self._publish(reading)

        reading.task = asyncio.create_task(apart.read(data, name, told), name="read a file")
        try:
            self._publish(reading)
            return await reading.task
        except asyncio.CancelledError:
            if reading.stopped:
                raise Conflict("Reading this file was cancelled.") from None
            raise
        finally:
            reading.task.cancel()
            del self._running[reading.id]
            self._publish(reading)

    def _publish(self, reading: Reading) -> None:
        self._published = time.monotonic()
        going_on = reading.id in self._running
        self._board.put(reading.id, [reading.user, reading.name, reading.at, reading.of] if going_on else None)
        self._events.publish(Change(reading.user, "files"))

    def _heard(self, key: str, what: Any) -> None:
        """How far another instance is; what is over is forgotten."""
        if what is None:
            reading = self._elsewhere.pop(key, None)
        else:
            user, name, at, of = what
            reading = self._elsewhere[key] = Reading(user, name, at, of, id=key)
        if reading:
            self._events.publish(Change(reading.user, "files"))

    def _asked(self, key: str, _what: Any) -> None:
        if reading := self._running.get(key):
            reading.stopped = True
            if reading.task:
                reading.task.cancel()


def is_picture(data: bytes) -> bool:
    """Whether the file is a picture, by its first bytes."""
    return data.startswith(PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
