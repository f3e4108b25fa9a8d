"""Moments in words."""

from datetime import datetime

from assistant.users.preferences import Preferences


def moment(at: datetime, chosen: Preferences) -> str:
    """Day and time, as in “3 Dec 2026, 09:05”."""
    return chosen.formats.moment(at.astimezone(chosen.zone_info))
