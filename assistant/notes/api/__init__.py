"""Notes over HTTP: for the page that writes them, and for scripts.

- ``notes``: create, read, save, change, tick, preview, copy, put into the trash and back
- ``drafts``: what the box of a note sends
- ``bulk``: many notes at once, and emptying the trash
- ``views``: lists, counts, search, backlinks and titles
- ``tags``: list, rename, complete
- ``versions``: earlier texts, what changed since, restore
- ``attachments``: pictures sent and shown
- ``transfer``: import, export and the printed page, with a router of its own
- ``transactions``: what a request does in one transaction
- ``shapes``: the bodies of requests and answers
"""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.notes.api import attachments, bulk, drafts, notes, tags, versions, views
from assistant.storage.database import Database


def router(database: Database, clock: Callable[[], datetime]) -> APIRouter:
    """The routes below ``/api/notes``, and those of ``/notes`` that are no pages."""
    routes = APIRouter()
    for part in (views, tags, bulk, attachments, drafts, notes, versions):
        part.add(routes, database, clock)
    return routes
