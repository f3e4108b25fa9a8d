"""Times on the wall and instants, in the zones of the IANA database."""

from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from assistant.errors import Invalid

SECOND = timedelta(seconds=1)
NO_ZONES = {"", "posixrules"}


def utc(local: datetime, zone: str) -> datetime:
    """The instant of a time on the wall, in UTC; of one in a gap, the moment after the gap.

    Raises Invalid (field zone) for an unknown zone.
    """
    place = check_zone(zone)
    instant = local.replace(tzinfo=place, fold=0).astimezone(UTC)
    if instant.astimezone(place).replace(tzinfo=None) == local:
        return instant
    # In a gap the two readings of the time lie on both sides of the change.
    before, change = local.replace(tzinfo=place, fold=1).astimezone(UTC), instant
    shift = before.astimezone(place).utcoffset()
    while change - before > SECOND:
        middle = before + (change - before) // (2 * SECOND) * SECOND
        if middle.astimezone(place).utcoffset() == shift:
            before = middle
        else:
            change = middle
    return change


def on_the_wall(instant: datetime, zone: str) -> datetime:
    """What a clock on the wall of that zone shows then, in whole seconds; Invalid (field zone) for an unknown one."""
    return instant.astimezone(check_zone(zone)).replace(tzinfo=None, fold=0, microsecond=0)


@lru_cache(1024)
def check_zone(zone: str) -> ZoneInfo:
    """The zone of that IANA name; Invalid (field zone) when there is none."""
    try:
        # Beside the zones, systems keep files that are none.
        found = None if zone in NO_ZONES or zone.startswith(("posix/", "right/")) else ZoneInfo(zone)
    except (KeyError, ValueError, OSError):
        found = None
    if found is None:
        raise Invalid("This time zone is not known. Use a name like Europe/Berlin.", field="zone")
    return found
