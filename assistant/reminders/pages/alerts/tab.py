"""What rings, in every tab: docked cards with their answers, the numbers in the menu and the title, and offers."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import Any, Protocol

from nicegui import events, ui

from assistant.components.rows import Rows
from assistant.components.toast import toast
from assistant.errors import NotFound
from assistant.reminders import rings
from assistant.reminders.models import DISMISSED, DONE
from assistant.reminders.notifications import channels
from assistant.reminders.notifications.quiet_hours import quiet_until
from assistant.reminders.notifications.web_push import parse_subscription
from assistant.reminders.pages.alerts.cards import Offer, cards, offer_card, words
from assistant.reminders.pages.alerts.device import Device
from assistant.reminders.pages.alerts.offers import Browser, parse_browser, wanted_offer
from assistant.reminders.pages.alerts.snooze import Snooze
from assistant.reminders.pages.services import Services
from assistant.reminders.ringing import Summary
from assistant.reminders.rings import RingText
from assistant.reminders.snoozing import span
from assistant.users import preferences
from assistant.users.pages.page import Page

MOST = 99  # that the number in the menu tells
NOTES = 3  # notifications of the system at once
MENU = '.rail a[data-room="reminders"]'


class RingSource(Protocol):
    """Where tabs hear what rings."""

    async def summary(self, user: int) -> Summary:
        """What rings for the user now."""

    def listen(self, user: int, listener: Callable[[Summary], None]) -> Callable[[], None]:
        """Calls ``listener`` with what rings after each change; returns the way to stop."""


class Alerts:
    """The rings of one tab, for as long as the tab lasts."""

    def __init__(self, services: Services, source: RingSource, page: Page) -> None:
        """Draws them in the slot that is open, and hears from now on what rings."""
        self._services, self._source, self._page = services, source, page
        self._summary: Summary | None = None
        self._latest: datetime = services.clock()  # when the newest ring rang that this tab has told of
        self._changed, self._overdue = False, 0
        self._browser = Browser()
        self._offer: Offer | None = None
        self._badge = ui.element("assistant-teleport").props(f"to='{MENU}' defer")
        self._device = Device().on("state", self._met)
        with self._device:
            self._cards = Rows(tag="div", row="section").classes("alerts").on_act(self._act)
        self._cards.props('role="region" aria-label="What rings" aria-live="assertive"')
        self._snooze = Snooze(services, page)
        page.on_close(source.listen(page.user, self._heard))
        page.begin(self._load(), name="what rings")

    async def _load(self) -> None:
        summary = await self._source.summary(self._page.user)
        if self._summary is None:
            self._show(summary)

    def _heard(self, summary: Summary) -> None:
        with self._page.client:
            fresh = [ring for ring in summary.rings if ring.rang > self._latest]
            self._changed = True
            self._show(summary)
            now, chosen = self._services.clock(), summary.chosen
            loud = [ring for ring in fresh if quiet_until(chosen, ring.priority, now) is None]
            if loud:
                self._device.run_method("ring", [_note(ring, chosen.snooze) for ring in loud[:NOTES]])

    def _show(self, summary: Summary) -> None:
        self._latest = max([self._latest, *(ring.rang for ring in summary.rings)])
        self._summary = summary
        self._page.number(summary.total)
        if len(summary.rings) == summary.total:
            self._device.run_method("tidy", [ring.id for ring in summary.rings])
        self._number(summary.overdue)
        self._draw()

    def _draw(self) -> None:
        shown: dict[str, str] = dict(cards(self._summary)) if self._summary else {}
        self._offer = None
        if self._summary and not shown:
            now = self._services.clock()
            self._offer = wanted_offer(self._browser, self._summary, now, changed=self._changed)
        if self._offer:
            shown["offer"] = offer_card(self._offer)
        self._cards.show(shown)

    def _number(self, overdue: int) -> None:
        if overdue == self._overdue:
            return
        self._overdue = overdue
        self._badge.clear()
        if overdue:
            with self._badge:
                badge = ui.label(str(overdue) if overdue <= MOST else f"{MOST}+").classes("badge")
            badge.props["role"], badge.props["aria-label"] = "img", f"{overdue} overdue"

    async def _act(self, what: str, of: str, _more: str) -> None:
        if what == "dismiss-all":
            await self._services.database.run(rings.dismiss_all, self._page.user, self._services.clock())
        elif what in {"accept", "decline"}:
            await self._decide(accepted=what == "accept")
        elif ring := self._ring(of):
            await self._answer(what, ring)

    def _ring(self, of: str) -> RingText | None:
        found = self._summary.rings if self._summary else []
        return next((ring for ring in found if str(ring.id) == of), None)

    async def _answer(self, what: str, ring: RingText) -> None:
        if what == "snooze":
            await self._snooze.open(ring, at=f"#snooze{ring.id}")
        elif what == "done" and await self._answered(ring, DONE):
            toast(f"“{ring.text}” is done.", partial(self._undo, ring))
        elif what == "dismiss" and await self._answered(ring, DISMISSED):
            toast(f"Dismissed “{ring.text}”. You’ll find it under Overdue.")

    async def _answered(self, ring: RingText, how: str) -> bool:
        try:
            return await self._services.database.run(
                rings.answer, self._page.user, ring.id, how, self._services.clock()
            )
        except NotFound:
            return False  # it was deleted meanwhile, and its card goes by itself

    async def _undo(self, ring: RingText) -> None:
        await self._services.database.run(
            rings.uncomplete, self._page.user, ring.reminder, self._services.clock()
        )  # fmt: skip

    async def _met(self, event: events.GenericEventArguments) -> None:
        """The browser has said of itself what it is, for the first time or because something of that changed."""
        first, self._browser = not self._browser.zone, parse_browser(event.args)
        push = event.args.get("push") if isinstance(event.args, dict) else None
        if first and isinstance(push, dict):
            await self._renew(push)
        self._draw()

    async def _renew(self, push: dict[str, Any]) -> None:
        """A browser that rang for somebody else, or whose session was ended, rings no more."""
        subscription, asking = parse_subscription(push), self._page.asking
        known = await self._services.database.run(
            channels.renew, asking.user, asking.session, address=subscription.endpoint, auth=subscription.auth
        )
        if not known:
            self._device.run_method("unsubscribe")

    async def _decide(self, *, accepted: bool) -> None:
        offer = self._offer
        if offer is None:
            return
        self._device.run_method("remember", offer.key)
        self._browser = replace(self._browser, asked=self._browser.asked | {offer.key})
        self._draw()
        if accepted and not offer.allow:
            await self._services.database.run(preferences.save, self._page.user, zone=self._browser.zone)
            ui.navigate.reload()


def _note(ring: RingText, snooze: int) -> tuple[str, dict[str, Any]]:
    """A notification of the system, by its title and the browser's own options."""
    actions = [{"action": "done", "title": "Done"}, {"action": "snooze", "title": f"Snooze {span(snooze)}"}]
    data = {"ring": ring.id, "address": ring.address}
    return ring.text, {
        "tag": f"ring{ring.id}", "body": words(ring), "icon": "/static/icon-192.png", "data": data, "actions": actions,
    }  # fmt: skip
