"""What the pages of chat need, handed in once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.chat.acting.rooms import Rooms
from assistant.chat.documents.readings import Readings
from assistant.chat.models_status import ModelsStatus
from assistant.chat.pulls import Pulls
from assistant.chat.routines.runner import Routines
from assistant.chat.streaming.replies import Replies
from assistant.ollama.door import Ollama
from assistant.storage.database import Database
from assistant.storage.events import Events
from assistant.users.pages.page import Page
from assistant.users.sessions import Sessions


@dataclass(frozen=True)
class NoteTools:
    """What chat may do with notes, each a unit of work that takes the user first."""

    find: Callable[[int, str], list[tuple[int, str]]]  # notes with these words: id and title
    create: Callable[[int, str, datetime], int]
    append: Callable[[int, int, str, datetime], None]
    read: Callable[[int, int], tuple[str, str]]  # title and text
    address: str  # where a text becomes a note over HTTP, with a key in place of {name}
    largest: int  # bytes of a note


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder of today, and where it opens."""

    text: str
    at: datetime
    address: str
    overdue: bool


Today = Callable[[int, str, datetime, int], list[Coming]]  # of a user, by the days of a zone, now, so many
Remind = Callable[[Page, str, int, str], Awaitable[None]]  # in a page, of what kind, which one, in which words


CheckRoom = Callable[[int, int], Awaitable[None]]  # raises Full where so many bytes more are too many for a user


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them; other rooms are there only by what they can do here."""

    database: Database
    replies: Replies
    pulls: Pulls
    ollama: Ollama
    models_status: ModelsStatus
    sessions: Sessions
    events: Events
    clock: Callable[[], datetime]
    context: int
    acting: Rooms
    readings: Readings
    routines: Routines
    fits: Callable[[int, int], bool]  # whether they are known not to be too many; for a unit of work
    check_room: CheckRoom
    notes: NoteTools | None = None
    today: Today | None = None
    remind: Remind | None = None
