"""Reminders over HTTP: understood, kept, listed, answered."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.reminders.api.calendars import add_calendars
from assistant.reminders.api.lists import add_lists
from assistant.reminders.api.rings import add_rings
from assistant.reminders.api.setting import add_setting
from assistant.reminders.api.several import add_several
from assistant.reminders.api.showing import Showing
from assistant.reminders.api.ways import add_ways
from assistant.reminders.api.work import add_work
from assistant.reminders.courier import Courier
from assistant.reminders.links import Find
from assistant.reminders.pushing import Keys
from assistant.storage.database import Database


def router(
    database: Database, clock: Callable[[], datetime], find: Find, courier: Courier, keys: Keys, public_url: str = ""
) -> APIRouter:
    """The routes; ``find`` is the way to the notes and messages that reminders lead to.

    ``public_url`` begins the addresses that are given away, where it is set.
    """
    routes, showing = APIRouter(), Showing(database, find)
    for add in (add_setting, add_lists, add_work, add_rings):
        add(routes, database, clock, showing)
    add_several(routes, database, clock)
    add_calendars(routes, database, clock, public_url)
    add_ways(routes, database, courier, keys, clock)
    return routes
