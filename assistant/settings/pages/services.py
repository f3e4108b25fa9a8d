"""What the sections of the settings need, handed in once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.storage.database import Database
from assistant.users.sessions import Sessions


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them."""

    database: Database
    sessions: Sessions
    clock: Callable[[], datetime]
