"""What the pages of notes need, handed in once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.notes.proposals.asking import Proposals
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.storage.database import Database
from assistant.users.pages.page import Page


@dataclass(frozen=True, slots=True)
class Mention:
    """A reminder that leads to a note; ``at`` is empty where it has no time."""

    text: str
    at: datetime | None
    address: str


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them.

    ``proposals`` is the way to a model. ``remind`` opens the dialog of another room, with a kind, an id and the words
    to begin with; ``mentions`` reads the reminders that lead to a user's note. Both are missing where there are no
    reminders.
    """

    database: Database
    imports: ImportJobs
    clock: Callable[[], datetime]
    proposals: Proposals
    remind: Callable[[Page, str, int, str], Awaitable[None]] | None = None
    mentions: Callable[[int, int], list[Mention]] | None = None
