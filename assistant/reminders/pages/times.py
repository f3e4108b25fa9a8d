"""Instants and times on the wall, as pages show them."""

from datetime import datetime

from assistant.formats import Formats
from assistant.users.preferences import Preferences


def moment(instant: datetime, chosen: Preferences, now: datetime) -> str:
    """The instant as the person's clocks show it: “Fri 2 Jan, 09:00”; with its year when that is another."""
    at, zone = instant.astimezone(chosen.zone_info), chosen.zone_info
    return f"{at:%a} {chosen.formats.moment(at, now.astimezone(zone).date())}"


def wall(local: datetime, formats: Formats) -> str:
    """The time on the wall: “Fri 2 Jan 2027, 09:00”."""
    return f"{local:%a} {formats.moment(local)}"
