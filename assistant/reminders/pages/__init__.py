"""The pages of reminders."""

from pathlib import Path

from assistant.reminders.pages.options import register_options
from assistant.reminders.pages.room import register_room

STATIC = Path(__file__).parent / "static"


def register() -> None:
    """Adds the pages."""
    register_room()
    register_options()
