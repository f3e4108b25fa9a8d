"""A person's own account: who they are, what they prefer, where they are logged in."""

from datetime import time
from typing import Annotated, Any, get_args

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, BeforeValidator, Field, Strict, create_model

from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.rest.shapes import Id, Piece, Sent, Told
from assistant.settings.api.users import Password
from assistant.users import accounts, preferences
from assistant.users.access import grants
from assistant.users.devices import browser
from assistant.users.passwords import Passwords, check
from assistant.users.preferences import Preferences
from assistant.users.sessions import Sessions, who


class Me(BaseModel):
    """Who asks, and what they may do."""

    id: int = Field(examples=[1])
    name: str = Field(examples=["anna"])
    owner: bool
    scopes: list[str] = Field(description="What this key or token allows.", examples=[["read", "write"]])


class Login(BaseModel):
    """A browser or a program that is logged in."""

    id: int = Field(examples=[6])
    agent: str = Field(description="In words.", examples=["Firefox on Linux"])
    created: Told
    seen: Told = Field(description="When it was last used.")
    current: bool = Field(description="Whether it is this one.")


class NewPassword(Sent):
    """Another password."""

    current: str = Field(max_length=1000, description="The one that counts now.", examples=["correct horse"])
    password: Password


def _optional() -> Any:
    """The preferences, of which any may be left out."""
    fields: dict[str, Any] = {
        name: (_strictly(info.rebuild_annotation()), Field(default=info.default, examples=[info.default]))
        for name, info in Preferences.model_fields.items()
    }
    return create_model("PreferencesChange", __base__=Sent, __doc__="What to prefer; what is left out stays.", **fields)


def _written(value: object) -> object:
    if not isinstance(value, str):
        raise ValueError("Write a time, such as 22:00.")  # noqa: TRY004 - what pydantic turns into an answer
    return value


def _strictly(kind: Any) -> Any:
    """The type without what pydantic would take for it."""
    if kind is time:
        return Annotated[kind, BeforeValidator(_written)]
    return Annotated[kind, Strict()] if get_args(kind)[:1] in {(int,), (bool,)} or kind in {int, bool} else kind


PreferencesChange: Any = _optional()


def router(door: Door, sessions: Sessions, passwords: Passwords) -> APIRouter:
    """The routes."""
    routes = APIRouter(route_class=StrictRoute, tags=["me"])
    _preferences(routes, door)
    _logins(routes, sessions)
    _password(routes, door, sessions, passwords)
    return routes


def _preferences(routes: APIRouter, door: Door) -> None:
    @routes.get("/me", **says("read"))
    async def get_me(request: Request) -> Me:
        """Who you are, and what this key or token allows."""
        asking = who(request)
        return Me(id=asking.user, name=asking.name, owner=asking.owner, scopes=sorted(asking.scopes))

    @routes.get("/me/preferences", response_model=Preferences, **says("read"))
    async def get_preferences(request: Request) -> Response:
        """What you prefer, and its version as ETag."""
        return etags.answer(request, await door.read(preferences.load, who(request).user))

    @routes.patch("/me/preferences", response_model=Preferences, **says("write", versioned=True, body=True))
    async def change_preferences(request: Request, change: PreferencesChange) -> Response:
        """Change what you prefer, on the version that If-Match names."""
        user = who(request).user
        said = {name: getattr(change, name) for name in change.model_fields_set}

        def unit() -> Preferences:
            etags.check(request, preferences.load(user))
            return preferences.save(user, **said)

        return etags.answer(request, await door.run(unit))


def _logins(routes: APIRouter, sessions: Sessions) -> None:
    @routes.get("/me/sessions", **says("read"))
    async def list_sessions(request: Request) -> Piece[Login]:
        """Where you are logged in, what was used last first."""
        asking = who(request)
        rows = await sessions.of(asking.user)
        return Piece(
            items=[
                Login(id=r.id, agent=browser(r.agent), created=r.created, seen=r.seen, current=r.id == asking.session)
                for r in rows
            ]
        )

    @routes.delete("/me/sessions/{session:int}", status_code=204, **says("admin", 404))
    async def end_session(request: Request, session: Id) -> None:
        """Log out somewhere."""
        await sessions.end_own(who(request).user, session)

    @routes.delete("/me/sessions", status_code=204, **says("admin"))
    async def log_out_everywhere(request: Request) -> None:
        """Log out everywhere, and end all keys and tokens, also this one."""
        await sessions.end_all(who(request).user)


def _password(routes: APIRouter, door: Door, sessions: Sessions, passwords: Passwords) -> None:
    @routes.put("/me/password", status_code=204, **says("admin", 503, body=True))
    async def change_password(request: Request, new: NewPassword) -> None:
        """Change your password; all logins, keys and tokens end, also this one."""
        asking = who(request)
        where = request.client.host if request.client else "unknown"
        await grants.by_password(
            door.database, passwords, asking.name, new.current, where=where, now=door.clock(), field="current"
        )
        check(new.password)
        await door.run(accounts.set_password, asking.user, await passwords.hash(new.password))
        await sessions.end_all(asking.user)
