"""Calendar files: how long large ones take to come in, also several at once, and what is read unlike elsewhere."""

import asyncio
import random
import time
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, Phase, given, settings
from playwright.sync_api import Browser

from assistant.reminders import models
from assistant.reminders.ical import importer
from assistant.storage.database import Database
from tests.bench.measuring import stored, tell
from tests.ollama_server import OllamaServer
from tests.reminders.calendars import calendars, explained, ours, theirs

NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
ENTRIES, AT_ONCE, MADE_UP = 4_777, 3, 2_000
BEGUN = datetime(2010, 1, 1, 9)  # noqa: DTZ001 - on the wall
ZONES = ("Europe/Berlin", "America/New_York", "Europe/London")
ABOUT = (
    "DTSTAMP:20260501T080000Z", "CREATED:20260401T101010Z", "LAST-MODIFIED:20260402T101010Z", "SEQUENCE:1",
    "STATUS:CONFIRMED", "TRANSP:OPAQUE", "LOCATION:Hauptstraße 1\\, Berlin",
    "DESCRIPTION:The first line says what it is about\\nthe second\\, which is longer\\, what to bring along.",
)  # fmt: skip
ALARM = ("BEGIN:VALARM", "ACTION:DISPLAY", "DESCRIPTION:Soon", "TRIGGER:-P0DT0H30M0S", "END:VALARM")


def measure(_: OllamaServer, __: Browser) -> None:
    """Prints the figures."""
    for many in (1, AT_ONCE):
        with stored(models.ALL) as database:
            first, whole = asyncio.run(imported(database, many))
        tell(f"{ENTRIES:,} entries, {many} at once: first progress", first, "s", "≤ 3" if many > 1 else "")
        tell(f"{ENTRIES:,} entries, {many} at once: all in", whole, "s", "≤ 3")
    tell(f"{MADE_UP:,} made-up calendars: read otherwise, unexplained", differences(), "", "0")


async def imported(database: Database, many: int) -> tuple[float, float]:
    """The seconds until all of so many imports have said how far they are, and until they are done."""
    files, begun, first = [calendar(number) for number in range(many)], time.perf_counter(), [0.0] * many

    async def one(number: int) -> None:
        created = 0
        async for step in importer.run(database, number + 1, files[number], zone=ZONES[0], now=NOW):
            first[number], created = first[number] or time.perf_counter() - begun, step.created
        assert created >= ENTRIES

    await asyncio.gather(*map(one, range(many)))
    return max(first), time.perf_counter() - begun


def differences() -> int:
    """How many calendars at random come otherwise than the library reads them, and do not say why."""
    found = 0

    @settings(
        max_examples=MADE_UP, deadline=None, database=None, phases=[Phase.generate], derandomize=True,
        suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(calendars())
    def compare(data: bytes) -> None:
        nonlocal found
        times, result = ours(data)
        expected = theirs(data)
        found += times != expected and not explained(times, expected, result)

    compare()
    return found


def calendar(number: int) -> bytes:
    """A calendar of many years as people export it."""
    drawn, lines = random.Random(number), ["BEGIN:VCALENDAR", "VERSION:2.0", f"X-WR-TIMEZONE:{ZONES[0]}"]
    for entry in range(ENTRIES):
        start = BEGUN + timedelta(hours=drawn.randrange(24 * 365 * 18))
        zone, kind = f";TZID={drawn.choice(ZONES)}", drawn.random()
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry}-{number}@made",
            f"SUMMARY:Meeting number {entry} with some people",
            *ABOUT,
        ]
        end = start + timedelta(hours=1)
        if kind < 0.15:
            lines += [f"DTSTART;VALUE=DATE:{start:%Y%m%d}", f"DTEND;VALUE=DATE:{start + timedelta(days=1):%Y%m%d}"]
        elif kind < 0.6:
            lines += [f"DTSTART:{start:%Y%m%dT%H%M%SZ}", f"DTEND:{end:%Y%m%dT%H%M%SZ}"]
        else:
            lines += [f"DTSTART{zone}:{start:%Y%m%dT%H%M%S}", f"DTEND{zone}:{end:%Y%m%dT%H%M%S}"]
        if kind > 0.95:
            lines += ["RRULE:FREQ=WEEKLY;COUNT=99", f"EXDATE{zone}:{start + timedelta(days=7):%Y%m%dT%H%M%S}"]
        lines += ALARM if drawn.random() < 0.3 else ()
        lines += ["CATEGORIES:Work,Home"] if drawn.random() < 0.2 else []
        lines.append("END:VEVENT")
    return "\r\n".join([*lines, "END:VCALENDAR", ""]).encode()
