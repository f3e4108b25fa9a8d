"""What the pages of sharing need, handed in once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant.sharing.shares import Picture
from assistant.storage.database import Database
from assistant.users.pages.page import Page


@dataclass(frozen=True)
class Services:
    """The parts, and what other rooms make of what was shared.

    ``kind_of`` says what kind of picture some bytes are, and raises Invalid for others. ``keep`` makes a note of a
    text and pictures, as a unit of work, and ``ask`` a question, under a key that makes it count once; both return
    where that is.
    """

    database: Database
    clock: Callable[[], datetime]
    kind_of: Callable[[bytes], str]
    keep: Callable[[int, str, Sequence[Picture], datetime], str]
    ask: Callable[[Page, str, Sequence[Picture], str], Awaitable[str]]
