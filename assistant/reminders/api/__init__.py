"""Reminders over HTTP: understood, kept, listed, answered."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter

from assistant.reminders.api.calendars import add_calendars
from assistant.reminders.api.lists import add_lists
from assistant.reminders.api.rings import add_rings
from assistant.reminders.api.setting import add_setting
from assistant.reminders.api.work import add_work
from assistant.storage.database import Database


def router(database: Database, clock: Callable[[], datetime], public_url: str = "") -> APIRouter:
    """The routes; ``public_url`` begins the addresses that are given away, where it is set."""
    routes = APIRouter()
    for add in (add_setting, add_lists, add_work, add_rings):
        add(routes, database, clock)
    add_calendars(routes, database, clock, public_url)
    return routes
