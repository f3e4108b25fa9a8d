"""Imports in the background: looked at first, then brought in when the person says so."""

import asyncio
import secrets
import shutil
from collections.abc import AsyncIterator, Callable
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

from assistant.archive import arriving, bringing
from assistant.archive.rooms import Report, Rooms
from assistant.errors import Conflict
from assistant.storage.database import Database, DiskFull
from assistant.storage.house.house import House
from assistant.storage.house.works import Sentences, Stopped, Works

KEPT = timedelta(hours=6)  # that a file waits for its owner to go on
SPARE = 50_000_000  # bytes that stay free on the disk
AT_ONCE = 1_000_000  # bytes that are written at once
SETTLED_WITHIN = 60.0  # seconds
CUT_OFF = "The instance that did this has stopped, and nothing was imported. Choose the file again."
SENTENCES = Sentences(
    CUT_OFF, "Cancelled. Nothing was imported.", "Something went wrong, and nothing was imported. The log says more."
)


@dataclass(slots=True)
class Import:
    """One person's import: being looked at, planned, running, done or failed. ``total`` is 0 where nobody knows."""

    id: str
    user: int
    file: Path
    zone: tzinfo
    begun: datetime
    state: str = "looking"  # looking, planned, running, done, failed
    done: int = 0
    total: int = 0
    report: Report | None = None
    problem: str = ""
    stopped: bool = False
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)


class Imports:
    """Each person has at most one import. What was cut off by the end of the process came wholly or not at all."""

    def __init__(
        self, database: Database, rooms: Rooms, clock: Callable[[], datetime], house: House | None = None
    ) -> None:
        """Files that an earlier process left are deleted; imports of other instances in the ``house`` are known."""
        self._database, self._rooms, self._clock, self._house = database, rooms, clock, house
        self._works: Works[Import] = Works(
            house, "import", SENTENCES, told=_told, heard=self._heard, orphaned=self._orphaned,
            acts={"start": self.start, "cancel": self.cancel, "forget": self.forget},
        )  # fmt: skip
        self._settling: asyncio.Task[None] | None = None
        self._all = database.folder / "arrivals"
        self._place = self._all / house.name if house and house.name else self._all
        if house is None or house.alone:
            shutil.rmtree(self._all, ignore_errors=True)

    async def take(self, user: int, pieces: AsyncIterator[bytes], zone: tzinfo) -> Import:
        """Takes the file, and begins to look at it. Raises Conflict while another runs, DiskFull."""
        self.forget(user)
        await asyncio.to_thread(self._place.mkdir, parents=True, exist_ok=True, mode=0o700)
        one = Import(secrets.token_urlsafe(12), user, self._place / secrets.token_hex(8), zone, self._clock())
        try:
            await self._write(one.file, pieces)
            self.forget(user)  # another one may have come meanwhile
        except OSError as error:
            one.file.unlink(missing_ok=True)
            raise DiskFull("There is too little space for this file. Free some and try again.") from error
        except BaseException:
            one.file.unlink(missing_ok=True)
            raise
        self._works.of[user] = one
        self._works.begin(one, lambda: self._work(one, self._plan, "planned"))
        return one

    def current(self, user: int) -> Import | None:
        """The person's import, if there is one."""
        return self._works.of.get(user)

    def start(self, user: int) -> None:
        """Begins to bring in what was planned; starting twice is once."""
        one = self._works.of.get(user)
        if one is not None and one.state == "planned":
            one.state, one.done = "running", 0
            if not self._works.ask(one, "start"):
                self._works.begin(one, lambda: self._work(one, self._run, "done"))

    def cancel(self, user: int) -> None:
        """Ends what is under way: nothing of it came."""
        if (one := self._works.of.get(user)) is not None:
            one.stopped = True
            self._works.ask(one, "cancel")

    def forget(self, user: int) -> None:
        """Lets go of the file. Raises Conflict while it is being brought in."""
        one = self._works.of.get(user)
        if one is None:
            return
        if one.state == "running":
            raise Conflict("Another import is still running. Cancel it or wait for its end.", field="file")
        one.stopped = True
        one.file.unlink(missing_ok=True)
        self._works.drop(one)

    def tidy(self) -> None:
        """Deletes the files with which nobody went on, and those of instances that are gone."""
        if self._house is not None and not self._house.alone and self._all.exists():
            for folder in self._all.iterdir():
                if folder.name not in {self._house.name, *self._house.others}:
                    shutil.rmtree(folder, ignore_errors=True)
        for user, one in list(self._works.of.items()):
            if one.state != "running" and self._clock() - one.begun > KEPT:
                self.forget(user)

    async def close(self) -> None:
        """Ends all: what was under way did not come, as other instances say."""
        await self._works.close()

    async def _write(self, path: Path, pieces: AsyncIterator[bytes]) -> None:
        waiting = bytearray()
        await asyncio.to_thread(path.touch, mode=0o600)
        with await asyncio.to_thread(path.open, "wb", buffering=0) as file:
            async for piece in pieces:
                waiting += piece
                if len(waiting) >= AT_ONCE:
                    await asyncio.to_thread(file.write, bytes(waiting))
                    waiting.clear()
                    if shutil.disk_usage(self._place).free < SPARE:
                        raise DiskFull("There is too little space for this file. Free some and try again.")
            await asyncio.to_thread(file.write, bytes(waiting))

    async def _work(self, one: Import, work: Callable[[Import, Any], Report], state: str) -> str:
        kept = False
        try:
            one.report = await asyncio.to_thread(work, one, asyncio.get_running_loop())
            kept = state == "planned"
        finally:
            if not kept:
                one.file.unlink(missing_ok=True)
        return state

    def _heard(self, user: int, what: Any, found: Import | None) -> Import:
        id, begun, report, *rest = what  # noqa: A001 - the row's own word
        if found is None or found.id != id:
            nowhere = self._place / "elsewhere"  # its file is the other instance's
            found = Import(id, user, nowhere, UTC, datetime.fromisoformat(begun))
        found.state, found.done, found.total, found.problem = rest
        remarks = [(name, why) for name, why in report["remarks"]] if report else []
        found.report = Report(report["counts"], remarks, report["programs"]) if report else None
        return found

    def _orphaned(self, user: int, _what: Any) -> None:
        found = self._works.of.get(user)
        if found is not None and found.state not in {"done", "failed"}:
            found.state, found.problem = "failed", CUT_OFF
        if self._settling is None or self._settling.done():
            self._settling = asyncio.create_task(self._settle(), name="imports settled")

    async def _settle(self) -> None:
        """Brings to an end what an instance that died was bringing in; one of the others does so."""
        if self._house is not None and await self._house.once("settle imports", SETTLED_WITHIN):
            act = self._act(asyncio.get_running_loop())
            await asyncio.to_thread(arriving.settle, act, self._rooms, self._database.folder)

    def _plan(self, one: Import, _loop: asyncio.AbstractEventLoop) -> Report:
        with bringing.opened(self._rooms, one.user, one.file, one.zone, _watched(one)) as coming:
            return arriving.plan(
                self._database, coming.incoming, progress=_watched(one), cancelled=lambda: one.stopped,
                of_all=coming.of_all,
            )  # fmt: skip

    def _act(self, loop: asyncio.AbstractEventLoop) -> Callable[..., Any]:
        def act(function: Callable[..., Any], *args: Any) -> Any:
            return asyncio.run_coroutine_threadsafe(self._database.run(function, *args), loop).result()

        return act

    def _run(self, one: Import, loop: asyncio.AbstractEventLoop) -> Report:
        # The file is ours alone since it was looked at.
        with bringing.opened(self._rooms, one.user, one.file, one.zone, known=True) as coming:
            return arriving.run(
                self._act(loop), self._rooms, one.user, coming.incoming, self._database.folder, now=self._clock(),
                progress=_watched(one), cancelled=lambda: one.stopped, of_all=coming.of_all,
            )  # fmt: skip


def _told(one: Import) -> Any:
    report = asdict(one.report) if one.report else None
    return [one.id, one.begun.isoformat(), report, one.state, one.done, one.total, one.problem]


def _watched(one: Import) -> Callable[[int, int], None]:
    def progress(done: int, total: int) -> None:
        if one.stopped:
            raise Stopped
        one.done, one.total = done, total

    return progress
