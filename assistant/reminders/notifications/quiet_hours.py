"""Hours in which reminders make no sound and disturb nobody, but those that matter enough."""

from datetime import UTC, datetime, timedelta

from assistant.users.preferences import Preferences

DAY = timedelta(days=1)
LEAST = {"nothing": 4, "high": 3, "medium": 2}  # priority from which on it rings all the same; 3 is high


def quiet_until(chosen: Preferences, priority: int, now: datetime) -> datetime | None:
    """When the hours end in which a ring of that priority waits; None where it rings at once."""
    if not chosen.quiet or chosen.quiet_from == chosen.quiet_to or priority >= LEAST[chosen.quiet_rings]:
        return None
    zone = chosen.zone_info
    wall = now.astimezone(zone)
    over_midnight = chosen.quiet_from > chosen.quiet_to
    late, early = wall.time() >= chosen.quiet_from, wall.time() < chosen.quiet_to
    if not (late or early if over_midnight else late and early):
        return None
    day = wall.date() + DAY if over_midnight and late else wall.date()
    return datetime.combine(day, chosen.quiet_to, zone).astimezone(UTC)
