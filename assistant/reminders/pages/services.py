"""What the pages of reminders need, handed in once."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from assistant.reminders.ical.uploads import Uploads
from assistant.reminders.links import Find
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.storage.database import Database


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them; ``find`` is the way to the notes and messages of reminders.

    ``public_url`` begins the addresses that are given away, where it is set.
    """

    database: Database
    clock: Callable[[], datetime]
    find: Find
    keys: VapidKeys
    dispatcher: Dispatcher
    uploads: Uploads
    public_url: str = ""
