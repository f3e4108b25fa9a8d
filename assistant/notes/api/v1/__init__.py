"""Notes over the API.

- ``shapes``: notes as JSON has them
- ``listing``: lists, search, tags, counts
- ``notes``: made, read, changed, thrown away and taken back
- ``versions``: earlier texts
- ``pictures``: pictures of notes
- ``bulk``: many at once
- ``drafts``: what is typed, merged with what came meanwhile
- ``proposals``: what a model proposes for a passage
- ``imports``: files brought in
- ``files``: notes as files
"""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter

from assistant.notes.api.v1 import bulk, drafts, files, imports, listing, notes, pictures, versions
from assistant.notes.api.v1 import proposals as proposed
from assistant.notes.proposals.asking import Proposals
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.users.sessions import Asking


def router(
    door: Door, jobs: ImportJobs, proposals: Proposals, stands: Callable[[Asking], Awaitable[bool]]
) -> APIRouter:  # fmt: skip
    """The routes; ``stands`` says whether who asks may still do so."""
    routes = APIRouter(route_class=StrictRoute, tags=["notes"])
    for part in (listing, bulk, files, notes, drafts, versions, pictures):
        part.add(routes, door)
    proposed.add(routes, door, proposals, stands)
    imports.add(routes, jobs)
    return routes
