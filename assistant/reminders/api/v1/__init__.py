"""Reminders over the API.

- ``shapes``: reminders as JSON has them
- ``listing``: lists, the days of a calendar, tags
- ``sentences``: what a sentence means
- ``reminders``: set, read, changed, done, moved, deleted and taken back
- ``rings``: what rings, and how it is answered
- ``bulk``: many at once
- ``ways``: where it rings outside the page, and the address for calendars
- ``devices``: browsers that ring with the page closed
- ``imports``: calendar files brought in
"""

from collections.abc import Callable

from fastapi import APIRouter

from assistant.reminders.api.v1 import bulk, devices, imports, listing, reminders, rings, sentences, ways
from assistant.reminders.ical.uploads import Uploads
from assistant.reminders.links import Find
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute


def router(
    door: Door, dispatcher: Dispatcher, keys: VapidKeys, uploads: Uploads, find: Find, origin: Callable[[str], str]
) -> APIRouter:
    """The routes; ``find`` is the way to what reminders lead to, ``origin`` our address as browsers have it."""
    routes = APIRouter(route_class=StrictRoute, tags=["reminders"])
    listing.add(routes, door)
    sentences.add(routes, door)
    bulk.add(routes, door)
    rings.add(routes, door)
    ways.add(routes, door, dispatcher, origin)
    devices.add(routes, door, dispatcher, keys)
    imports.add(routes, door, uploads)
    reminders.add(routes, door, find)
    return routes
