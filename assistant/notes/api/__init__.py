"""Notes over HTTP: what the browser asks for beside the pages.

- ``v1``: notes over the API, for programs and for what pages send
- ``attachments``: pictures as the preview shows them
- ``transfer``: exports, the printed page, and where a link by title leads
- ``sending``: notes as files
"""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.notes.api import attachments, transfer
from assistant.storage.database import Database


def router(database: Database, clock: Callable[[], datetime]) -> APIRouter:
    """The routes of ``/notes`` that are no pages."""
    routes = APIRouter()
    attachments.add(routes, database)
    transfer.add(routes, database, clock)
    return routes
