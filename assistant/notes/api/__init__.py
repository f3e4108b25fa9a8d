"""Notes over HTTP: for the page that writes them, and for scripts."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.notes.api import labels, lists, moving, pictures, versions, writing
from assistant.storage.database import Database


def router(database: Database, clock: Callable[[], datetime]) -> APIRouter:
    """The routes below ``/api/notes``, and those of ``/notes`` that are no pages."""
    routes = APIRouter()
    for part in (lists, labels, moving, pictures, writing, versions):
        part.add(routes, database, clock)
    return routes
