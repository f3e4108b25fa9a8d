"""The address of the settings."""

from collections.abc import Callable
from datetime import datetime
from functools import partial

from assistant.settings.pages.services import Services
from assistant.settings.pages.shell import settings_page
from assistant.storage.database import Database
from assistant.users.pages.page import Drawn
from assistant.users.pages.shell import Route
from assistant.users.sessions import Sessions


def routes(*, database: Database, sessions: Sessions, clock: Callable[[], datetime]) -> list[Route]:
    """The route."""
    services = Services(database, sessions, clock)
    return [Route("/settings", "settings", partial(Drawn, partial(settings_page, services)))]
