"""The part of a page about this browser: whether it rings with the page closed, notifies and makes a sound."""

import re
from collections.abc import Awaitable, Callable
from typing import Any

from nicegui import events, ui

from assistant.components.controls import Problem, button, check_box
from assistant.errors import AssistantError
from assistant.reminders.models import PUSH, Channel
from assistant.reminders.notifications import channels
from assistant.reminders.notifications.web_push import parse_subscription
from assistant.reminders.pages.alerts.device import Device
from assistant.reminders.pages.services import Services
from assistant.users import accounts
from assistant.users.devices import browser
from assistant.users.pages.page import Page

PRIVATE = "Push services carry a reminder encrypted: they learn when it rings, not what it says."
OBSTACLES = {
    "insecure": "A closed page can ring only when its address begins with https://",
    "home screen": "On an iPhone or iPad, first add Assistant to the home screen (Share, then “Add to Home Screen”) "
    "and open it from there.",
    "unsupported": "This browser can’t ring while the page is closed. Firefox, Chrome, Edge and Safari can, outside "
    "private windows.",
    "denied": "This browser blocks notifications from Assistant. Allow them in its settings for this site, then "
    "reload the page.",
}
FAILURES = OBSTACLES | {
    "default": "Allow notifications when your browser asks.",
    "granted": "This browser did not reach its push service. Check the connection, or try another browser.",
}
NOTICES = {  # where nothing stands in the way
    "granted": "Notifications show while an Assistant tab is open in the background.",
    "default": "Notifications are off in this browser.",
}


class ThisDevice:
    """The switches of this browser."""

    def __init__(self, services: Services, page: Page, key: str, changed: Callable[[], Awaitable[None]]) -> None:
        """Draws them; ``key`` is what browsers subscribe with, ``changed`` is awaited when this one did."""
        self._services, self._page, self._changed = services, page, changed
        self._channel: Channel | None = None
        self._subscribed = False
        with Device().classes("device") as self._device:
            with ui.element("div").classes("device-part"):
                self._switch = check_box("push", "Ring on this device even when Assistant is closed", switch=True)
                self._switch.props["data-key"] = key
                self._switch.props["disabled"] = True  # until the browser has said what it can
                self._problem = Problem(self._switch)
                self._hint = ui.label(PRIVATE).classes("muted")
            with ui.element("div").classes("device-part"):
                check_box("sound", "Play a sound when a reminder rings in an open tab", switch=True)
            with ui.element("div").classes("device-part row") as self._notices:
                self._notice = ui.label().classes("muted grow")
                self._allow = button("Allow notifications", type="button")
                self._allow.props["data-allow"] = ""
        self._notices.set_visibility(False)
        self._device.on("state", self._met).on("subscribed", self._subscribe)
        self._device.on("failed", self._failed).on("silenced", self._silence)

    def show(self, mine: Channel | None) -> None:
        """Shows whether this browser is among the person's channels."""
        self._channel = mine
        self._device.run_method("show", mine is not None and self._subscribed)

    async def unsubscribe(self) -> None:
        """Ends the browser's own subscription."""
        self._subscribed = False
        self._device.run_method("unsubscribe")

    def _met(self, event: events.GenericEventArguments) -> None:
        told: dict[str, Any] = event.args if isinstance(event.args, dict) else {}
        obstacle, permission = self._obstacle(told), str(told.get("permission", "none"))
        self._subscribed = bool(told.get("push"))
        self.show(self._channel)
        on = self._channel is not None and self._subscribed
        self._switch.props["disabled"] = bool(obstacle) and not on
        self._switch.update()
        self._hint.set_text(OBSTACLES.get(obstacle, PRIVATE))
        self._notices.set_visibility(permission in NOTICES)
        self._notice.set_text(NOTICES.get(permission, ""))
        self._allow.set_visibility(permission == "default")

    async def _subscribe(self, event: events.GenericEventArguments) -> None:
        self._problem.say("")
        made, asking, services = parse_subscription(event.args), self._page.asking, self._services
        name = browser(self._agent)
        try:
            await services.dispatcher.check(made.endpoint)
            private_network = await services.database.read(accounts.private_network_allowed)
            await services.database.run(
                channels.subscribe, asking.user, asking.session, address=made.endpoint, p256dh=made.p256dh,
                auth=made.auth, name=name, now=services.clock(), private_network=private_network,
            )  # fmt: skip
        except AssistantError as error:
            await self.unsubscribe()
            self._say(error.sentence)
            return
        self._subscribed = True
        await self._changed()

    @property
    def _agent(self) -> str:
        request = self._page.client.request
        return request.headers.get("user-agent", "") if request else ""

    def _obstacle(self, told: dict[str, Any]) -> str:
        """What keeps the browser from ringing with the page closed; nothing where it could."""
        if not told.get("secure"):
            return "insecure"
        if re.search("iPhone|iPad", self._agent) and not told.get("home"):
            return "home screen"
        if not told.get("pushes"):
            return "unsupported"
        return "denied" if told.get("permission") == "denied" else ""

    async def _silence(self) -> None:
        if self._channel is not None:
            await self._services.database.run(channels.remove, self._page.user, self._channel.id)
        await self.unsubscribe()
        await self._changed()

    def _failed(self, event: events.GenericEventArguments) -> None:
        self._say(FAILURES.get(str(event.args), FAILURES["granted"]))

    def _say(self, sentence: str) -> None:
        """Says what went wrong; the switch goes back to where it was."""
        self._problem.say(sentence)
        self.show(self._channel)


def is_here(channel: Channel, session: int) -> bool:
    """Whether the channel is the browser of that session."""
    return channel.kind == PUSH and channel.session_id == session
