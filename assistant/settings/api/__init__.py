"""Accounts over the API.

- ``auth``: how programs log in, go on and log out
- ``me``: a person's own account: preferences, logins, password
- ``keys``: a person's own keys for their programs
- ``users``: accounts and what is decided for everybody, for owners
"""

from fastapi import APIRouter

from assistant.rest.door import Door
from assistant.settings.api import auth, keys, me, users
from assistant.users.access.bearers import Bearers
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions


def routers(door: Door, sessions: Sessions, passwords: Passwords, bearers: Bearers) -> list[APIRouter]:
    """The routes."""
    return [
        auth.router(door, sessions, passwords, bearers),
        me.router(door, sessions, passwords),
        keys.router(door),
        users.router(door, passwords),
    ]
