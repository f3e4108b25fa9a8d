"""What reminders cost in the database: the wake-up, the next time, lists and the calendar, a year of them."""

import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import product as pairs
from pathlib import Path
from typing import Any

from peewee import chunked
from playwright.sync_api import Browser

from assistant.reminders import models, queries
from assistant.reminders.models import Reminder, ReminderTag
from assistant.reminders.recurrence import next_times, occurrences, timezones
from assistant.reminders.scheduling.claims import claim_due, next_due
from assistant.storage.database import Database
from tests.bench.measuring import RUNS, median, running, stored, tell, timed
from tests.ollama_server import OllamaServer
from tests.reminders import killing
from tests.reminders.test_recurrence import RULES, UNUSUAL
from tests.reminders.year import ZONES, Year

ZONE = "Europe/Berlin"
NOW = datetime(2026, 11, 25, 9, tzinfo=UTC)
LEAP_DAY = datetime(2024, 2, 29, 9, 30, tzinfo=UTC).replace(tzinfo=None)
MANY, LISTED = 100_000, 10_000
REPEATED = (
    "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "FREQ=MONTHLY;BYMONTHDAY=-1",
    "FREQ=YEARLY", "FREQ=MONTHLY;BYDAY=1MO", "FREQ=WEEKLY", "FREQ=DAILY;INTERVAL=3",
)  # fmt: skip
HOSTILE = (
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=31", "FREQ=YEARLY;BYDAY=53MO;BYMONTH=2",
    "FREQ=YEARLY;BYDAY=1MO;COUNT=10000", "FREQ=MINUTELY;COUNT=10000", "FREQ=YEARLY;INTERVAL=997;BYMONTH=3",
    "FREQ=HOURLY;INTERVAL=999;BYHOUR=9;COUNT=10000", "FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13;BYSETPOS=-1",
    "FREQ=YEARLY;BYWEEKNO=53;BYDAY=SU;COUNT=10000", "FREQ=MINUTELY;INTERVAL=1441;BYHOUR=3;BYMINUTE=7",
)  # fmt: skip


def measure(ollama: OllamaServer, _: Browser) -> None:
    """Prints the figures."""
    year()
    kills(ollama)
    following()
    with stored(models.ALL) as database:
        fill(database, MANY)
        waking(database)
    with stored(models.ALL) as database:
        fill(database, LISTED)
        lists()


def year() -> None:
    """A year of 1,000 reminders in 20 zones with restarts, jumps and two that claim."""
    with tempfile.TemporaryDirectory() as folder:
        played = Year(Path(folder) / "year.db")
        played.fill()
        played.play()
        found = played.outcome()
        played.close()
    tell("a year with restarts and jumps: rings", found.wanted, "")
    tell("a year with restarts and jumps: missed", len(found.missed), "", "0")
    tell("a year with restarts and jumps: doubled", len(found.doubled), "", "0")
    tell("a year with restarts and jumps: without reason", len(found.unwanted), "", "0")
    tell("a year with restarts and jumps: told nobody", found.silent, "", "0")
    tell("a year with restarts and jumps: prompt", played.prompt, "", "≥ 1000")
    tell("a year with restarts and jumps: late", played.late, "", "≥ 1000")


def kills(ollama: OllamaServer) -> None:
    """The product killed 50 times, at any moment."""
    with running(ollama) as product:
        found = killing.play(product, killing.another(product), killing.Plan())
    tell("killed at any moment: times", sum(found.kills.values()), "", "50")
    tell("killed at any moment: rings", found.wanted, "")
    tell("killed at any moment: answers", found.answered, "", "> 20")
    for name, wrong in (
        ("missed", found.missed), ("without reason", found.unwanted), ("doubled", found.doubled),
        ("rung again", found.rang_again), ("answers lost", found.lost), ("told nobody", found.silent),
        ("cards that tell other occurrences", found.untold),
    ):  # fmt: skip
        tell(f"killed at any moment: {name}", len(wrong), "", "0")


def following() -> None:
    """The next time of all kinds of rules in many zones, nothing remembered from before."""
    took = []
    for place, (rule, zone) in enumerate(pairs((*RULES, *UNUSUAL, *HOSTILE), ZONES)):
        next_times._whole.cache_clear()
        occurrences._pattern.cache_clear()
        after = NOW + timedelta(days=37 * place % 1500)
        begun = time.perf_counter()
        next_times.next_after(LEAP_DAY, zone, rule, after)
        took.append((time.perf_counter() - begun) * 1000)
    tell(f"the next time of {len(took):,} rules and zones: median", statistics.median(took), "ms", "≤ 5")
    tell(f"the next time of {len(took):,} rules and zones: worst", max(took), "ms", "≤ 50")


def waking(database: Database) -> None:
    """Looking when something is due, and claiming the one that is."""
    took = []
    for _ in range(50):
        due = next_due()
        assert due
        begun = time.perf_counter()
        assert next_due() == due
        assert database.run_here(claim_due, due)
        took.append((time.perf_counter() - begun) * 1000)
    tell(f"waking up and claiming one of {MANY:,}: median", statistics.median(took), "ms", "≤ 5")
    tell(f"waking up and claiming one of {MANY:,}: worst", max(took), "ms")


def lists() -> None:
    """What pages of reminders show first."""
    now, start = NOW + timedelta(seconds=1), datetime(2026, 11, 30, tzinfo=UTC)
    look = partial(queries.listing, 1, zone=ZONE, now=now)
    shown: dict[str, Any] = {view: partial(look, view) for view in queries.VIEWS}
    shown |= {"a word": partial(look, "coming", words="word77"), "a rare word": partial(look, "coming", words="rare")}
    shown |= {"a tag": partial(look, "coming", tag="tag3"), "tags": partial(queries.tags, 1)}
    shown["a month of the calendar"] = partial(queries.between, 1, start, start + timedelta(days=42), ZONE)
    for name, show in shown.items():
        tell(f"among {LISTED:,} reminders: {name}", median(partial(timed, show), 3 * RUNS), "ms", "≤ 50")


def fill(database: Database, count: int) -> None:
    """So many reminders of one person, of which every fifth repeats, with tags on every third."""
    chance = random.Random(count)
    with database.peewee.atomic():
        for some in chunked(written(count, chance), 500):
            Reminder.insert_many(some).execute()
        tags = [{"reminder": number, "user": 1, "name": f"tag{number % 7}", "key": f"tag{number % 7}"}
                for number in range(1, count, 3)]  # fmt: skip
        for more in chunked(tags, 500):
            ReminderTag.insert_many(more).execute()


def written(count: int, chance: random.Random) -> Iterator[dict[str, object]]:
    """The columns of reminders, as their domain would fill them."""
    for number in range(count):
        rule = REPEATED[number // 5 % len(REPEATED)] if number % 5 == 0 else ""
        seconds = chance.randrange(-60 * 86400, 0 if rule else 60 * 86400)
        local = timezones.on_the_wall(NOW + timedelta(seconds=seconds), ZONE)
        due = next_times.next_after(local, ZONE, rule, NOW)
        text = f"{'rare' if number == count // 2 else 'common'} word{number % 997} reminder {number}"
        done = NOW if not rule and due is None and number % 3 else None
        someday = number % 50 == 1
        yield {
            "user": 1, "uid": f"u{number}", "text": text, "zone": ZONE, "rule": "" if someday else rule,
            "local": None if someday else local, "due": None if someday else due,
            "at": None if someday else due or timezones.utc(local, ZONE), "created": NOW, "updated": NOW,
            "done": done, "state": "done" if done else "active", "words": text, "priority": number % 4,
        }  # fmt: skip
