"""Reminders over HTTP.

- ``reminders``: parse a sentence; add, read, change, complete, move and delete one.
- ``bulk``: the same with several.
- ``views``: lists, the calendar, tags, what leads to a note or message.
- ``rings``: what rings, and the answers to it.
- ``calendars``: the feed, export and import.
- ``channels``: where it rings outside the page.
- ``presenter``: reminders as they are shown.
- ``shapes``: what goes over the wire.
"""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.reminders.api.bulk import add_bulk
from assistant.reminders.api.calendars import add_calendars
from assistant.reminders.api.channels import add_channels
from assistant.reminders.api.presenter import Presenter
from assistant.reminders.api.reminders import add_reminders
from assistant.reminders.api.rings import add_rings
from assistant.reminders.api.views import add_views
from assistant.reminders.links import Find
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.storage.database import Database


def router(
    database: Database,
    now: Callable[[], datetime],
    find: Find,
    dispatcher: Dispatcher,
    keys: VapidKeys,
    public_url: str = "",
) -> APIRouter:
    """The routes; ``find`` is the way to the notes and messages that reminders lead to.

    ``public_url`` begins the addresses that are given away, where it is set.
    """
    routes, presenter = APIRouter(), Presenter(database, find)
    for add in (add_reminders, add_views, add_rings):
        add(routes, database, now, presenter)
    add_bulk(routes, database, now)
    add_calendars(routes, database, now, public_url)
    add_channels(routes, database, dispatcher, keys, now)
    return routes
