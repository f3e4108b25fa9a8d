"""What owners decide for everybody, and whom they invite."""

from collections.abc import Callable
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.rest.shapes import Flag, Given, Id, Piece, Sent, Told
from assistant.users import accounts, invitations
from assistant.users.access.demanding import demand
from assistant.users.household import choices
from assistant.users.models import Invitation
from assistant.users.sessions import Sessions, who

ModelName = Annotated[str, Field(max_length=200, examples=["llama3.2:3b"])]
Registration = Literal["closed", "invitation", "open"]


class Invited(BaseModel):
    """An invitation that nobody has used yet, without its secret."""

    id: int = Field(examples=[3])
    created: Told
    expires: Told


class MadeInvitation(BaseModel):
    """The new invitation; `secret` is shown only now, and goes into `/register?invitation=…`."""

    secret: str = Field(examples=["k3…"])


class Household(BaseModel):
    """What owners decide for everybody."""

    registration: Registration = Field(description="Who may register.")
    two_step: bool = Field(description="Whether everybody needs two-step login.")
    default_model: str = Field(description="The model of those who chose none; empty for the newest.", examples=[""])
    private_network: bool = Field(description="Whether reminders may be sent to addresses in the home's network.")
    api_described: bool = Field(description="Whether the API is described also to those who are not logged in.")


class HouseholdChange(Sent):
    """What to decide otherwise; what is left out stays."""

    registration: Annotated[Registration | None, Given] = None
    two_step: Annotated[Flag | None, Given] = None
    default_model: Annotated[ModelName | None, Given] = None
    private_network: Annotated[Flag | None, Given] = None
    api_described: Annotated[Flag | None, Given] = None


def router(door: Door, sessions: Sessions) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute, tags=["household"])
    _invitations(routes, door)
    _household(routes, door, sessions)
    return routes


def _invitations(routes: APIRouter, door: Door) -> None:
    @routes.get("/invitations", **says("admin", owners=True))
    async def list_invitations(request: Request) -> Piece[Invited]:  # noqa: ARG001
        """Invitations that nobody has used yet and that are still good."""
        return Piece(items=[_invited(row) for row in await door.read(invitations.listing, door.clock())])

    @routes.post("/invitations", status_code=201, **says("admin", owners=True))
    async def invite(request: Request) -> MadeInvitation:  # noqa: ARG001
        """Invite somebody: the secret is good for one person within seven days."""
        return MadeInvitation(secret=await door.run(invitations.invite, door.clock()))

    @routes.delete("/invitations/{invitation:int}", status_code=204, **says("admin", 404, owners=True))
    async def take_invitation_back(request: Request, invitation: Id) -> None:  # noqa: ARG001
        """Make an invitation lead nowhere."""
        await door.run(invitations.take_back, invitation)


def _household(routes: APIRouter, door: Door, sessions: Sessions) -> None:
    @routes.get("/household", response_model=Household, **says("admin", owners=True))
    async def get_household(request: Request) -> Response:
        """What owners decide for everybody, and its version as ETag."""
        return etags.answer(request, await door.read(_decided))

    @routes.patch("/household", response_model=Household, **says("admin", versioned=True, body=True, owners=True))
    async def change_household(request: Request, change: HouseholdChange) -> Response:
        """Decide otherwise for everybody, on the version that If-Match names.

        Where two-step login is demanded, those who have none are logged out, and set it up at their next login.
        """

        def unit() -> Household:
            etags.check(request, _decided())
            for name in change.model_fields_set:
                DECISIONS[name](getattr(change, name))
            return _decided()

        answer = etags.answer(request, await door.run(unit))
        if change.two_step:
            await demand(door.database, sessions, who(request), demanded=True)
        return answer


DECISIONS: dict[str, Callable[[Any], None]] = {
    "registration": accounts.set_registration,
    "two_step": lambda on: choices.demand_two_step(demanded=on),
    "default_model": choices.set_default_model,
    "private_network": lambda on: accounts.allow_private_network(allowed=on),
    "api_described": lambda on: choices.describe_api(allowed=on),
}


def _decided() -> Household:
    return Household(
        registration=accounts.registration(), private_network=accounts.private_network_allowed(),
        two_step=choices.two_step_demanded(), default_model=choices.default_model(),
        api_described=choices.api_described(),
    )  # fmt: skip


def _invited(row: Invitation) -> Invited:
    return Invited.model_validate(row, from_attributes=True)
