"""Notes over HTTP: what the browser asks for beside the pages.

- ``v1``: notes over the API, for programs
- ``drafts``: what the box of a note saves, also while the page's socket is away
- ``attachments``: pictures sent and shown
- ``transfer``: files to import, exports, the printed page, and where a link by title leads
"""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.notes.api import attachments, drafts, transfer
from assistant.notes.transfer.import_jobs import ImportJobs
from assistant.storage.database import Database


def router(database: Database, imports: ImportJobs, clock: Callable[[], datetime]) -> APIRouter:
    """The routes below ``/api/notes``, and those of ``/notes`` that are no pages."""
    routes = APIRouter()
    drafts.add(routes, database, clock)
    attachments.add(routes, database, clock)
    transfer.add(routes, database, imports, clock)
    return routes
