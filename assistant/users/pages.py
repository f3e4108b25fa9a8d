"""The doors: log in, register, recover, log out, as plain HTML forms over HTTP."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import available_timezones

from fastapi import FastAPI, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from jinja2 import Environment, FileSystemLoader

from assistant.errors import AssistantError, Forbidden, Invalid, TooMany
from assistant.storage.database import Database
from assistant.users import accounts, limits, preferences
from assistant.users.models import User
from assistant.users.passwords import Passwords, check
from assistant.users.session import ABSOLUTE, Sessions, cookie_name

WRONG = "This name and password do not go together."
TEMPLATES = Environment(loader=FileSystemLoader(Path(__file__).parent / "templates"), autoescape=True)


@dataclass(frozen=True)
class Doors:
    """The handlers of the forms and what they need."""

    database: Database
    sessions: Sessions
    passwords: Passwords
    clock: Callable[[], datetime]

    async def login_page(self, request: Request) -> Response:
        """The login form, or the way to what is rather needed."""
        if await self.database.read(accounts.empty):
            return RedirectResponse("/register", 303)
        if getattr(request.state, "asking", None):
            return RedirectResponse("/", 303)
        return await self._login_form(next=local(request.query_params.get("next", "/")))

    async def login(self, request: Request) -> Response:
        """Begins a session; unknown names and wrong passwords get the same answer in the same time."""
        form = await request.form()
        name, password = str(form.get("username", "")), str(form.get("password", ""))
        onward = local(str(form.get("next", "/")))
        try:
            user = await self._who(request, name, password)
        except AssistantError as error:
            errors = {"password": error.sentence} if isinstance(error, Invalid) else {}
            problem = "" if errors else error.sentence
            page = await self._login_form(next=onward, username=name, errors=errors, problem=problem)
            return _failed(page, error)
        return await self._let_in(request, user.id, RedirectResponse(onward, 303))

    async def register_page(self, request: Request) -> Response:
        """The registration form, or a sentence why there is none."""
        invitation = request.query_params.get("invitation", "")
        first = await self.database.read(accounts.empty)
        if not first:
            try:
                await self.database.read(accounts.admit, invitation, self.clock())
            except Forbidden as error:
                return _page("said.html", title="Not open to you yet", lead=error.sentence, status=403)
        return _register_form(first=first, invitation=invitation)

    async def register(self, request: Request) -> Response:
        """Makes the account, begins a session and shows the recovery codes, this once."""
        form = await request.form()
        name, password = str(form.get("username", "")), str(form.get("password", ""))
        invitation, zone = str(form.get("invitation", "")), str(form.get("zone", ""))
        try:
            user, codes = await self._make(request, name, password, invitation, zone)
        except AssistantError as error:
            first = await self.database.read(accounts.empty)
            errors = {error.field: error.sentence} if error.field else {}
            problem = "" if errors else error.sentence
            page = _register_form(first=first, invitation=invitation, username=name, errors=errors, problem=problem)
            return _failed(page, error)
        page = _page(
            "codes.html",
            title="Keep these recovery codes",
            lead="Each one sets a new password once, if you forget yours. They are shown only now.",
            codes=codes,
        )
        return await self._let_in(request, user.id, page)

    async def recover_page(self, request: Request) -> Response:  # noqa: ARG002 - a route's signature
        """The form that sets a new password with a recovery code."""
        return _recover_form()

    async def recover(self, request: Request) -> Response:
        """Sets the new password, ends all sessions and goes to the login form."""
        form = await request.form()
        name, code, password = (str(form.get(field, "")) for field in ("username", "code", "password"))
        try:
            await self.database.run(limits.take, _address(request), self.clock())
            check(password)
            hashed = await self.passwords.hash(password)
            user = await self.database.run(accounts.recover, name, code, hashed, self.clock())
        except AssistantError as error:
            errors = {error.field: error.sentence} if error.field else {}
            problem = "" if errors else error.sentence
            return _failed(_recover_form(username=name, code=code, errors=errors, problem=problem), error)
        await self.sessions.end_all(user.id)
        return RedirectResponse("/login", 303)

    async def logout(self, request: Request) -> Response:
        """Ends the session, on all pages of this browser."""
        asking = getattr(request.state, "asking", None)
        if asking:
            await self.sessions.end(asking.session)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(cookie_name(secure=_secure(request)), secure=_secure(request), httponly=True)
        return answer

    async def _who(self, request: Request, name: str, password: str) -> User:
        now, key = self.clock(), name.strip().casefold()[:64]
        await self.database.run(limits.take, _address(request), now)
        await self.database.read(limits.check_account, key, now)
        user = await self.database.read(accounts.find, name)
        fits = await self.passwords.verify(user.password if user else None, password[:512])
        if user is None or not fits or user.disabled:
            await self.database.run(limits.count_failure, key, now)
            raise Invalid(WRONG, field="password")
        await self.database.run(limits.forgive, key)
        if self.passwords.outdated(user.password):
            renewed = await self.passwords.hash(password)
            await self.database.run(accounts.rehash, user.id, user.password, renewed)
        return user

    async def _make(
        self, request: Request, name: str, password: str, invitation: str, zone: str
    ) -> tuple[User, list[str]]:
        now = self.clock()
        await self.database.run(limits.take, _address(request), now)
        if not accounts.NAME.fullmatch(name.strip()):
            raise Invalid("Use 3 to 32 letters, digits or . _ -", field="username")
        check(password)
        if not await self.database.read(accounts.empty):
            await self.database.read(accounts.admit, invitation, now)
        hashed = await self.passwords.hash(password)
        user, codes = await self.database.run(accounts.register, name, hashed, now=now, invitation=invitation)
        if zone in available_timezones():
            await self.database.run(preferences.save, user.id, zone=zone)
        return user, codes

    async def _let_in(self, request: Request, user: int, answer: Response) -> Response:
        token = await self.sessions.begin(user, request.headers.get("user-agent", ""))
        secure = _secure(request)
        answer.set_cookie(
            cookie_name(secure=secure),
            token,
            max_age=int(ABSOLUTE.total_seconds()),
            path="/",
            secure=secure,
            httponly=True,
            samesite="lax",
        )
        return answer

    async def _login_form(self, **values: Any) -> Response:
        may_register = await self.database.read(accounts.registration) == "open"
        filled = {"username": "", "errors": {}, "problem": "", **values}
        return _page("login.html", title="Log in", may_register=may_register, **filled)


def register(
    app: FastAPI,
    *,
    database: Database,
    sessions: Sessions,
    passwords: Passwords,
    clock: Callable[[], datetime],
) -> None:
    """Adds the doors to the app."""
    doors = Doors(database, sessions, passwords, clock)
    for path, shown, posted in (
        ("/login", doors.login_page, doors.login),
        ("/register", doors.register_page, doors.register),
        ("/recover", doors.recover_page, doors.recover),
    ):
        app.add_api_route(path, shown, methods=["GET"], include_in_schema=False)
        app.add_api_route(path, posted, methods=["POST"], include_in_schema=False)
    app.add_api_route("/logout", doors.logout, methods=["POST"], include_in_schema=False)


def local(path: str) -> str:
    """The path when it leads to a page of ours, else the start page."""
    parts = urlsplit(path)
    good = path.startswith("/") and not path.startswith(("//", "/\\")) and not parts.scheme and not parts.netloc
    return path if good and path.isprintable() and "\\" not in path else "/"


def _page(template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    return HTMLResponse(TEMPLATES.get_template(template).render(**values), status)


def _register_form(*, first: bool, **values: Any) -> HTMLResponse:
    filled = {"username": "", "errors": {}, "problem": "", "invitation": "", **values}
    lead = "You will be the owner of this installation." if first else ""
    return _page("register.html", title="Create your account", lead=lead, first=first, **filled)


def _recover_form(**values: Any) -> HTMLResponse:
    filled = {"username": "", "code": "", "errors": {}, "problem": "", **values}
    return _page("recover.html", title="Set a new password", **filled)


def _failed(page: Response, error: AssistantError) -> Response:
    page.status_code = error.status
    if isinstance(error, TooMany):
        page.headers["Retry-After"] = str(max(1, round(error.retry_after + 0.5)))
    return page


def _address(request: Request) -> str:
    return request.client.host if request.client else "unknown"


def _secure(request: Request) -> bool:
    return request.url.scheme == "https"
