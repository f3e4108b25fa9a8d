"""What is stored of a person, and all of one kind deleted."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from pydantic import BaseModel, Field

from assistant.errors import NotFound
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.rest.shapes import Id
from assistant.settings.kinds import PIECE, Kind
from assistant.users import accounts
from assistant.users.household import choices
from assistant.users.identity import Identity
from assistant.users.sessions import who

MOST = 1000  # that one request deletes


class Kept(BaseModel):
    """How much there is of one kind."""

    kind: str = Field(examples=["notes"])
    count: int = Field(examples=[120])
    size: int = Field(description="Bytes, with all that hangs on them.", examples=[183_204])


class Storage(BaseModel):
    """How much there is of each kind, and how much there may be."""

    items: list[Kept]
    quota: int | None = Field(
        description="Bytes in all that owners allow; null for no limit.", examples=[2_000_000_000]
    )


class Cleared(BaseModel):
    """How much was deleted, and how much is left."""

    deleted: int = Field(examples=[1000])
    left: int = Field(examples=[0])


def router(door: Door, identity: Identity, kinds: Sequence[Kind]) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute)
    _told(routes, door, kinds)
    _deleted(routes, door, identity, {kind.name: kind for kind in kinds})
    return routes


def _told(routes: APIRouter, door: Door, kinds: Sequence[Kind]) -> None:
    async def kept(user: int) -> Storage:
        found = [(kind.name, *await door.read(kind.kept, user)) for kind in kinds]
        items = [Kept(kind=name, count=count, size=size) for name, count, size in found]
        return Storage(items=items, quota=await door.read(choices.quota, user))

    @routes.get("/me/storage", tags=["me"], **says("read"))
    async def get_storage(request: Request) -> Storage:
        """How much of each kind is stored of you."""
        return await kept(who(request).user)

    @routes.get("/users/{user:int}/storage", tags=["users"], **says("admin", 404, owners=True))
    async def get_storage_of_user(request: Request, user: Id) -> Storage:  # noqa: ARG001 - all routes know who asks
        """How much of each kind is stored of somebody."""
        if user not in {row.id for row in await door.read(accounts.people)}:
            raise NotFound("There is no such account.")
        return await kept(user)


def _deleted(routes: APIRouter, door: Door, identity: Identity, kinds: dict[str, Kind]) -> None:
    @routes.delete("/me/storage/{kind}", tags=["me"], **says("admin", 404))
    async def delete_all_of_a_kind(
        request: Request,
        kind: Annotated[str, Path(max_length=40, examples=["prompts"])],
        most: Annotated[int, Query(ge=1, le=MOST, description="How many at most; ask again while any is left.")] = MOST,
    ) -> Cleared:
        """Delete for good what you have of a kind, piece by piece: this cannot be undone.

        Whoever logged in more than ten minutes ago sends the password first, to `POST /me/proof`; a key does not need
        to.
        """
        asking, chosen = who(request), kinds.get(kind)
        await identity.demand(asking, by_key=True)
        if chosen is None:
            raise NotFound("There is no such kind.")
        if chosen.prepare:
            await chosen.prepare(asking.user)
        gone = 0
        while gone < most and (some := await door.run(chosen.delete_some, asking.user, min(PIECE, most - gone))):
            gone += some
        return Cleared(deleted=gone, left=(await door.read(chosen.kept, asking.user))[0])
