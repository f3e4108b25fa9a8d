"""The strip of today's reminders in the empty page; chat knows them only by a function that it is given."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from nicegui import ui

SHOWN = 4


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder of today, and where it opens."""

    text: str
    at: datetime
    address: str
    overdue: bool


Today = Callable[[int, str, datetime, int], list[Coming]]  # of a user, by the days of a zone, now, so many


def strip(found: list[Coming], zone: ZoneInfo) -> None:
    """Draws the reminders as links, the first SHOWN of them; nothing when there are none."""
    if not found:
        return
    with ui.element("ul").classes("today-strip").props('aria-label="Today\'s reminders"'):
        for one in found[:SHOWN]:
            with ui.element("li"), ui.link(target=one.address):
                when = ui.element("time").classes("overdue" if one.overdue else "")
                with when:
                    ui.label(f"{one.at.astimezone(zone):%H:%M}")
                ui.label(one.text).classes("title")
        if len(found) > SHOWN:
            with ui.element("li"), ui.link(target="/reminders"):
                ui.label("More for today").classes("muted")
