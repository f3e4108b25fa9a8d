"""Exports in the background: made with progress, kept for seven days, fetched only by the one whose they are."""

import asyncio
import json
import secrets
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from assistant.archive import writer
from assistant.archive.rooms import Rooms
from assistant.errors import NotFound
from assistant.storage.database import Database
from assistant.storage.house.house import House
from assistant.storage.house.works import Sentences, Stopped, Works

KEPT = timedelta(days=7)
UNFINISHED = 24 * 3600.0  # seconds after which a folder is nobody's that has no export in it yet
CUT_OFF = "The instance that made it has stopped. Make a new one."
STATE, FILE = "job.json", "archive.zip"
SENTENCES = Sentences(CUT_OFF, "Cancelled.", "Something went wrong, so there is no export. The log says more.")


@dataclass(slots=True)
class Export:
    """One person's export: being made, there, or failed with a problem."""

    id: str
    user: int
    folder: Path
    begun: datetime
    state: str = "running"  # running, done, failed
    done: int = 0
    total: int = 0
    size: int = 0
    problem: str = ""
    stopped: bool = False
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)

    @property
    def until(self) -> datetime:
        """When it is deleted."""
        return self.begun + KEPT


class Exports:
    """Each person has at most one export; it survives the process once it is there."""

    def __init__(
        self, database: Database, rooms: Rooms, clock: Callable[[], datetime], house: House | None = None
    ) -> None:
        """What an earlier process made is there, what it left unfinished is not.

        Those of other instances in the ``house``, which share the folder, are known as well.
        """
        self._database, self._rooms, self._clock = database, rooms, clock
        self._alone = house is None or house.alone
        self._works: Works[Export] = Works(
            house, "export", SENTENCES, told=_told, heard=self._heard, orphaned=self._orphaned,
            acts={"cancel": self.cancel, "forget": self.forget},
        )  # fmt: skip
        self._place = database.folder / "exports"
        self._place.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in self._place.iterdir():
            found = _left(folder)
            if found:
                self._works.of[found.user] = found
            elif self._alone or _is_old(folder):
                shutil.rmtree(folder, ignore_errors=True)

    def begin(self, user: int, name: str, zone: tzinfo) -> Export:
        """Begins an export, in place of the one before; one that is being made already goes on."""
        current = self._works.of.get(user)
        if current is not None and current.state == "running":
            return current
        self.forget(user)
        id = secrets.token_urlsafe(24)  # noqa: A001 - the address' own word
        made = self._works.of[user] = Export(id, user, self._place / id, self._clock())
        self._works.begin(made, lambda: self._make(made, name, zone))
        return made

    def current(self, user: int) -> Export | None:
        """The person's export, if there is one."""
        found = self._works.of.get(user)
        if found is not None and found.state == "done" and not self._alone and not found.folder.exists():
            del self._works.of[user]  # it was deleted elsewhere
            return None
        return found

    def cancel(self, user: int) -> None:
        """Ends the one that is being made, of which nothing is left."""
        if (found := self._works.of.get(user)) is not None:
            found.stopped = True
            self._works.ask(found, "cancel")

    def file(self, user: int, id: str) -> Path:  # noqa: A002
        """The zip; NotFound when it is gone, not there yet or someone else's."""
        found = self.current(user)
        if found is None or found.id != id or found.state != "done":
            raise NotFound("This export is no longer there. Make a new one.")
        return found.folder / FILE

    def forget(self, user: int) -> None:
        """Deletes the person's export."""
        found = self._works.of.get(user)
        if found is not None:
            found.stopped = True
            shutil.rmtree(found.folder, ignore_errors=True)
            self._works.drop(found)

    def tidy(self) -> None:
        """Deletes what was there for seven days."""
        for user, one in list(self._works.of.items()):
            if one.state != "running" and self._clock() > one.until:
                self.forget(user)

    async def close(self) -> None:
        """Ends what is being made; other instances say that it was cut off."""
        await self._works.close()

    async def _make(self, one: Export, name: str, zone: tzinfo) -> str:
        def progress(done: int, total: int) -> None:
            one.done, one.total = done, total

        try:
            await asyncio.to_thread(one.folder.mkdir, mode=0o700)
            await asyncio.to_thread(
                writer.write, self._database, self._rooms, one.user, one.folder / FILE, name=name, now=one.begun,
                zone=zone, progress=progress, cancelled=lambda: one.stopped,
            )  # fmt: skip
            await asyncio.to_thread(_keep, one)
        except Stopped:
            await asyncio.to_thread(shutil.rmtree, one.folder, ignore_errors=True)
            if self._works.closing or self._works.of.get(one.user) is not one:
                raise
            self.forget(one.user)
            return one.state
        return "done"

    def _heard(self, user: int, what: Any, found: Export | None) -> Export:
        id, begun, *rest = what  # noqa: A001 - the address' own word
        if found is None or found.id != id:
            found = Export(id, user, self._place / id, datetime.fromisoformat(begun))
        found.state, found.done, found.total, found.size, found.problem = rest
        return found

    def _orphaned(self, user: int, _what: Any) -> None:
        found = self._works.of.get(user)
        if found is not None and found.state == "running":
            shutil.rmtree(found.folder, ignore_errors=True)
            found.state, found.problem = "failed", CUT_OFF


def _told(one: Export) -> Any:
    return [one.id, one.begun.isoformat(), one.state, one.done, one.total, one.size, one.problem]


def _is_old(folder: Path) -> bool:
    with suppress(OSError):
        return time.time() - folder.stat().st_mtime > UNFINISHED
    return False


def _keep(one: Export) -> None:
    one.size = (one.folder / FILE).stat().st_size
    said = {"id": one.id, "user": one.user, "begun": one.begun.isoformat()}
    (one.folder / STATE).write_text(json.dumps(said), "utf-8")


def _left(folder: Path) -> Export | None:
    try:
        said = json.loads((folder / STATE).read_text("utf-8"))
        size = (folder / FILE).stat().st_size
        begun = datetime.fromisoformat(said["begun"])
        return Export(str(said["id"]), int(said["user"]), folder, begun, "done", size=size)
    except (OSError, ValueError, KeyError, TypeError):
        return None
