"""A person's own keys for their programs."""

from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.rest.shapes import AT, Coming, Flag, Id, Piece, Sent, Told
from assistant.users.access import api_keys
from assistant.users.identity import Identity
from assistant.users.models import ApiKey
from assistant.users.sessions import SCOPES, who

Scopes = Annotated[
    list[Literal["read", "write", "chat", "admin"]],
    Field(description=f"What the key may do: {', '.join(SCOPES)}.", min_length=1, max_length=4, examples=[["read"]]),
]


class Key(BaseModel):
    """A key, without what it opens."""

    id: int = Field(examples=[3])
    name: str = Field(examples=["Kitchen display"])
    ending: str = Field(description="The last four characters of the key.", examples=["x7Qa"])
    scopes: list[str] = Field(examples=[["read"]])
    asks: bool = Field(description="Whether what a model wants to write by MCP waits for your yes.", examples=[True])
    created: Told
    expires: Told | None = Field(default=None, examples=[AT])
    used: Told | None = Field(default=None, description="When it was last used, give or take a minute.", examples=[AT])


class MadeKey(Key):
    """The new key; `key` is shown only now."""

    key: str = Field(examples=["ast_Jx0…"])


class NewKey(Sent):
    """A key to make."""

    name: str = Field(description="What it is for.", max_length=100, examples=["Kitchen display"])
    scopes: Scopes
    asks: Flag = Field(default=True, description="What a model wants to write by MCP waits for your yes.")
    expires: Coming | None = Field(default=None, description="When it stops working; never, without it.")


def router(door: Door, identity: Identity) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute, tags=["me"])

    @routes.get("/me/keys", **says("admin"))
    async def list_keys(request: Request) -> Piece[Key]:
        """Your keys, the latest first."""
        rows = await door.read(api_keys.listing, who(request).user)
        return Piece(items=[_key(row) for row in rows])

    @routes.post("/me/keys", status_code=201, **says("admin", body=True))
    async def make_key(request: Request, new: NewKey) -> MadeKey:
        """Make a key, which is shown only now.

        It ends when you log out everywhere, change your password or are locked out. Because the answer is kept
        nowhere, there is no Idempotency-Key here. Whoever logged in more than ten minutes ago sends the password
        first, to `POST /me/proof`; a key does not need to.
        """
        await identity.demand(who(request), by_key=True)
        row, key = await door.run(
            api_keys.make,
            who(request).user,
            name=new.name,
            scopes=new.scopes,
            expires=new.expires,
            now=door.clock(),
            asks=new.asks,
        )
        return MadeKey(**dict(_key(row)), key=key)

    @routes.delete("/me/keys/{key:int}", status_code=204, **says("admin", 404))
    async def remove_key(request: Request, key: Id) -> None:
        """Make a key open nothing any more."""
        await door.run(api_keys.remove, who(request).user, key)

    return routes


def _key(row: ApiKey) -> Key:
    return Key(
        id=row.id, name=row.name, ending=row.ending, scopes=row.scopes.split(), asks=row.asks,
        created=row.created, expires=row.expires, used=row.used,
    )  # fmt: skip
