"""What comes in and goes out as a whole, over the API.

- ``exports``: everything of one's own in one file
- ``imports``: such a file, or what other programs export, brought in
- ``backups``: backups of the installation, for owners
- ``leaving``: the end of an account
"""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter

from assistant.archive.api.v1 import backups, exports, imports, leaving
from assistant.archive.exports import Exports
from assistant.archive.imports import Imports
from assistant.archive.nightly import Backups
from assistant.archive.removal import Removals
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.users.identity import Identity


def routers(
    door: Door, made: Exports, arriving: Imports, nightly: Backups, removals: Removals, identity: Identity,
    stop_answers: Callable[[int], Awaitable[None]],
) -> list[APIRouter]:  # fmt: skip
    """The routes; ``stop_answers`` ends what is being written for a person who leaves."""
    named = {tag: APIRouter(route_class=StrictRoute, tags=[tag]) for tag in ("exports", "imports", "backups", "me")}
    exports.add(named["exports"], made, identity)
    imports.add(named["imports"], arriving)
    backups.add(named["backups"], door, nightly)
    leaving.add(named["me"], removals, made, arriving, identity, stop_answers)
    return list(named.values())
