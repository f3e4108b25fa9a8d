"""Where reminders ring outside the page: this browser, others, webhooks and ntfy."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request
from pydantic import BaseModel

from assistant.reminders.api.shapes import Text
from assistant.reminders.models import PUSH, Channel
from assistant.reminders.notifications import channels
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.reminders.notifications.http_client import DeliveryError
from assistant.reminders.notifications.web_push import VapidKeys
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


class NewChannel(BaseModel):
    """An address that is sent to; ``secret`` signs to a webhook, or is ntfy's access token."""

    kind: Literal["webhook", "ntfy"]
    address: Text
    secret: Text = ""


class ChannelInfo(BaseModel):
    """One channel; ``here`` is whether it is this very browser. Its secrets are never told."""

    id: int
    kind: str
    name: str
    address: str
    since: datetime
    last_ok: datetime | None
    last_error: str
    here: bool


class ChannelList(BaseModel):
    """All channels, and the public key with which a browser subscribes."""

    key: str
    ways: list[ChannelInfo]


class Tried(BaseModel):
    """Whether a test arrived, in words."""

    arrived: bool
    sentence: str


def add_channels(
    routes: APIRouter, database: Database, dispatcher: Dispatcher, keys: VapidKeys, now: Callable[[], datetime]
) -> None:  # fmt: skip
    """Adds the routes."""
    _browsers(routes, database, dispatcher, now)

    @routes.get("/api/reminders/ways")
    async def listing(request: Request) -> ChannelList:
        """All of the person's channels."""
        asking = who(request)
        rows = await database.read(channels.listing, asking.user)
        return ChannelList(key=await asyncio.to_thread(keys.public), ways=[_info(row, asking) for row in rows])

    @routes.post("/api/reminders/ways", status_code=201)
    async def add(request: Request, given: NewChannel) -> ChannelInfo:
        """Adds a webhook or an ntfy topic."""
        asking = who(request)
        await dispatcher.check(given.address.strip())
        row = await database.run(channels.add, asking.user, now=now(), **given.model_dump())
        return _info(row, asking)

    @routes.post("/api/reminders/ways/{way:int}/test")
    async def test(request: Request, way: int) -> Tried:
        """Sends a test now."""
        try:
            await dispatcher.trial(who(request).user, way)
        except DeliveryError as error:
            return Tried(arrived=False, sentence=error.sentence)
        return Tried(arrived=True, sentence="It arrived.")

    @routes.delete("/api/reminders/ways/{way:int}", status_code=204)
    async def remove(request: Request, way: int) -> None:
        """Sends nothing more there."""
        await database.run(channels.remove, who(request).user, way)


def _browsers(
    routes: APIRouter, database: Database, dispatcher: Dispatcher, now: Callable[[], datetime]
) -> None:  # fmt: skip
    @routes.post("/api/reminders/ways/here", status_code=201)
    async def subscribe(request: Request, given: Subscription) -> ChannelInfo:
        """Rings in this browser from now on, also with the page closed."""
        asking = who(request)
        await dispatcher.check(given.endpoint)
        row = await database.run(
            channels.subscribe, asking.user, asking.session, address=given.endpoint, p256dh=given.keys.p256dh,
            auth=given.keys.auth, name=browser(request.headers.get("user-agent", "")), now=now(),
            private_network=await database.read(accounts.private_network_allowed),
        )  # fmt: skip
        return _info(row, asking)

    @routes.put("/api/reminders/ways/here")
    async def renew(request: Request, given: Subscription) -> dict[str, bool]:
        """Whether this browser rings for the person; if it did for another, it does for nobody any more."""
        asking = who(request)
        known = await database.run(
            channels.renew, asking.user, asking.session, address=given.endpoint, auth=given.keys.auth
        )
        return {"rings": known}


def _info(row: Channel, asking: Asking) -> ChannelInfo:
    this_device = row.kind == PUSH and row.session_id == asking.session
    # A browser's address is a secret between it and its push service.
    return ChannelInfo(
        id=row.id, kind=row.kind, name=row.name, address="" if row.kind == PUSH else row.address, since=row.created,
        last_ok=row.last_ok, last_error=row.last_error, here=this_device,
    )  # fmt: skip
