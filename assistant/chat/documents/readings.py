"""The files that are being read now: whose, how far, and ended when somebody wishes."""

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from assistant.chat import pictures
from assistant.chat.documents import apart, library
from assistant.chat.documents.apart import Contents
from assistant.chat.models import Document
from assistant.errors import Conflict, Invalid
from assistant.storage.database import Database
from assistant.storage.events import Change, Events

PUBLISH_EVERY = 0.2  # seconds
PICTURES = (b"\xff\xd8\xff", b"\x89PNG\r\n", b"GIF8")  # how pictures begin
MOST_AT_ONCE = 20  # of one person
SHOWN = 8  # pages of a scan that become pictures, as many as fit into one message


@dataclass(eq=False)
class Reading:
    """A file that is being read: at which of how many pages, 0 of 0 where nobody knows."""

    name: str
    at: int = 0
    of: int = 0
    stopped: bool = False
    task: "asyncio.Task[Contents] | None" = field(default=None, repr=False)


class Readings:
    """Reads files for questions; what is being read is told to the pages of its person."""

    def __init__(self, database: Database, events: Events, clock: Callable[[], datetime]) -> None:
        """Nothing is read yet."""
        self._database, self._events, self._clock = database, events, clock
        self._running: dict[int, list[Reading]] = {}
        self._published = 0.0

    def of(self, user: int) -> list[Reading]:
        """What is being read for the user."""
        return list(self._running.get(user, ()))

    def cancel(self, user: int, name: str) -> None:
        """Ends the reading of the user's file of that name; nothing of it is kept."""
        for one in self.of(user):
            if one.name == name:
                one.stopped = True
                if one.task:
                    one.task.cancel()

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
        running = self._running.setdefault(user, [])
        if len(running) >= MOST_AT_ONCE:
            raise Conflict("Other files of yours are still being read. Try again in a moment.")
        reading = Reading(name)
        running.append(reading)

        def told(at: int, of: int) -> None:
            reading.at, reading.of = at, of
            if time.monotonic() - self._published > PUBLISH_EVERY:
                self._publish(user)

        reading.task = asyncio.create_task(apart.read(data, name, told), name="read a file")
        try:
            self._publish(user)
            return await reading.task
        except asyncio.CancelledError:
            if reading.stopped:
                raise Conflict("Reading this file was cancelled.") from None
            raise
        finally:
            reading.task.cancel()
            running.remove(reading)
            if not running:
                self._running.pop(user, None)
            self._publish(user)

    def _publish(self, user: int) -> None:
        self._published = time.monotonic()
        self._events.publish(Change(user, "files"))


def is_picture(data: bytes) -> bool:
    """Whether the file is a picture, by its first bytes."""
    return data.startswith(PICTURES) or (data[:4] == b"RIFF" and data[8:12] == b"WEBP")
