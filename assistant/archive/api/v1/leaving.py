"""The end of an account."""

from collections.abc import Awaitable, Callable

from fastapi import APIRouter, Request

from assistant.archive.exports import Exports
from assistant.archive.imports import Imports
from assistant.archive.removal import Removals
from assistant.rest.documented import says
from assistant.users.identity import Identity
from assistant.users.sessions import who


def add(
    routes: APIRouter, removals: Removals, made: Exports, arriving: Imports, identity: Identity,
    stop_answers: Callable[[int], Awaitable[None]],
) -> None:  # fmt: skip
    """Adds the route."""

    @routes.delete("/me", status_code=204, **says("admin", 409))
    async def leave(request: Request) -> None:
        """Delete your account and all that you have, for good; take an export with you first.

        Whoever logged in more than ten minutes ago sends the password first, to `POST /me/proof`; no key will do. The
        last owner stays while others are there.
        """
        asking = who(request)
        await identity.demand(asking)
        await removals.leave(asking.user)
        await stop_answers(asking.user)
        made.forget(asking.user)
        arriving.cancel(asking.user)
