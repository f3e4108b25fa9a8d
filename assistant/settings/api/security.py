"""How an account is entered: the password once more, two-step login, recovery codes, and what needs no login yet."""

from typing import Any

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from assistant.errors import Forbidden
from assistant.rest.documented import failures, says
from assistant.rest.door import Door
from assistant.rest.problems import called
from assistant.rest.routing import StrictRoute
from assistant.rest.shapes import Sent
from assistant.settings.api.users import Password
from assistant.users import accounts
from assistant.users.access import registering
from assistant.users.household import choices
from assistant.users.identity import NO_KEY, Identity
from assistant.users.passwords import Passwords
from assistant.users.sessions import Sessions, who
from assistant.users.two_step import codes, drawing

DEMANDED = "Everybody here needs it: the owner has decided so."
OPEN: dict[str, Any] = {
    "responses": failures(400, 401, 403, 409, 413, 415, 422, 429, 503),
    "openapi_extra": {"security": []},
}


class Proof(Sent):
    """The password, once more."""

    password: str = Field(max_length=1000, examples=["correct horse"])


class Codes(BaseModel):
    """Recovery codes, which are shown only now."""

    codes: list[str] = Field(examples=[["k3xpt-7wq2m-…"]])


class TwoStep(BaseModel):
    """Whether a login needs a code."""

    on: bool
    demanded: bool = Field(description="Whether owners demand it of everybody.")


class Secret(BaseModel):
    """A secret for an app; nothing is kept of it until a code proves that an app has it."""

    secret: str = Field(examples=["JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"])
    address: str = Field(description="The same for an app on this device.", examples=["otpauth://totp/…"])


class Setup(Sent):
    """A secret, and a code that an app makes of it now."""

    secret: str = Field(max_length=100, examples=["JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"])
    code: str = Field(max_length=100, examples=["123456"])


class Newcomer(Sent):
    """An account to make for oneself."""

    name: str = Field(max_length=100, examples=["ben"])
    password: Password
    invitation: str = Field(default="", max_length=200, description="The secret of an invitation, where one is needed.")
    zone: str = Field(default="", max_length=100, description="Your time zone.", examples=["Europe/Berlin"])


class Registered(Codes):
    """The new account, and its recovery codes, which are shown only now."""

    id: int = Field(examples=[2])
    name: str = Field(examples=["ben"])


class Recovery(Sent):
    """A recovery code, and the password that counts from now on."""

    name: str = Field(max_length=100, examples=["ben"])
    code: str = Field(max_length=100, examples=["k3xpt-7wq2m-…"])
    password: Password


def routers(door: Door, sessions: Sessions, passwords: Passwords, identity: Identity) -> list[APIRouter]:
    """The routes of whoever is outside, and of whoever is inside."""
    outside = APIRouter(route_class=StrictRoute, tags=["auth"])
    _outside(outside, door, sessions, passwords)
    inside = APIRouter(route_class=StrictRoute, tags=["me"])
    _proof(inside, door, identity)
    _two_step(inside, door, sessions, identity)
    return [outside, inside]


def _outside(routes: APIRouter, door: Door, sessions: Sessions, passwords: Passwords) -> None:
    @routes.post("/auth/register", status_code=201, **OPEN)
    async def register(request: Request, new: Newcomer) -> Registered:
        """Make an account for yourself, where owners let you.

        The first account of an installation is its owner's. Log in with `POST /auth/token`.
        """
        with called(username="name"):
            user, shown = await registering.register(
                door.database, passwords, new.name, new.password, invitation=new.invitation, zone=new.zone,
                where=_address(request), now=door.clock(),
            )  # fmt: skip
        return Registered(id=user.id, name=user.name, codes=shown)

    @routes.post("/auth/recover", status_code=204, **OPEN)
    async def recover(request: Request, sent: Recovery) -> None:
        """Set a new password with a recovery code, which counts once; all logins, keys and tokens end."""
        await registering.recover(
            door.database, passwords, sessions, sent.name, code=sent.code, password=sent.password,
            where=_address(request), now=door.clock(),
        )  # fmt: skip


def _proof(routes: APIRouter, door: Door, identity: Identity) -> None:
    @routes.post("/me/proof", status_code=204, **says("read", 503, body=True))
    async def prove_who_you_are(request: Request, sent: Proof) -> None:
        """Give your password again, for what a login of long ago is not enough for.

        It counts for ten minutes, for this login alone.
        """
        asking = who(request)
        if asking.key:
            raise Forbidden(NO_KEY)
        await identity.prove(asking, sent.password, _address(request), field="password")

    @routes.post("/me/recovery-codes", status_code=201, **says("admin"))
    async def renew_recovery_codes(request: Request) -> Codes:
        """Make new recovery codes, which are shown only now; the earlier ones open nothing any more.

        Whoever logged in more than ten minutes ago sends the password first, to `POST /me/proof`; no key will do.
        """
        asking = who(request)
        await identity.demand(asking)
        return Codes(codes=await door.run(accounts.new_codes, asking.user))


def _two_step(routes: APIRouter, door: Door, sessions: Sessions, identity: Identity) -> None:
    @routes.get("/me/two-step", **says("read"))
    async def get_two_step(request: Request) -> TwoStep:
        """Whether your login needs a code."""
        on = await door.read(codes.is_on, who(request).user)
        return TwoStep(on=on, demanded=await door.read(choices.two_step_demanded))

    @routes.post("/me/two-step/secret", **says("admin"))
    async def begin_two_step(request: Request) -> Secret:
        """Get a secret for an app, to turn two-step login on with; nothing has changed yet."""
        secret = codes.new_secret()
        return Secret(secret=secret, address=drawing.address(who(request).name, secret))

    @routes.put("/me/two-step", status_code=204, **says("admin", body=True))
    async def turn_two_step_on(request: Request, sent: Setup) -> None:
        """Turn two-step login on, or take another secret; all other logins and all keys end.

        Whoever logged in more than ten minutes ago sends the password first, to `POST /me/proof`; no key will do.
        """
        asking = who(request)
        await identity.demand(asking)
        await door.run(codes.turn_on, asking.user, sent.secret, sent.code, door.clock())
        await sessions.end_all(asking.user, but=asking.session)

    @routes.delete("/me/two-step", status_code=204, **says("admin"))
    async def turn_two_step_off(request: Request) -> None:
        """Let the password alone open your account, unless owners demand otherwise.

        Whoever logged in more than ten minutes ago sends the password first, to `POST /me/proof`; no key will do.
        """
        asking = who(request)
        if await door.read(choices.two_step_demanded):
            raise Forbidden(DEMANDED)
        await identity.demand(asking)
        await door.run(codes.turn_off, asking.user)


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"
