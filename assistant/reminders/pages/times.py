"""Instants and times on the wall, as pages show them."""

from datetime import datetime

from assistant.formats import Formats
from assistant.users.preferences import Preferences


def moment(instant: datetime, chosen: Preferences, now: datetime) -> str:
    """The instant as the person's clocks show it: “Fri 2 Jan, 09:00”; with its year when that is another."""
    at, today = instant.astimezone(chosen.zone_info), now.astimezone(chosen.zone_info).date()
    return f"{chosen.formats.named(at.date(), today)}, {chosen.formats.time(at)}"


def wall(local: datetime, formats: Formats) -> str:
    """The time on the wall: “Fri 2 Jan 2027, 09:00”."""
    return f"{formats.named(local.date())}, {formats.time(local)}"
