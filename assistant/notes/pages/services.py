"""What the pages of notes need, handed in once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.storage.database import Database


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them."""

    database: Database
    imports: ImportJobs
    clock: Callable[[], datetime]
