"""What the archive asks of the rooms; the composition root puts their functions together."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Protocol

from assistant.archive.reader import Opened
from assistant.storage.packing import Put

Written = Callable[[int], None]  # hears of rows that were written


@dataclass(slots=True)
class Report:
    """What came, or would come: how much of what, what is to be said of single ones, and from which programs."""

    counts: dict[str, int] = field(default_factory=dict)
    remarks: list[tuple[str, str]] = field(default_factory=list)
    programs: list[str] = field(default_factory=list)


class Incoming(Protocol):
    """Rows on their way in. Each step is small and may be the last; a step writes only under the mark."""

    def plan(self) -> Iterator[None]:
        """Finds out what would come; reads only."""

    def store(self, mark: datetime) -> Iterator[None]:
        """Writes it."""

    def report(self) -> Report:
        """What came of it so far."""

    def far(self) -> tuple[int, int] | None:
        """How much of how much was read; None where its steps say so."""

    def then(self) -> dict[str, Any]:
        """What ``Rooms.land`` has to know."""


@dataclass(frozen=True)
class Rooms:
    """The functions of all rooms."""

    counts: Callable[[int], dict[str, int]]
    write: Callable[[int, Put, Written, tzinfo, datetime], None]
    archive: Callable[[int, Opened], Incoming]
    foreign: Callable[[int, Path, tzinfo], AbstractContextManager[Incoming]]
    land: Callable[[int, datetime, dict[str, Any]], Iterator[None]]  # takes the marks off; may be begun again
    undo: Callable[[datetime], bool]  # removes some marked rows; whether there are more
    remove: tuple[Callable[[int], bool], ...]  # each removes some rows of the user; whether there are more
    check_room: Callable[[int], None]  # raises Full where there is more than the user may keep
    disconnect: Callable[[int], None]  # nothing of the user's reaches out any more
