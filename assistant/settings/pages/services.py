"""What the sections of the settings need, handed in once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from assistant.settings.pages.parts import Block
from assistant.storage.database import Database
from assistant.users.identity import Identity
from assistant.users.sessions import Sessions


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them; ``blocks`` are what other rooms let people set."""

    database: Database
    sessions: Sessions
    identity: Identity
    clock: Callable[[], datetime]
    blocks: tuple[Block, ...] = field(default=())
