"""A person's new password and new recovery codes; both ask for the password first."""

from dataclasses import dataclass
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import AssistantError
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users.identity import Identity
from assistant.users.pages.forms import address, codes_page, error_fields, failed, let_in, page, typed
from assistant.users.passwords import Passwords, check
from assistant.users.sessions import Asking, Sessions, who


@dataclass(frozen=True)
class AccountPages:
    """The handlers of the forms and what they need."""

    database: Database
    sessions: Sessions
    passwords: Passwords
    identity: Identity

    async def password_page(self, request: Request) -> Response:
        """The form that changes the password."""
        return _password_form(who(request))

    async def password(self, request: Request) -> Response:
        """Changes the password, ends every session and begins a new one in this browser."""
        asking, form = who(request), await request.form()
        new = typed(form, "password")
        try:
            await self.identity.prove(asking, typed(form, "current"), address(request))
            check(new)
            await self.database.run(accounts.set_password, asking.user, await self.passwords.hash(new))
        except AssistantError as error:
            return failed(_password_form(asking, **error_fields(error)), error)
        await self.sessions.end(asking.session)
        return await let_in(self.sessions, request, asking.user, RedirectResponse("/settings/account", 303))

    async def codes_form(self, request: Request) -> Response:
        """The form that makes new recovery codes."""
        return _codes_form(who(request))

    async def codes(self, request: Request) -> Response:
        """Makes new recovery codes and shows them, this once."""
        asking, form = who(request), await request.form()
        try:
            await self.identity.prove(asking, typed(form, "current"), address(request))
            return codes_page(await self.database.run(accounts.new_codes, asking.user))
        except AssistantError as error:
            return failed(_codes_form(asking, **error_fields(error)), error)


def _password_form(asking: Asking, **values: Any) -> HTMLResponse:
    lead = "You will be logged out on every other device."
    return page("password.html", title="Change password", lead=lead, username=asking.name, **values)


def _codes_form(asking: Asking, **values: Any) -> HTMLResponse:
    lead = "Eight codes that each set a new password once. Your old codes stop working."
    return page("renew.html", title="New recovery codes", lead=lead, username=asking.name, **values)
