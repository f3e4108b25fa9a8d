"""Moments in words."""

from datetime import datetime
from zoneinfo import ZoneInfo


def moment(at: datetime, zone: ZoneInfo) -> str:
    """Day and time, as in “3 Dec 2026, 09:05”."""
    return f"{at.astimezone(zone):%-d %b %Y, %H:%M}"
