"""Notes over the API.

- ``shapes``: notes as JSON has them
- ``listing``: lists, search, tags, counts
- ``notes``: made, read, changed, thrown away and taken back
- ``versions``: earlier texts
- ``pictures``: pictures of notes
- ``bulk``: many at once
"""

from fastapi import APIRouter

from assistant.notes.api.v1 import bulk, listing, notes, pictures, versions
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute


def router(door: Door) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute, tags=["notes"])
    for part in (listing, bulk, notes, versions, pictures):
        part.add(routes, door)
    return routes
