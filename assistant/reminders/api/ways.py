"""Where reminders ring outside the page: this browser, others, webhooks and ntfy."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from assistant.reminders import channels
from assistant.reminders.api.shapes import Text
from assistant.reminders.courier import Courier
from assistant.reminders.models import PUSH, Channel
from assistant.reminders.posting import Unsent
from assistant.reminders.pushing import Keys
from assistant.storage.database import Database
from assistant.users import accounts
from assistant.users.devices import browser
from assistant.users.sessions import Asking, who


class BrowserKeys(BaseModel):
    """What a push for this browser is encrypted with."""

    p256dh: Text = ""
    auth: Text = ""


class Subscription(BaseModel):
    """A browser's push subscription, as ``PushSubscription.toJSON`` writes it."""

    endpoint: Text
    keys: BrowserKeys


class Outside(BaseModel):
    """An address that is sent to; ``secret`` signs to a webhook, or is ntfy's access token."""

    kind: Literal["webhook", "ntfy"]
    address: Text
    secret: Text = ""


class Way(BaseModel):
    """One way; ``here`` is whether it is this very browser. Its secrets are never told."""

    id: int
    kind: str
    name: str
    address: str
    since: datetime
    last_ok: datetime | None
    last_error: str
    here: bool


class Ways(BaseModel):
    """All ways, and the public key with which a browser subscribes."""

    key: str
    ways: list[Way]


class Tried(BaseModel):
    """Whether a test arrived, in words."""

    arrived: bool
    sentence: str


def add_ways(
    routes: APIRouter, database: Database, courier: Courier, keys: Keys, clock: Callable[[], datetime]
) -> None:  # fmt: skip
    """Adds the routes."""
    _browsers(routes, database, courier, clock)

    @routes.get("/api/reminders/ways")
    async def listing(request: Request) -> Ways:
        """All of the person's ways."""
        asking = who(request)
        rows = await database.read(channels.listing, asking.user)
        return Ways(key=await asyncio.to_thread(keys.public), ways=[_shown(row, asking) for row in rows])

    @routes.post("/api/reminders/ways", status_code=201)
    async def add(request: Request, given: Outside) -> Way:
        """Adds a webhook or an ntfy topic."""
        asking = who(request)
        await courier.check(given.address.strip())
        row = await database.run(channels.add, asking.user, now=clock(), **given.model_dump())
        return _shown(row, asking)

    @routes.post("/api/reminders/ways/{way:int}/test")
    async def test(request: Request, way: int) -> Tried:
        """Sends a test now."""
        try:
            await courier.trial(who(request).user, way)
        except Unsent as error:
            return Tried(arrived=False, sentence=error.sentence)
        return Tried(arrived=True, sentence="It arrived.")

    @routes.delete("/api/reminders/ways/{way:int}", status_code=204)
    async def remove(request: Request, way: int) -> None:
        """Sends nothing more there."""
        await database.run(channels.remove, who(request).user, way)


def _browsers(
    routes: APIRouter, database: Database, courier: Courier, clock: Callable[[], datetime]
) -> None:  # fmt: skip
    @routes.post("/api/reminders/ways/here", status_code=201)
    async def subscribe(request: Request, given: Subscription) -> Way:
        """Rings in this browser from now on, also with the page closed."""
        asking = who(request)
        await courier.check(given.endpoint)
        row = await database.run(
            channels.subscribe, asking.user, asking.session, address=given.endpoint, p256dh=given.keys.p256dh,
            auth=given.keys.auth, name=browser(request.headers.get("user-agent", "")), now=clock(),
            home=await database.read(accounts.home_allowed),
        )  # fmt: skip
        return _shown(row, asking)

    @routes.put("/api/reminders/ways/here")
    async def renew(request: Request, given: Subscription) -> dict[str, bool]:
        """Whether this browser rings for the person; if it did for another, it does for nobody any more."""
        asking = who(request)
        known = await database.run(
            channels.renew, asking.user, asking.session, address=given.endpoint, auth=given.keys.auth
        )
        return {"rings": known}


def _shown(row: Channel, asking: Asking) -> Way:
    here = row.kind == PUSH and row.session_id == asking.session
    # A browser's address is a secret between it and its push service.
    return Way(
        id=row.id, kind=row.kind, name=row.name, address="" if row.kind == PUSH else row.address, since=row.created,
        last_ok=row.last_ok, last_error=row.last_error, here=here,
    )  # fmt: skip
