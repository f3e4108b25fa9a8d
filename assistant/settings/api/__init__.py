"""Accounts over the API.

- ``auth``: how programs log in, go on and log out
- ``security``: the password once more, two-step login, recovery codes; accounts that people make for themselves
- ``me``: a person's own account: preferences, logins, password
- ``pictures``: a person's own picture
- ``keys``: a person's own keys for their programs
- ``storage``: what is stored of a person
- ``users``: accounts, for owners
- ``household``: what is decided for everybody, and invitations, for owners
"""

from collections.abc import Sequence

from fastapi import APIRouter

from assistant.rest.door import Door
from assistant.settings.api import auth, household, keys, me, pictures, security, storage, users
from assistant.settings.kinds import Kind
from assistant.users.access.bearers import Bearers
from assistant.users.identity import Identity
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions


def routers(
    door: Door, sessions: Sessions, passwords: Passwords, bearers: Bearers, identity: Identity, kinds: Sequence[Kind]
) -> list[APIRouter]:
    """The routes."""
    return [
        auth.router(door, sessions, passwords, bearers),
        *security.routers(door, sessions, passwords, identity),
        me.router(door, sessions, passwords),
        pictures.router(door),
        keys.router(door, identity),
        storage.router(door, identity, kinds),
        users.router(door, passwords),
        household.router(door, sessions),
    ]
