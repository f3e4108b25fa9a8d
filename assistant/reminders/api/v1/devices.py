"""Browsers that ring with the page closed."""

from typing import Annotated

from fastapi import APIRouter, Request
from pydantic import AfterValidator, BaseModel, Field

from assistant.errors import Forbidden
from assistant.reminders.notifications import channels
from assistant.reminders.notifications.dispatcher import Dispatcher
from assistant.reminders.notifications.web_push import VapidKeys
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.problems import called
from assistant.rest.shapes import Sent
from assistant.storage.text import clean
from assistant.users import accounts
from assistant.users.devices import browser
from assistant.users.sessions import who

Text = Annotated[str, Field(max_length=4000), AfterValidator(clean)]
NO_KEY = "A browser rings as long as its login lasts, so a key cannot subscribe it."


class PushKey(BaseModel):
    """What browsers subscribe with."""

    key: str = Field(description="The `applicationServerKey`.", examples=["BEl62iUYgUivxIkv69yViEuiBIa-Ib9-SkvMeAtA3…"])


class BrowserKeys(Sent):
    """What a push for a browser is encrypted with."""

    p256dh: Text = Field(default="", examples=["BNcRdreALRFXTkOOUHK1EtK2wtaz5Ry4YfYCA_0QTpQt…"])
    auth: Text = Field(default="", examples=["tBHItJI5svbpez7KI4CCXg"])


class Subscription(Sent):
    """A browser's push subscription, as `PushSubscription.toJSON` writes it."""

    endpoint: Text = Field(examples=["https://push.example/…"])
    keys: BrowserKeys
    expirationTime: float | None = Field(default=None, description="Is not looked at.")  # noqa: N815 - browsers' word


def add(routes: APIRouter, door: Door, dispatcher: Dispatcher, keys: VapidKeys) -> None:
    """Adds the routes."""

    @routes.get("/reminders/ways/here", **says("read"))
    async def get_push_key(request: Request) -> PushKey:  # noqa: ARG001 - all routes know who asks
        """What a browser subscribes with, to ring with the page closed."""
        return PushKey(key=keys.public())

    @routes.post("/reminders/ways/here", status_code=204, **says("write", 409, body=True))
    async def subscribe_browser(request: Request, sent: Subscription) -> None:
        """Let reminders ring in this browser, also with the page closed, for as long as this login lasts."""
        asking = who(request)
        if asking.key:
            raise Forbidden(NO_KEY)
        with called(address="endpoint"):
            await dispatcher.check(sent.endpoint)
            await door.run(
                channels.subscribe, asking.user, asking.session, address=sent.endpoint, p256dh=sent.keys.p256dh,
                auth=sent.keys.auth, name=browser(request.headers.get("user-agent", "")), now=door.clock(),
                private_network=await door.read(accounts.private_network_allowed),
            )  # fmt: skip
