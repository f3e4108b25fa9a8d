"""The pages of reminders.

- ``view``: the page with its sentence, lists and month.
- ``sentence``: the field in which a reminder is said.
- ``lists``: the lists, the month, and what is done in them.
- ``form``: opens the form of one reminder; ``form_dialog`` is its dialog, ``form_content`` what stands in it.
- ``form_fields`` and ``recurrence_field``: its fields; ``form_values``: what they say.
- ``form_store``: what it reads and writes.
- ``remind_dialog``: “Remind me” of a note or a message, from any page.
- ``alerts``: what rings, in every tab.
- ``times``: instants and times on the wall, in words.
- ``options``: how reminders ring, and calendars.
- ``services``: what the pages are handed.
"""

from functools import partial
from pathlib import Path

from assistant.reminders.pages.options.page import options_page
from assistant.reminders.pages.services import Services
from assistant.reminders.pages.view import RemindersView
from assistant.users.pages.page import Drawn
from assistant.users.pages.shell import Route

STATIC = Path(__file__).parent / "static"


def routes(services: Services) -> list[Route]:
    """The addresses of reminders."""
    return [
        Route("/reminders", "reminders", partial(RemindersView, services), stays=True),
        Route("/reminders/options", "reminders", partial(Drawn, partial(options_page, services))),
    ]
