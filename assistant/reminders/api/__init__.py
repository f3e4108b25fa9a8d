"""Reminders over HTTP: understood, kept, listed, answered."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.reminders.api.lists import add_lists
from assistant.reminders.api.rings import add_rings
from assistant.reminders.api.setting import add_setting
from assistant.reminders.api.ways import add_ways
from assistant.reminders.api.work import add_work
from assistant.reminders.courier import Courier
from assistant.reminders.pushing import Keys
from assistant.storage.database import Database


def router(database: Database, courier: Courier, keys: Keys, clock: Callable[[], datetime]) -> APIRouter:
    """The routes."""
    routes = APIRouter()
    for add in (add_setting, add_lists, add_work, add_rings):
        add(routes, database, clock)
    add_ways(routes, database, courier, keys, clock)
    return routes
