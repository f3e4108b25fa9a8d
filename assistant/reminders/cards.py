"""A ring in words: what a card in the page, a notification and a message say."""

from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from assistant.reminders.history import Rung


@dataclass(frozen=True, slots=True)
class Card:
    """``late`` and ``missed`` are empty where there is nothing to say; ``address`` is where it leads, here."""

    id: int
    reminder: int
    text: str
    when: str
    late: str
    missed: str
    rang: datetime
    address: str


def card(ring: Rung, zone: ZoneInfo, now: datetime, *, address: str = "") -> Card:
    """The ring as it is told to a person in that zone; ``address`` is that of what the reminder leads to."""
    at = ring.occurrence.astimezone(zone)
    same_day = at.date() == now.astimezone(zone).date()
    return Card(
        id=ring.ring, reminder=ring.reminder, text=ring.text,
        when=f"{at:%H:%M}" if same_day else f"{at:%a %d %b, %H:%M}",
        late=f"{_length(ring.late)} late" if ring.late else "",
        missed=f"{ring.missed} earlier missed" if ring.missed else "", rang=ring.rang,
        address=address or f"/reminders?open={ring.reminder}",
    )  # fmt: skip


def _length(seconds: int) -> str:
    for name, size in (("day", 86400), ("hour", 3600), ("minute", 60)):
        if seconds >= size:
            count = seconds // size
            return f"{count} {name}{'s' if count > 1 else ''}"
    return "a moment"
