"""Works that go on beside pages, one for each person: begun in one instance, seen, ended and gone on with in all."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from assistant.errors import AssistantError
from assistant.storage.house.board import Board
from assistant.storage.house.house import House


class Stopped(Exception):  # noqa: N818
    """Somebody no longer wants it."""


class Work(Protocol):
    """What is known of one: whose it is, how it stands, and why it failed."""

    id: str
    user: int
    state: str
    problem: str
    stopped: bool
    task: "asyncio.Task[None] | None"


W = TypeVar("W", bound=Work)


@dataclass(frozen=True)
class Sentences:
    """What is said of one that its instance cut off, that was cancelled, or that broke."""

    cut_off: str
    cancelled: str
    broken: str


class Works(Generic[W]):
    """All of one kind, by the person whose they are."""

    def __init__(
        self,
        house: House | None,
        kind: str,
        sentences: Sentences,
        *,
        told: Callable[[W], Any],
        heard: Callable[[int, Any, W | None], W],
        acts: Mapping[str, Callable[..., object]],
        orphaned: Callable[[int, Any], None],
    ) -> None:
        """What ``told`` says of a work can be JSON; ``heard`` makes of it what is shown elsewhere, or brings it there.

        ``acts`` are what another instance can ask of a work, called with its user and what was said beside;
        ``orphaned`` hears what was said last of one whose instance died.
        """
        self._board = Board(house, kind, heard=self._heard, asked=self._asked, orphaned=self._orphaned)
        self._kind, self._sentences = kind, sentences
        self._told, self._read, self._acts, self._on_orphaned = told, heard, acts, orphaned
        self.of: dict[int, W] = {}
        self.closing = False

    def put(self, work: W) -> None:
        """Says how it stands, if it is the person's still."""
        if self.of.get(work.user) is work:
            self._board.put(str(work.user), self._told(work))

    def drop(self, work: W) -> None:
        """It is the person's no longer, wherever it is done."""
        self.of.pop(work.user, None)
        self.ask(work, "forget")
        self._board.put(str(work.user), None)

    def ask(self, work: W, act: str, *more: Any) -> bool:
        """Asks for the act where the work is done, if that is elsewhere; says whether it is."""
        self._board.ask(str(work.user), [act, work.id, *more])
        return self._board.has(str(work.user))

    def begin(self, work: W, act: Callable[[], Awaitable[str]]) -> None:
        """Carries out the act beside, which ends with how the work stands then; where it fails, that is said."""
        work.task = asyncio.create_task(self._carry_out(work, act), name=self._kind)

    async def close(self, *, stop: bool = True) -> None:
        """Waits for the end of all; each is stopped first, if nothing else ends it."""
        self.closing = True
        running = [work.task for work in self.of.values() if work.task]
        for work in self.of.values() if stop else ():
            work.stopped = True
        await asyncio.gather(*running, return_exceptions=True)

    async def _carry_out(self, work: W, act: Callable[[], Awaitable[str]]) -> None:
        telling = asyncio.create_task(self._board.repeat(lambda: self.put(work)))
        words = self._sentences
        try:
            work.state = await act()
        except Stopped:
            work.state, work.problem = "failed", words.cut_off if self.closing else words.cancelled
        except AssistantError as error:
            work.state, work.problem = "failed", error.sentence
        except Exception:
            logging.getLogger(__name__).exception("%s failed", self._kind)
            work.state, work.problem = "failed", words.broken
        finally:
            telling.cancel()
        self.put(work)

    def _heard(self, key: str, what: Any) -> None:
        user = int(key)
        if what is None:
            self.of.pop(user, None)
        else:
            self.of[user] = self._read(user, what, self.of.get(user))

    def _asked(self, key: str, what: Any) -> None:
        act, id, *more = what  # noqa: A001 - the row's own word
        work = self.of.get(int(key))
        if work is not None and work.id == id:  # else another one was begun meanwhile
            self._acts[act](work.user, *more)

    def _orphaned(self, key: str, what: Any) -> None:
        self._on_orphaned(int(key), what)
