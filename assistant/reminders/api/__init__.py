"""Reminders over HTTP: what calendars, phones and files need that are no pages.

- ``v1``: reminders over the API, for programs
- ``calendars``: the feed that calendars read, all reminders as a file, and a file on its way to its page
- ``notifications``: answers that are given in a notification, and the browser that shows them
"""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.reminders.api import calendars, notifications
from assistant.reminders.ical.uploads import Uploads
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.storage.database import Database


def router(database: Database, now: Callable[[], datetime], dispatcher: Dispatcher, uploads: Uploads) -> APIRouter:
    """The routes."""
    routes = APIRouter()
    calendars.add(routes, database, now, uploads)
    notifications.add(routes, database, now, dispatcher)
    return routes
