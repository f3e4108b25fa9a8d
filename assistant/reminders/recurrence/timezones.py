"""Times on the wall and instants, in the zones of the IANA database and in those that a calendar made up itself.

The latter are named by their rules, as POSIX writes them: ``EST5EDT,M4.1.0,M10.5.0``.
"""

import re
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from struct import pack
from zoneinfo import ZoneInfo

from assistant.errors import Invalid

SECOND = timedelta(seconds=1)
NO_ZONES = {"", "posixrules"}
_NAME, _SHIFT = r"(?:[A-Z]{3,6}|<[+-]\d{2,6}>)", r"[+-]?\d{1,2}(?::\d\d){0,2}"
_CHANGE = rf",M\d{{1,2}}\.\d\.\d(?:/{_SHIFT})?"
# Not UTC+2, which people mean the other way round than POSIX does.
BY_RULES = re.compile(rf"<[+-]\d{{2,6}}>{_SHIFT}|{_NAME}{_SHIFT}{_NAME}(?:{_SHIFT})?{_CHANGE}{_CHANGE}", re.ASCII)


@lru_cache(8192)
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
    """The zone of that name, or of those rules; Invalid (field zone) when there is none."""
    try:
        # Beside the zones, systems keep files that are none.
        found = None if zone in NO_ZONES or zone.startswith(("posix/", "right/")) else _zone(zone)
    except (KeyError, ValueError, OSError):
        found = None
    if found is None:
        raise Invalid("This time zone is not known. Use a name like Europe/Berlin.", field="zone")
    return found


def _zone(zone: str) -> ZoneInfo:
    if not BY_RULES.fullmatch(zone):
        return ZoneInfo(zone)
    # A file of the database with no changes in it but the rules that hold after the last of them.
    nothing = b"TZif2" + bytes(15) + pack(">6l", 0, 0, 0, 0, 1, 4) + pack(">lbB", 0, 0, 0) + b"UTC\0"
    return ZoneInfo.from_file(BytesIO(nothing + nothing + b"\n" + zone.encode() + b"\n"), key=zone)
