"""Accounts over the API.

- ``auth``: how programs log in, go on and log out
- ``keys``: a person's own keys for their programs
"""

from fastapi import APIRouter

from assistant.rest.door import Door
from assistant.settings.api import auth, keys
from assistant.users.access.bearers import Bearers
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions


def routers(door: Door, sessions: Sessions, passwords: Passwords, bearers: Bearers) -> list[APIRouter]:
    """The routes."""
    return [auth.router(door, sessions, passwords, bearers), keys.router(door)]
