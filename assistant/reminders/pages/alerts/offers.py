"""What a tab may ask beside the rings: one thing at a time, and each once in a browser."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from assistant.errors import Invalid
from assistant.reminders.pages.alerts.cards import Offer
from assistant.reminders.recurrence.timezones import on_the_wall
from assistant.reminders.ringing import Summary

LONGEST = 64  # characters of a zone's name
MOST = 100  # things that were asked before
NOTIFY = Offer(
    "reminders:asked", "Ring outside this tab as well?", "You’ll get a notification while you look at something else.",
    "Allow notifications", allow=True,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Browser:
    """What the tab's browser says of itself: its zone, its permission to notify, and what it was asked before."""

    zone: str = ""
    permission: str = "none"
    asked: frozenset[str] = frozenset()
    visible: bool = False


def parse_browser(args: Any) -> Browser:
    """The browser as it describes itself, which may be anything."""
    told = args if isinstance(args, dict) else {}
    asked = told.get("asked")
    return Browser(
        zone=str(told.get("zone", ""))[:LONGEST], permission=str(told.get("permission", "none"))[:LONGEST],
        asked=frozenset(map(str, asked[:MOST])) if isinstance(asked, list) else frozenset(),
        visible=told.get("visible") is True,
    )  # fmt: skip


def wanted_offer(browser: Browser, summary: Summary, now: datetime, *, changed: bool) -> Offer | None:
    """The one thing that there is to ask now; ``changed`` is whether a reminder changed while the tab was open."""
    if not browser.visible:
        return None
    zone = _zone_offer(browser.zone, summary, now)
    if zone and zone.key not in browser.asked:
        return zone
    # When the first reminder is set it is clear what for.
    fits = changed and summary.coming and browser.permission == "default"
    return NOTIFY if fits and NOTIFY.key not in browser.asked else None


def _zone_offer(here: str, summary: Summary, now: datetime) -> Offer | None:
    """Asks who travels, or whose account was made for them, whether times should show as clocks do there."""
    try:
        now_here, now_there = on_the_wall(now, here), on_the_wall(now, summary.chosen.zone)
    except Invalid:
        return None
    if now_here == now_there:
        return None
    words = f"Assistant shows {_place(summary.chosen.zone)} time, where it’s {summary.chosen.formats.time(now_there)}."
    return Offer(f"zone:{here}", f"Are you in {here.replace('_', ' ')}?", words, "Use the time here")


def _place(zone: str) -> str:
    return zone.rpartition("/")[2].replace("_", " ")
