"""Brings in what was opened: all of it or nothing, whatever happens, and without holding anybody up."""

import fcntl
import json
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Any

from assistant.archive.rooms import Incoming, Report, Rooms
from assistant.archive.writer import Cancelled, Progress
from assistant.storage import arrivals
from assistant.storage.arrivals import Arrival
from assistant.storage.database import Database, StorageFailed
from assistant.storage.house.works import Stopped

LOOK = 5.0  # seconds between two looks at whether there is room for it
UNIT = 0.02  # seconds of one unit of work, about, so that others write in between
LOCK = "arrivals.lock"
UNDONE = "The connection to the database broke meanwhile, so nothing was imported. Try again."

# Runs a function as one unit of work, and returns what it does; blocks.
Act = Callable[..., Any]


def plan(
    database: Database, incoming: Incoming, *, progress: Progress | None = None, cancelled: Cancelled | None = None,
    of_all: int = 0,
) -> Report:  # fmt: skip
    """What would come; nothing is written. Blocks, on a connection of its own. Raises Stopped, Invalid."""
    with database.peewee.connection_context(), database.engine.snapshot():
        database.in_words(_plan, incoming, progress, cancelled, of_all)
    return incoming.report()


def run(
    act: Act, rooms: Rooms, user: int, incoming: Incoming, folder: Path, *, now: datetime,
    progress: Progress | None = None, cancelled: Cancelled | None = None, of_all: int = 0,
) -> Report:  # fmt: skip
    """Brings it in, and says what came. Blocks. Raises Stopped, Invalid, Full, StorageFailed: then nothing came.

    ``folder`` is where processes tell each other that something is on its way.
    """
    with _on_its_way(folder):
        arrival = act(_begin, user, now)
        try:
            steps, done = _Steps(lambda: incoming.store(arrivals.mark_of(arrival))), 0
            looked = time.monotonic()
            while count := steps.go_on(act):
                done += count
                _tell(progress, cancelled, *(incoming.far() or (done, of_all)))
                if time.monotonic() - looked > LOOK:
                    act(rooms.check_room, user)
                    looked = time.monotonic()
            act(rooms.check_room, user)
            act(_end, arrival, incoming.then())
        except BaseException:
            _undo(act, rooms, arrival)
            raise
        _land(act, rooms, Arrival(id=arrival, user=user), incoming.then())
    return incoming.report()


def settle(act: Act, rooms: Rooms, folder: Path) -> int:
    """Goes on with what an earlier process left: what was whole comes, the rest goes. Says how many there were."""
    left: list[Arrival] = act(_left)
    if not left:
        return 0
    with _alone(folder) as alone:
        for arrival in left:
            if arrival.whole:
                _land(act, rooms, arrival, json.loads(arrival.rest))
            elif alone:
                _undo(act, rooms, arrival.id)
    return len(left)


def _tell(progress: Progress | None, cancelled: Cancelled | None, done: int, of_all: int) -> None:
    if cancelled and cancelled():
        raise Stopped
    if progress:
        progress(done, of_all)


def _plan(incoming: Incoming, progress: Progress | None, cancelled: Cancelled | None, of_all: int) -> None:
    for number, _ in enumerate(incoming.plan()):
        _tell(progress, cancelled, *(incoming.far() or (number + 1, of_all)))


def _begin(user: int, now: datetime) -> int:
    return int(Arrival.create(user=user, begun=now).id)


class _Steps:
    """Steps that are taken in units of work, as many in one as there is time for.

    A unit that was undone may be run again, as when the connection to a server was lost: then its steps are taken from
    the first where that does no harm, else they fail, since none of them can be taken back.
    """

    def __init__(self, begin: Callable[[], Iterator[None]], *, again: bool = False) -> None:
        self._begin, self._again, self._open = begin, again, False
        self._steps = begin()

    def go_on(self, act: Act) -> int:
        """Takes some of them in one unit of work; says how many, none at the end."""
        count: int = act(self._some)
        self._open = False
        return count

    def _some(self) -> int:
        if self._open:
            if not self._again:
                raise StorageFailed(UNDONE)
            self._steps = self._begin()
        self._open = True
        until, count = time.monotonic() + UNIT, 0
        for _ in self._steps:
            count += 1
            if time.monotonic() > until:
                break
        return count


def _end(arrival: int, then: dict[str, Any]) -> None:
    """From here on it counts."""
    Arrival.update(whole=True, rest=json.dumps(then)).where(Arrival.id == arrival).execute()


def _land(act: Act, rooms: Rooms, arrival: Arrival, then: dict[str, Any]) -> None:
    steps = _Steps(lambda: rooms.land(arrival.user, arrivals.mark_of(arrival.id), then), again=True)
    while steps.go_on(act):
        pass
    act(_forget, arrival.id)


def _undo(act: Act, rooms: Rooms, arrival: int) -> None:
    while act(rooms.undo, arrivals.mark_of(arrival)):
        pass
    act(_forget, arrival)


def _forget(arrival: int) -> None:
    Arrival.delete().where(Arrival.id == arrival).execute()


def _left() -> list[Arrival]:
    return list(Arrival.select().order_by(Arrival.id))


@contextmanager
def _on_its_way(folder: Path) -> Iterator[None]:
    with (folder / LOCK).open("a") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield


@contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    """Whether nothing is on its way in any process."""
    with (folder / LOCK).open("a") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
            return
        yield True
