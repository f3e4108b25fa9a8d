"""The address of the search."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from assistant.search.finders import Finder, Nearest
from assistant.search.pages.search import SearchPage
from assistant.storage.database import Database
from assistant.users.pages.shell import Route


def routes(
    *, database: Database, clock: Callable[[], datetime], finders: Sequence[Finder], nearest: Nearest | None = None
) -> list[Route]:  # fmt: skip
    """The route; each of the ``finders`` finds things of one kind, ``nearest`` by what the words mean."""
    page = partial(SearchPage, database, clock, finders, nearest)
    return [Route("/search", "search", page, stays=True)]
