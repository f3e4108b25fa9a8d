"""What the sections of the settings need, handed in once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime

from assistant.settings.kinds import Kind
from assistant.settings.pages.parts import Block
from assistant.storage.database import Database
from assistant.users.identity import Identity
from assistant.users.sessions import Sessions


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them; ``blocks`` are what other rooms let people set.

    ``models`` tells those that one can chat with; ``examine`` how the installation is doing: of each thing what was
    found, and what to do about it. ``public_url`` begins the addresses that are given away, where it is set.
    """

    database: Database
    sessions: Sessions
    identity: Identity
    clock: Callable[[], datetime]
    models: Callable[[], list[str]]
    kinds: tuple[Kind, ...]
    examine: Callable[[], list[tuple[str, str, str]]]
    blocks: tuple[Block, ...] = field(default=())
    public_url: str = ""
