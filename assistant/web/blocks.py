"""What the rooms let people set, as blocks of the settings."""

from assistant.chat.pages.prompts.library import Library
from assistant.chat.pages.services import Services as ChatServices
from assistant.reminders.pages.options.notifications import Notifications
from assistant.reminders.pages.services import Services as RemindersServices
from assistant.settings.pages.parts import Block


def blocks(chat: ChatServices, reminders: RemindersServices) -> tuple[Block, ...]:
    """The blocks of the rooms, in their order."""
    return (
        Block(
            "prompts", "prompts", "Your prompts", "templates slash commands variables saved library snippets presets",
            lambda page: Library(chat, page).draw(),
        ),
        Block(
            "reminders", "ways", "Where reminders ring",
            "notifications push device phone sound webhook ntfy alert ring channel silent",
            lambda page: Notifications(reminders, page).draw(),
        ),
    )  # fmt: skip
