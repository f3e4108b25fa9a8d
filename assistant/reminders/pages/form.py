"""The form of one reminder."""

from collections.abc import Callable

from assistant.reminders.pages.services import Services
from assistant.reminders.parsing.model import Parsed
from assistant.users.pages.page import Page


class ReminderForm:
    """The place in a view where the form opens."""

    def __init__(
        self, page: Page, services: Services, *, on_added: Callable[[], object] | None = None,
        on_closed: Callable[[], object] | None = None,
    ) -> None:  # fmt: skip
        """``on_added`` is called when a new reminder is stored."""

    async def open(self, reminder: int | None = None, *, draft: Parsed | None = None, text: str = "") -> None:
        """Opens the form of a reminder, or of a new one that a sentence (``text``, read as ``draft``) says."""
