"""Accounts, for owners."""

from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.errors import NotFound
from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.problems import called
from assistant.rest.routing import StrictRoute
from assistant.rest.shapes import Flag, Given, Id, Integral, Piece, Sent, Told
from assistant.users import accounts
from assistant.users.household import choices
from assistant.users.models import User
from assistant.users.passwords import LONGEST, SHORTEST, Passwords, check
from assistant.users.two_step import codes

# What it may be is judged by the house, in its own words; the document says so beforehand.
Password = Annotated[
    str,
    Field(
        max_length=1000, json_schema_extra={"minLength": SHORTEST, "maxLength": LONGEST},
        description="The new one; none of the 10,000 most used.", examples=["battery staple"],
    ),
]  # fmt: skip
Quota = Annotated[int, Field(ge=1, le=choices.LARGEST_ROOM, examples=[2_000_000_000]), Integral]


class Person(BaseModel):
    """An account."""

    id: int = Field(examples=[2])
    name: str = Field(examples=["ben"])
    owner: bool
    disabled: Told | None = Field(description="Since when it is locked out.")
    created: Told
    quota: int | None = Field(description="Bytes that it may keep; null for no limit.", examples=[2_000_000_000])
    two_step: bool = Field(description="Whether its login needs a code.")


class NewPerson(Sent):
    """An account to make."""

    name: str = Field(max_length=100, examples=["ben"])
    password: Password


class PersonChange(Sent):
    """What to change of an account; what is left out stays."""

    owner: Annotated[Literal[True] | None, Given] = Field(default=None, description="Makes it an owner's.")
    disabled: Annotated[Flag | None, Given] = Field(default=None, description="Locks it out, or lets it in again.")
    quota: Quota | None = Field(default=None, description="Bytes that it may keep; null takes the limit away.")
    two_step: Annotated[Literal[False] | None, Given] = Field(
        default=None, description="Takes two-step login off it, for who has lost phone and recovery codes."
    )


class PasswordReset(Sent):
    """Somebody's new password."""

    password: Password


def router(door: Door, passwords: Passwords) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute, tags=["users"])
    _people(routes, door, passwords)
    _person_of(routes, door, passwords)
    return routes


def _people(routes: APIRouter, door: Door, passwords: Passwords) -> None:
    @routes.get("/users", **says("admin", owners=True))
    async def list_users(request: Request) -> Piece[Person]:  # noqa: ARG001 - all routes know who asks
        """All accounts, in the order in which they came."""
        return Piece(items=await door.read(lambda: [_person(row) for row in accounts.people()]))

    @routes.post("/users", status_code=201, response_model=Person, **says("admin", body=True, keyed=True, owners=True))
    async def add_user(request: Request, new: NewPerson) -> Response:
        """Make an account."""
        check(new.password)
        hashed = await passwords.hash(new.password)
        with called(username="name"):
            return await door.once(
                request, lambda: _person(accounts.add(new.name, hashed, now=door.clock())), place="/api/v1/users/{id}"
            )


def _person_of(routes: APIRouter, door: Door, passwords: Passwords) -> None:
    @routes.get("/users/{user:int}", response_model=Person, **says("admin", 404, owners=True))
    async def get_user(request: Request, user: Id) -> Response:
        """An account, and its version as ETag."""
        return etags.answer(request, await door.read(_get, user))

    @routes.patch(
        "/users/{user:int}", response_model=Person, **says("admin", 404, 409, versioned=True, body=True, owners=True)
    )
    async def change_user(request: Request, user: Id, change: PersonChange) -> Response:
        """Make somebody an owner, lock them out, let them in again, limit what they keep; the last owner stays."""

        def unit() -> Person:
            etags.check(request, _get(user))
            _change(user, change, door.clock())
            return _get(user)

        return etags.answer(request, await door.run(unit))

    @routes.put("/users/{user:int}/password", status_code=204, **says("admin", 404, 503, body=True, owners=True))
    async def reset_password(request: Request, user: Id, new: PasswordReset) -> None:  # noqa: ARG001
        """Give somebody a new password; they are logged out everywhere."""
        await door.read(_get, user)
        check(new.password)
        await door.run(accounts.set_password, user, await passwords.hash(new.password))


def _change(user: int, change: PersonChange, now: datetime) -> None:
    if change.owner:
        accounts.make_owner(user)
    if change.disabled is not None:
        accounts.disable(user, now) if change.disabled else accounts.enable(user)
    if "quota" in change.model_fields_set:
        choices.set_quota(user, change.quota)
    if change.two_step is not None:
        codes.turn_off(user)


def _get(user: int) -> Person:
    found = User.get_or_none(User.id == user)
    if found is None:
        raise NotFound("There is no such account.")
    return _person(found)


def _person(row: User) -> Person:
    told = {name: getattr(row, name) for name in Person.model_fields.keys() - {"two_step"}}
    return Person.model_validate(told | {"two_step": codes.is_on(row.id)})
