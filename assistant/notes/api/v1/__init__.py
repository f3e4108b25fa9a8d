"""Notes over the API.

- ``shapes``: notes as JSON has them
- ``listing``: lists, search, tags, counts
- ``notes``: made, read, changed, thrown away and taken back
- ``versions``: earlier texts
- ``pictures``: pictures of notes
- ``bulk``: many at once
- ``drafts``: what is typed, merged with what came meanwhile
- ``imports``: files brought in
- ``files``: notes as files
"""

from fastapi import APIRouter

from assistant.notes.api.v1 import bulk, drafts, files, imports, listing, notes, pictures, versions
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute


def router(door: Door, jobs: ImportJobs) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute, tags=["notes"])
    for part in (listing, bulk, files, notes, drafts, versions, pictures):
        part.add(routes, door)
    imports.add(routes, jobs)
    return routes
