"""The address of the search."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from assistant.search.finders import Finder
from assistant.search.pages.search import SearchPage
from assistant.storage.database import Database
from assistant.users.pages.shell import Route


def routes(*, database: Database, clock: Callable[[], datetime], finders: Sequence[Finder]) -> list[Route]:
    """The route; each of the ``finders`` finds things of one kind."""
    return [Route("/search", "search", partial(SearchPage, database, clock, finders), stays=True)]
