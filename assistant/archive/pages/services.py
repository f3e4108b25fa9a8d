"""What the boxes need, handed in once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from assistant.archive.exports import Exports
from assistant.archive.imports import Imports
from assistant.archive.nightly import Backups
from assistant.archive.removal import Removals
from assistant.archive.rooms import Rooms
from assistant.storage.database import Database
from assistant.users.identity import Identity


@dataclass(frozen=True)
class Services:
    """The parts; ``stop_answers`` ends what is being written for a person who leaves."""

    database: Database
    identity: Identity
    rooms: Rooms
    exports: Exports
    imports: Imports
    removals: Removals
    backups: Backups
    stop_answers: Callable[[int], Awaitable[None]]
