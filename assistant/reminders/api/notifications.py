"""What a notification of the system answers, and the browser that shows it with the page closed."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel

from assistant.reminders import rings, snoozing
from assistant.reminders.notifications import channels
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.storage.database import Database
from assistant.storage.text import clean
from assistant.users import accounts
from assistant.users.devices import browser
from assistant.users.sessions import who

Text = Annotated[str, AfterValidator(clean)]  # JSON can hold halves of characters


class Answer(BaseModel):
    """The answer to a ring; ``until`` is an instant, ``usual``, ``tonight`` or ``tomorrow``."""

    state: Literal["done", "dismissed", "snoozed"]
    until: Text = ""


class BrowserKeys(BaseModel):
    """What a push for this browser is encrypted with."""

    p256dh: Text = ""
    auth: Text = ""


class Subscription(BaseModel):
    """A browser's push subscription, as ``PushSubscription.toJSON`` writes it."""

    endpoint: Text
    keys: BrowserKeys


def add(routes: APIRouter, database: Database, now: Callable[[], datetime], dispatcher: Dispatcher) -> None:
    """Adds the routes."""

    @routes.post("/api/reminders/rings/{ring:int}/answer", status_code=204)
    async def answer(request: Request, ring: int, given: Answer) -> None:
        """Answers a ring; the first answer counts."""
        asking = who(request)
        if given.state == "snoozed":
            until = snoozing.parse_time(given.until, asking.preferences, now())
            await database.run(rings.snooze, asking.user, ring, until, now())
        else:
            await database.run(rings.answer, asking.user, ring, given.state, now())

    @routes.post("/api/reminders/ways/here", status_code=204)
    async def subscribe(request: Request, given: Subscription) -> None:
        """Rings in this browser from now on, also with the page closed."""
        asking = who(request)
        await dispatcher.check(given.endpoint)
        await database.run(
            channels.subscribe, asking.user, asking.session, address=given.endpoint, p256dh=given.keys.p256dh,
            auth=given.keys.auth, name=browser(request.headers.get("user-agent", "")), now=now(),
            private_network=await database.read(accounts.private_network_allowed),
        )  # fmt: skip
