"""Instants and times on the wall, as pages show them."""

from datetime import datetime
from zoneinfo import ZoneInfo


def moment(instant: datetime, zone: ZoneInfo, now: datetime) -> str:
    """The instant as clocks of the zone show it: “Fri 2 Jan, 09:00”; with its year when that is another."""
    at = instant.astimezone(zone)
    year = "" if at.year == now.astimezone(zone).year else f" {at.year}"
    return f"{at:%a} {at.day} {at:%b}{year}, {at:%H:%M}"


def wall(local: datetime) -> str:
    """The time on the wall: “Fri 2 Jan 2027, 09:00”."""
    return f"{local:%a} {local.day} {local:%b} {local.year}, {local:%H:%M}"
