"""Exports in the background: made with progress, kept for seven days, fetched only by the one whose they are."""

import asyncio
import json
import logging
import secrets
import shutil
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from pathlib import Path

from assistant.archive import writer
from assistant.archive.rooms import Rooms
from assistant.archive.writer import Stopped
from assistant.errors import AssistantError, NotFound
from assistant.storage.database import Database

KEPT = timedelta(days=7)
STATE, FILE = "job.json", "archive.zip"
BROKEN = "Something went wrong, so there is no export. The log says more."


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

    def __init__(self, database: Database, rooms: Rooms, clock: Callable[[], datetime]) -> None:
        """What an earlier process made is there, what it left unfinished is not."""
        self._database, self._rooms, self._clock = database, rooms, clock
        self._of: dict[int, Export] = {}
        self._place = database.folder / "exports"
        self._place.mkdir(parents=True, exist_ok=True, mode=0o700)
        for folder in self._place.iterdir():
            found = _left(folder)
            if found:
                self._of[found.user] = found
            else:
                shutil.rmtree(folder, ignore_errors=True)

    def begin(self, user: int, name: str, zone: tzinfo) -> Export:
        """Begins an export, in place of the one before; one that is being made already goes on."""
        current = self._of.get(user)
        if current is not None and current.state == "running":
            return current
        self.forget(user)
        id = secrets.token_urlsafe(24)  # noqa: A001 - the address' own word
        made = Export(id, user, self._place / id, self._clock())
        self._of[user] = made
        made.task = asyncio.create_task(self._make(made, name, zone), name="export")
        return made

    def current(self, user: int) -> Export | None:
        """The person's export, if there is one."""
        return self._of.get(user)

    def cancel(self, user: int) -> None:
        """Ends the one that is being made, of which nothing is left."""
        if user in self._of:
            self._of[user].stopped = True

    def file(self, user: int, id: str) -> Path:  # noqa: A002
        """The zip; NotFound when it is gone, not there yet or someone else's."""
        found = self._of.get(user)
        if found is None or found.id != id or found.state != "done":
            raise NotFound("This export is no longer there. Make a new one.")
        return found.folder / FILE

    def forget(self, user: int) -> None:
        """Deletes the person's export."""
        found = self._of.pop(user, None)
        if found is not None:
            found.stopped = True
            shutil.rmtree(found.folder, ignore_errors=True)

    def tidy(self) -> None:
        """Deletes what was there for seven days."""
        for user, one in list(self._of.items()):
            if one.state != "running" and self._clock() > one.until:
                self.forget(user)

    async def close(self) -> None:
        """Ends what is being made."""
        running = [one.task for one in self._of.values() if one.task]
        for one in self._of.values():
            one.stopped = True
        await asyncio.gather(*running, return_exceptions=True)

    async def _make(self, one: Export, name: str, zone: tzinfo) -> None:
        def progress(done: int, total: int) -> None:
            one.done, one.total = done, total

        try:
            await asyncio.to_thread(one.folder.mkdir, mode=0o700)
            await asyncio.to_thread(
                writer.write, self._database, self._rooms, one.user, one.folder / FILE, name=name, now=one.begun,
                zone=zone, progress=progress, cancelled=lambda: one.stopped,
            )  # fmt: skip
            await asyncio.to_thread(_keep, one)
            one.state = "done"
        except Stopped:
            if self._of.get(one.user) is one:
                self.forget(one.user)
        except AssistantError as error:
            one.state, one.problem = "failed", error.sentence
        except Exception:
            logging.getLogger(__name__).exception("an export failed")
            one.state, one.problem = "failed", BROKEN


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
