"""Log in, register, recover, log out, as plain HTML forms over HTTP."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import AssistantError, Conflict, Forbidden, Invalid
from assistant.storage.database import Database, StorageFailed
from assistant.users import accounts, preferences
from assistant.users.access import registering
from assistant.users.models import User
from assistant.users.pages.forms import (
    address,
    admitted,
    codes_page,
    error_fields,
    failed,
    is_secure,
    know_again,
    leaving,
    let_in,
    local,
    page,
    typed,
)
from assistant.users.passwords import Passwords, check
from assistant.users.sessions import Sessions, cookie_name
from assistant.users.two_step import codes, half_logins

WRONG = "Wrong name or password."


@dataclass(frozen=True)
class LoginPages:
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
        return await self._login_form(request, next=local(request.query_params.get("next", "/")))

    async def login(self, request: Request) -> Response:
        """Begins a session; unknown names and wrong passwords get the same answer in the same time."""
        form = await request.form()
        name, password = typed(form, "username"), typed(form, "password")
        onward = local(typed(form, "next") or "/")
        try:
            user = await self._who(request, name, password)
        except AssistantError as error:
            return failed(await self._login_form(request, next=onward, username=name, **error_fields(error)), error)
        if await self.database.read(codes.is_on, user.id):
            token = await self.database.run(half_logins.begin, user.id, self.clock())
            return _code_form(token=token, next=onward)
        return await self._let_in(request, user, onward)

    async def code(self, request: Request) -> Response:
        """Begins the session of who has given the password before, and gives a code now."""
        form = await request.form()
        token, onward = typed(form, "token"), local(typed(form, "next") or "/")
        user = await self.database.read(half_logins.who, token, self.clock())
        try:
            if user is None:
                raise Invalid("That took too long. Log in again.")
            await admitted(self.database, request, user.key[:64], self.clock())
            if not await self.database.run(codes.accept, user.id, typed(form, "code")[:100], self.clock()):
                raise Invalid(codes.WRONG, field="code")
        except AssistantError as error:
            again = _code_form(token=token, next=onward, **error_fields(error))
            return failed(again if user else await self._login_form(request, next=onward, problem=str(error)), error)
        await self.database.run(half_logins.end, user.id)
        return await self._let_in(request, user, onward)

    async def _let_in(self, request: Request, user: User, onward: str) -> Response:
        if onward == "/":
            onward = preferences.parse(user.preferences).start_address
        answer = await let_in(self.sessions, request, user.id, RedirectResponse(onward, 303))
        return await know_again(self.database, request, user.key[:64], self.clock(), answer)

    async def register_page(self, request: Request) -> Response:
        """The registration form, or a sentence why there is none."""
        if getattr(request.state, "asking", None):
            return RedirectResponse("/", 303)
        invitation = request.query_params.get("invitation", "")
        first = await self.database.read(accounts.empty)
        if not first:
            try:
                await self.database.read(accounts.admit, invitation, self.clock())
            except Forbidden as error:
                closed = page(
                    "message.html", title="Ask for an invitation", lead=error.sentence, onward="/login", label="Log in"
                )
                return failed(closed, error)
        return _register_form(first=first, invitation=invitation)

    async def register(self, request: Request) -> Response:
        """Makes the account, begins a session and shows the recovery codes, this once."""
        form = await request.form()
        name, password = typed(form, "username"), typed(form, "password")
        invitation, zone = typed(form, "invitation"), typed(form, "zone")
        try:
            user, codes = await registering.register(
                self.database, self.passwords, name, password, invitation=invitation, zone=zone,
                where=address(request), now=self.clock(),
            )  # fmt: skip
        except AssistantError as error:
            first = await self.database.read(accounts.empty)
            # All that is wrong is said at once.
            wrong = error_fields(error)
            if error.field:
                wrong["errors"] = await self.database.read(_wrong_fields, name, password) or wrong["errors"]
            return failed(_register_form(first=first, invitation=invitation, username=name, **wrong), error)
        answer = await let_in(self.sessions, request, user.id, codes_page(codes))
        return await know_again(self.database, request, accounts.key_of(name)[:64], self.clock(), answer)

    async def recover_page(self, request: Request) -> Response:  # noqa: ARG002 - a route's signature
        """The form that sets a new password with a recovery code."""
        return _recover_form()

    async def recover(self, request: Request) -> Response:
        """Sets the new password, ends all sessions and goes to the login form."""
        form = await request.form()
        name, code, password = (typed(form, field) for field in ("username", "code", "password"))
        try:
            await registering.recover(
                self.database, self.passwords, self.sessions, name, code=code, password=password,
                where=address(request), now=self.clock(),
            )  # fmt: skip
        except AssistantError as error:
            return failed(_recover_form(username=name, code=code, **error_fields(error)), error)
        return leaving(RedirectResponse("/login", 303))

    async def logout(self, request: Request) -> Response:
        """Ends the session, on all pages of this browser."""
        asking = getattr(request.state, "asking", None)
        if asking:
            await self.sessions.end(asking.session)
        answer = leaving(RedirectResponse("/login", 303))
        answer.delete_cookie(cookie_name(secure=is_secure(request)), secure=is_secure(request), httponly=True)
        return answer

    async def _who(self, request: Request, name: str, password: str) -> User:
        key = accounts.key_of(name)[:64]
        await admitted(self.database, request, key, self.clock())
        user = await self.database.read(accounts.find, name)
        fits = await self.passwords.verify(user.password if user else None, password[:512])
        if user is None or not fits or user.disabled:
            raise Invalid(WRONG, field="password")
        if self.passwords.outdated(user.password):
            renewed = await self.passwords.hash(password)
            with suppress(StorageFailed):  # the old hash serves as well
                await self.database.run(accounts.rehash, user.id, user.password, renewed)
        return user

    async def _login_form(self, request: Request, **values: Any) -> Response:
        """The form; a browser whose session did not just expire forgets what was typed there."""
        token = request.cookies.get(cookie_name(secure=is_secure(request)), "")
        forget = not await self.sessions.expired(token)
        may_register = await self.database.read(accounts.registration) == "open"
        filled = {"username": "", "may_register": may_register, "forget": forget, **values}
        answer = page("login.html", title="Log in", **filled)
        return leaving(answer) if forget and token else answer


def _code_form(**values: Any) -> HTMLResponse:
    return page("code.html", title="Your code", lead="From the app for codes on your phone.", **values)


def _wrong_fields(name: str, password: str) -> dict[str | None, str]:
    """What is wrong with the fields of a new account, a sentence for each that is."""
    found = {}
    for judge, value in ((accounts.check_free, name), (check, password)):
        try:
            judge(value)
        except (Conflict, Invalid) as error:
            found[error.field] = error.sentence
    return found


def _register_form(*, first: bool, **values: Any) -> HTMLResponse:
    lead = "You will be the owner of this installation." if first else ""
    filled = {"username": "", "invitation": "", **values}
    return page("register.html", title="Create your account", lead=lead, first=first, **filled)


def _recover_form(**values: Any) -> HTMLResponse:
    return page("recover.html", title="Set a new password", **{"username": "", "code": "", **values})
