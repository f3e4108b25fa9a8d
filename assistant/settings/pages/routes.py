"""The addresses of the settings."""

from functools import partial
from typing import Any

from assistant.settings.pages.services import Services
from assistant.settings.pages.shell import SettingsView
from assistant.users.pages.shell import Route


def routes(**parts: Any) -> list[Route]:
    """The addresses; ``parts`` are the fields of Services."""
    view = partial(SettingsView, Services(**parts))
    return [
        Route("/settings", "settings", view, stays=True),
        Route("/settings/{section}", "settings", view, stays=True),
    ]
