"""The addresses of the settings."""

from functools import partial

from assistant.settings.pages.services import Services
from assistant.settings.pages.shell import SettingsView
from assistant.users.pages.shell import Route


def routes(services: Services) -> list[Route]:
    """The addresses."""
    view = partial(SettingsView, services)
    return [
        Route("/settings", "settings", view),
        Route("/settings/{section}", "settings", view),
    ]
