"""What a phone sends, and the page that asks what becomes of it.

- ``receiving``: what is sent, over plain HTTP
- ``page``: the page
- ``services``: what both are handed
"""

from functools import partial

from assistant.sharing.pages.page import SharedPage
from assistant.sharing.pages.services import Services
from assistant.users.pages.shell import Route


def routes(services: Services) -> list[Route]:
    """The address of the page."""
    return [Route("/shared/{token}", "", partial(SharedPage, services))]
