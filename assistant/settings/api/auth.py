"""How programs log in, go on and log out."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from assistant.errors import AssistantError, Forbidden, Invalid
from assistant.rest.documented import failures
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.users.access import api_keys, grants, refresh
from assistant.users.access.bearers import Bearers, Granted
from assistant.users.passwords import Passwords
from assistant.users.sessions import SCOPES, Sessions

TAG = "auth"
NOT_STORED = {"Cache-Control": "no-store"}
FAILS = failures(400, 401, 413, 415, 422, 429, 503)
OPEN: dict[str, Any] = {"openapi_extra": {"security": []}}
PASSWORD = "password"  # noqa: S105 - the name of the grant


class Grant(BaseModel):
    """What a program that logged in gets."""

    access_token: str = Field(description="Goes into `Authorization: Bearer …`.", examples=["eyJhbGciOiJFZERTQSJ9…"])
    token_type: Literal["Bearer"] = "Bearer"  # noqa: S105 - a kind
    expires_in: int = Field(description="Seconds that the access token lasts.", examples=[900])
    refresh_token: str = Field(description="Gets the next access token, once.", examples=["mR0k…"])
    scope: str = Field(description="What the token allows, with spaces.", examples=["read write chat"])


class NotGranted(AssistantError):  # noqa: N818 - an answer
    """The grant is refused; ``more`` is how OAuth calls it."""

    def __init__(self, status: int, error: str, cause: AssistantError) -> None:
        super().__init__(cause.sentence, field=cause.field)
        self.status = status
        self.more = {"error": error, "error_description": cause.sentence}


def router(door: Door, sessions: Sessions, passwords: Passwords, bearers: Bearers) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute, tags=[TAG])

    @routes.post("/auth/token", responses=FAILS, response_model=Grant, **OPEN)
    async def get_token(
        request: Request,
        grant_type: Annotated[Literal["password", "refresh_token"], Form(description="How the program comes.")],
        username: Annotated[str, Form(max_length=1000, description="For `password`.", examples=["anna"])] = "",
        password: Annotated[str, Form(max_length=1000, description="For `password`.", examples=["correct horse"])] = "",
        code: Annotated[
            str, Form(max_length=100, description="The second step, where there is one.", examples=["123456"])
        ] = "",
        scope: Annotated[str, Form(max_length=100, description="Scopes, with spaces; all without it.")] = "",
        refresh_token: Annotated[
            str, Form(max_length=1000, description="For `refresh_token`.", examples=["mR0k…"])
        ] = "",
    ) -> Response:
        """Log in with a name and a password, or go on with a refresh token.

        The OAuth 2 password flow. An account with two-step login sends a `code` of its app as well, or a recovery
        code; without one the `error` is `code_required`. The access token lasts 15 minutes. A refresh token is good
        once: used twice, it was stolen, and all tokens that came from that login end. Everything ends at once when the
        person logs out everywhere, changes the password or is locked out.
        """
        try:
            if grant_type == PASSWORD:
                scopes = api_keys.valid_scopes(scope.split() or SCOPES)
                where = request.client.host if request.client else "unknown"
                user = await grants.by_password(
                    door.database, passwords, username, password, where=where, now=door.clock(), code=code
                )
                granted = await bearers.begin(user.id, request.headers.get("user-agent", "A program"), scopes)
            else:
                granted = await bearers.renew(refresh_token)
        except grants.CodeMissing as error:
            raise NotGranted(401, "code_required", error) from None
        except Forbidden as error:
            raise NotGranted(401, "invalid_grant", error) from None
        except Invalid as error:
            raise NotGranted(422, "invalid_scope", error) from None
        return JSONResponse(_grant(granted).model_dump(), headers=NOT_STORED)

    @routes.post("/auth/revoke", responses=FAILS, status_code=204, **OPEN)
    async def revoke_token(
        refresh_token: Annotated[str, Form(min_length=1, max_length=1000, description="The one to end.")],
    ) -> None:
        """Log out: end the refresh token and all access tokens of its login.

        A token that is not good any more is no failure.
        """
        session = await door.run(refresh.end, refresh_token)
        if session:
            await sessions.end(session)

    return routes


def _grant(granted: Granted) -> Grant:
    return Grant(
        access_token=granted.access, expires_in=granted.seconds, refresh_token=granted.refresh,
        scope=" ".join(granted.scopes),
    )  # fmt: skip
