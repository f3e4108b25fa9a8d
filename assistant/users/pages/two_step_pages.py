"""Turning the second step of the login on and off."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from assistant.errors import AssistantError, Forbidden
from assistant.storage.database import Database
from assistant.users.household import choices
from assistant.users.identity import Identity
from assistant.users.pages.forms import address, error_fields, failed, page, typed
from assistant.users.sessions import Asking, Sessions, who
from assistant.users.two_step import codes, drawing

ON = "After your password, a code of an app on your phone. Whoever learns the password alone stays outside."
OFF = "Your password alone then opens your account."
DEMANDED = "Everybody here needs it: the owner has decided so."
GROUP = 4  # letters of a secret that is read aloud


@dataclass(frozen=True)
class TwoStepPages:
    """The handlers of the forms and what they need."""

    database: Database
    sessions: Sessions
    identity: Identity
    clock: Callable[[], datetime]

    async def set_up_page(self, request: Request) -> Response:
        """The form that turns two-step login on, with a new secret."""
        return await self._form(who(request), codes.new_secret())

    async def set_up(self, request: Request) -> Response:
        """Turns it on once a code of the app is right, and logs out all other browsers."""
        asking, form = who(request), await request.form()
        secret = typed(form, "secret")
        try:
            await self._prove(request, asking, typed(form, "current"))
            await self.database.run(codes.turn_on, asking.user, secret, typed(form, "code"), self.clock())
        except AssistantError as error:
            good = secret if codes.SECRET.fullmatch(secret) else codes.new_secret()
            return failed(await self._form(asking, good, **error_fields(error)), error)
        await self.sessions.end_all(asking.user, but=asking.session)
        lead = (
            "From now on logging in takes your password and a code. Keep your recovery codes: "
            "each opens your account once when your phone is not there."
        )
        return page("message.html", title="Two-step login is on", lead=lead, onward="/settings/account", label="Go on")

    async def turn_off_page(self, request: Request) -> Response:
        """The form that turns it off."""
        return await self._off_form(who(request))

    async def turn_off(self, request: Request) -> Response:
        """Turns it off, unless everybody needs it."""
        asking, form = who(request), await request.form()
        try:
            if await self.database.read(choices.two_step_demanded):
                raise Forbidden(DEMANDED)
            await self._prove(request, asking, typed(form, "current"))
            await self.database.run(codes.turn_off, asking.user)
        except AssistantError as error:
            return failed(await self._off_form(asking, **error_fields(error)), error)
        return RedirectResponse("/settings/account", 303)

    async def _prove(self, request: Request, asking: Asking, password: str) -> None:
        if password or not await self.identity.is_fresh(asking):
            await self.identity.prove(asking, password, address(request))

    async def _form(self, asking: Asking, secret: str, **values: Any) -> Response:
        demanded = await self.database.read(choices.two_step_demanded)
        on = await self.database.read(codes.is_on, asking.user)
        return page(
            "two_step.html", title="Two-step login", lead=f"{ON} {DEMANDED if demanded else ''}".strip(), secret=secret,
            spaced=" ".join(secret[at : at + GROUP] for at in range(0, len(secret), GROUP)), username=asking.name,
            picture=drawing.picture(asking.name, secret), address=drawing.address(asking.name, secret),
            ask=not await self.identity.is_fresh(asking), demanded=demanded, on=on, **values,
        )  # fmt: skip

    async def _off_form(self, asking: Asking, **values: Any) -> Response:
        ask = not await self.identity.is_fresh(asking)
        return page(
            "two_step_off.html", title="Turn two-step login off", lead=OFF, username=asking.name, ask=ask, **values
        )
