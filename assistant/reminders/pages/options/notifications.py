"""The part of a page about where reminders ring outside an open page: this device, others, webhooks and ntfy."""

import asyncio
from contextlib import suppress
from datetime import datetime
from functools import partial

from markupsafe import Markup
from nicegui import ui

from assistant.components.dialogs import confirm
from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import AssistantError, NotFound
from assistant.reminders.models import PUSH, Channel
from assistant.reminders.notifications import channels
from assistant.reminders.pages.options.channel_form import KINDS, ChannelForm
from assistant.reminders.pages.options.section import section
from assistant.reminders.pages.options.this_device import ThisDevice, is_here
from assistant.reminders.pages.services import Services
from assistant.users.pages.page import Page
from assistant.users.preferences import Preferences

NOBODY = "No device rings while Assistant is closed. Switch it on above, on each device that should."


class Notifications:
    """The channels of one person, as one view shows them."""

    def __init__(self, services: Services, page: Page) -> None:
        """Nothing is drawn before ``draw``."""
        self._services, self._page = services, page
        self._channels: list[Channel] = []
        self._said: dict[int, str] = {}

    async def draw(self) -> None:
        """Draws the sections and follows what changes."""
        key = await asyncio.to_thread(self._services.keys.public)
        with section("This device"):
            self._device = ThisDevice(self._services, self._page, key, self._refresh)
        with section("Your devices"):
            self._devices = Rows().classes("lines").on_act(self._act)
            self._nobody = ui.label(NOBODY).classes("muted")
        with section("Webhook and ntfy"):
            ui.label("Send reminders to a program of yours, or to the ntfy app.").classes("muted")
            self._outside = Rows().classes("lines").on_act(self._act)
            ChannelForm(self._services, self._page, self._refresh)
        await self._refresh()
        self._page.follow({"channels"}, lambda _topics: self._refresh())

    async def _refresh(self) -> None:
        user, chosen = self._page.user, self._page.asking.preferences
        self._channels = await self._services.database.read(channels.listing, user)
        known = {channel.id for channel in self._channels}
        self._said = {id: said for id, said in self._said.items() if id in known}  # noqa: A001 - as rows are told apart
        devices = [channel for channel in self._channels if channel.kind == PUSH]
        self._devices.show({one.id: self._row(one, chosen) for one in devices})
        self._outside.show({one.id: self._row(one, chosen) for one in self._channels if one.kind != PUSH})
        self._nobody.set_visibility(not devices)
        self._device.show(next((one for one in devices if self._is_here(one)), None))

    def _row(self, channel: Channel, chosen: Preferences) -> Markup:
        return channel_row(channel, chosen, here=self._is_here(channel), said=self._said.get(channel.id, ""))

    def _is_here(self, channel: Channel) -> bool:
        return is_here(channel, self._page.asking.session)

    async def _act(self, what: str, of: str, _more: str) -> None:
        channel = next((one for one in self._channels if str(one.id) == of), None)
        if channel is None:
            return
        with suppress(NotFound):  # another page removed it
            await (self._test(channel) if what == "test" else self._remove(channel))
        await self._refresh()

    async def _test(self, channel: Channel) -> None:
        self._said[channel.id] = "Sending…"
        await self._refresh()
        try:
            await self._services.dispatcher.trial(self._page.user, channel.id)
            self._said[channel.id] = "It arrived."
        except AssistantError as error:
            self._said[channel.id] = error.sentence

    async def _remove(self, channel: Channel) -> None:
        here = self._is_here(channel)
        if channel.kind == PUSH and not here and not await _sure(channel):
            return
        await self._services.database.run(channels.remove, self._page.user, channel.id)
        if here:
            await self._device.unsubscribe()
        if channel.kind != PUSH:
            toast(f"Removed {channel.address}.", partial(self._bring_back, channel))

    async def _bring_back(self, channel: Channel) -> None:
        await self._services.database.run(
            channels.add, self._page.user, kind=channel.kind, address=channel.address, secret=channel.secret,
            now=self._services.clock(),
        )  # fmt: skip


async def _sure(channel: Channel) -> bool:
    consequence = "It rings there again once it is switched on there."
    return await confirm(f"Stop ringing on {channel.name}?", consequence, yes="Stop")


def channel_row(channel: Channel, chosen: Preferences, *, here: bool, said: str) -> Markup:
    """A channel as its row shows it, without its secrets: a browser's address is one of them."""
    name = channel.name if channel.kind == PUSH else channel.address
    kind = Markup("<strong>{}</strong>").format(channel.name if channel.kind == PUSH else KINDS[channel.kind])
    return Markup(
        '<span class="way-name">{kind}{address}{here}<small{failed}>{last}</small></span><span class="row">'
        '<button type="button" class="quiet-button" data-do="test" data-of="{id}" aria-label="Test {name}">'
        "Test</button>"
        '<button type="button" class="quiet-button" data-do="remove" data-of="{id}" aria-label="Remove {name}">'
        "Remove</button></span>{said}"
    ).format(
        kind=kind, address="" if channel.kind == PUSH else Markup(" <span>{}</span>").format(channel.address),
        here=Markup('<span class="muted"> · this device</span>') if here else "", last=_last(channel, chosen),
        failed=Markup(' class="form-error"') if channel.last_error else "", id=channel.id, name=name,
        said=Markup('<p class="way-said" role="status">{}</p>').format(said) if said else "",
    )  # fmt: skip


def _last(channel: Channel, chosen: Preferences) -> str:
    if channel.last_error:
        return channel.last_error
    return (
        f"Last rang {_time(channel.last_ok, chosen)}" if channel.last_ok else f"Added {_time(channel.created, chosen)}"
    )


def _time(instant: datetime, chosen: Preferences) -> str:
    at = instant.astimezone(chosen.zone_info)
    return chosen.formats.moment(at, at.date())
