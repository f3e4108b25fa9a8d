"""The zone that a name in a file means, whoever made it up: IANA's, Windows', those of its dialogs, offsets."""

import re
from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import available_timezones

from assistant.errors import Invalid
from assistant.reminders.recurrence import timezones

LENGTH_LIMIT = 64  # as the row keeps it
OFFSET = re.compile(r"\(?(?:UTC|GMT|Z)?\s*([+-])\s*(\d{1,2})(?:[:.]?(\d\d))?\)?(?:\s*\(Standard\).*)?", re.IGNORECASE)
DISPLAY = re.compile(r"\((?:UTC|GMT)\s*(?:([+-])(\d\d)[:.](\d\d))?\)\s*(.+)", re.IGNORECASE)
BRACKETS = re.compile(r"\s*\([^)]*\)")
SEASON = re.compile(r"\b(?:Daylight|Summer) (?:Saving )?Time\b", re.IGNORECASE)
LETTERS = re.compile(r"[^a-z]+")
WESTMOST, EASTMOST = timedelta(hours=-12), timedelta(hours=14)  # of which IANA has zones without summer time
# What no table says: names in dialogs without a place, and short forms where they are used most.
CALLED = {
    "Alaska": "America/Anchorage", "Arizona": "America/Phoenix", "Baja California": "America/Tijuana",
    "Brasilia": "America/Sao_Paulo", "Coordinated Universal Time": "UTC", "Hawaii": "Pacific/Honolulu",
    "Indiana": "America/Indianapolis", "New Caledonia": "Pacific/Noumea", "New Delhi": "Asia/Kolkata",
    "Nuku'alofa": "Pacific/Tongatapu", "Saskatchewan": "America/Regina", "Solomon Is.": "Pacific/Guadalcanal",
    "Sri Jayawardenepura": "Asia/Colombo", "West Central Africa": "Africa/Lagos",
    "Cabo Verde Is.": "Atlantic/Cape_Verde",
    "PST": "America/Los_Angeles", "PDT": "America/Los_Angeles", "MDT": "America/Denver", "CST": "America/Chicago",
    "CDT": "America/Chicago", "EDT": "America/New_York", "AKST": "America/Anchorage", "AKDT": "America/Anchorage",
    "BST": "Europe/London", "CEST": "Europe/Berlin", "MEZ": "Europe/Berlin", "MESZ": "Europe/Berlin",
    "EEST": "Europe/Helsinki", "WEST": "Europe/Lisbon", "MSK": "Europe/Moscow", "IST": "Asia/Kolkata",
    "JST": "Asia/Tokyo", "KST": "Asia/Seoul", "AEST": "Australia/Sydney", "AEDT": "Australia/Sydney",
    "AWST": "Australia/Perth", "ACST": "Australia/Adelaide", "NZST": "Pacific/Auckland", "NZDT": "Pacific/Auckland",
    "Z": "UTC",
}  # fmt: skip


@lru_cache(1024)
def recognised(tzid: str) -> str:
    """The zone that a name is that of, without guessing; empty when it is not known.

    Those of Windows are understood, and such that end with an IANA name.
    """
    return next(filter(None, map(_checked, _endings(tzid.strip().strip('"')))), "")


@lru_cache(1024)
def guessed(tzid: str) -> str:
    """The zone that a name describes: an offset, a choice in a dialog of Windows, a short form, a city; or nothing."""
    tzid = " ".join(tzid.strip().strip('"').split())
    if written := next((_iana()[name] for name in _endings(tzid.lower().replace(" ", "_")) if name in _iana()), ""):
        return "UTC" if written == "Etc/UTC" else written
    described = DISPLAY.fullmatch(tzid)
    if described:
        offset = _offset(*described.groups()[:3])
        return next((name for name in _described(described[4]) if _has(name, offset)), "") or fixed(offset)
    if (found := OFFSET.fullmatch(tzid)) is not None:
        return fixed(_offset(*found.groups()))
    return CALLED.get(tzid.upper(), "") or next(_described(tzid), "")


def fixed(offset: timedelta) -> str:
    """The zone whose clocks are always that much ahead of UTC; nothing for what no clock can be."""
    if not offset:
        return "UTC"
    hours, rest = divmod(offset, timedelta(hours=1))
    if not rest and WESTMOST <= offset <= EASTMOST:
        return f"Etc/GMT{-hours:+d}"  # the sign is that of POSIX
    if abs(offset) >= timedelta(days=1):
        return ""
    return f"{posix_name(offset)}{posix_offset(-offset)}"


def posix_name(offset: timedelta) -> str:
    """How POSIX calls the clocks of an offset that have no name."""
    seconds = int(abs(offset).total_seconds())
    return f"<{'-' if offset < timedelta() else '+'}{seconds // 3600:02}{seconds // 60 % 60:02}>"


def posix_offset(offset: timedelta) -> str:
    """Hours, and minutes where there are some, as POSIX writes them."""
    seconds = int(abs(offset).total_seconds())
    said = f"{'-' if offset < timedelta() else ''}{seconds // 3600}"
    said += f":{seconds // 60 % 60:02}" if seconds % 3600 else ""
    return said + (f":{seconds % 60:02}" if seconds % 60 else "")


def _endings(name: str) -> Iterator[str]:
    """The name, and what stands after each of its slashes."""
    parts = name.split("/")
    yield from ("/".join(parts[start:]) for start in range(len(parts)))


def _checked(name: str) -> str:
    for each in (name, _windows().get(name, "")):
        with suppress(Invalid):
            if each and len(each) <= LENGTH_LIMIT:
                return timezones.check_zone(each).key
    return ""


def _described(words: str) -> Iterator[str]:
    """The zones of the places in the words, those of Windows by that name first."""
    words = SEASON.sub("Standard Time", words)
    bare = BRACKETS.sub("", words).strip()
    for name in (words, bare, f"{bare} Standard Time", f"{bare.removesuffix(' Time')} Standard Time"):
        if name in _windows():
            yield _windows()[name]
    for place in bare.split(","):
        if called := CALLED.get(place.strip()):
            yield called
        elif city := _cities().get(LETTERS.sub("", place.lower())):
            yield city


def _offset(sign: str | None, hours: str | None, minutes: str | None) -> timedelta:
    size = timedelta(hours=int(hours or 0), minutes=int(minutes or 0))
    return -size if sign == "-" else size


def _has(zone: str, offset: timedelta) -> bool:
    """Whether the clocks of the zone are so much ahead of UTC at one time of the year."""
    place = timezones.check_zone(zone)
    return any(datetime(2026, month, 1, tzinfo=UTC).astimezone(place).utcoffset() == offset for month in (1, 7))


@lru_cache(1)
def _iana() -> dict[str, str]:
    return {name.lower(): name for name in available_timezones()}


@lru_cache(1)
def _cities() -> dict[str, str]:
    """The zones by their cities, in letters alone."""
    named = (name for name in sorted(available_timezones()) if "/" in name and not name.startswith("Etc/"))
    return {LETTERS.sub("", name.rpartition("/")[2].lower()): name for name in named}


def windows_zones() -> list[str]:
    """The zones that Windows speaks of."""
    return list(_windows().values())


def _windows() -> dict[str, str]:
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415 - takes a tenth of a second

    return WINDOWS_TO_OLSON
