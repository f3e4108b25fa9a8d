"""What the pages of reminders need, handed in once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.reminders.links import Find
from assistant.storage.database import Database


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them; ``find`` is the way to what reminders lead to."""

    database: Database
    clock: Callable[[], datetime]
    find: Find
