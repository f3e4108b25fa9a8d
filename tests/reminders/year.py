"""A year in the life of many reminders, played in some seconds; the suite plays a part of it, ``make bench`` all."""

import random
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from assistant.reminders import models, reminders, rings, schedule
from assistant.reminders.models import Reminder, Ring
from assistant.reminders.recurrence import next_times
from assistant.reminders.rings import Rung
from assistant.reminders.scheduling.claims import claim_due, next_due
from assistant.storage import schema
from assistant.storage.database import Database

REMINDERS, SEED = 1000, 20260101
YEAR = datetime(2026, 1, 1, tzinfo=UTC), 365  # the first day, and how many
SLEEPS, BACKWARDS, RESTARTS, PROMPT = 0.03, 0.03, 0.02, 0.6  # of all wakes
BOTH = 0.2  # of all wakes: both claim at the same moment
ZONES = [
    "Europe/Berlin", "Europe/London", "Europe/Lisbon", "Europe/Chisinau", "America/New_York", "America/Sao_Paulo",
    "America/St_Johns", "America/Santiago", "America/Los_Angeles", "America/Havana", "Africa/Cairo",
    "Africa/Casablanca", "Asia/Tokyo", "Asia/Kolkata", "Asia/Beirut", "Asia/Gaza", "Australia/Lord_Howe",
    "Australia/Sydney", "Pacific/Auckland", "Pacific/Chatham",
]  # fmt: skip
RULES = {
    "": 705, "FREQ=WEEKLY": 70, "FREQ=MONTHLY;BYMONTHDAY=-1": 80, "FREQ=YEARLY": 60,
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=FR,SU": 30, "FREQ=DAILY;INTERVAL=4": 20, "FREQ=DAILY": 15,
    "FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR": 10, "FREQ=HOURLY;INTERVAL=5;BYHOUR=0,1,2,3,9,12": 3, "FREQ=DAILY;COUNT=40": 7,
}  # fmt: skip
DAY = timedelta(days=1)

Row = tuple[int, datetime, int]  # reminder, occurrence, lead


@dataclass(frozen=True)
class Outcome:
    """What should have rung and did not, what rang without reason or twice, what nobody was told."""

    wanted: int
    missed: set[Row]
    unwanted: set[Row]
    doubled: list[int]
    silent: int


class Year:
    """A year in the life of many reminders, with two that claim and a clock that nobody can trust."""

    def __init__(self, path: Path, *, start: datetime = YEAR[0], days: int = YEAR[1], many: int = REMINDERS) -> None:
        self.chance = random.Random(SEED)
        self.path, self.days, self.many = path, days, many
        self.start, self.end = start, start + timedelta(days=days)
        self.handed_out: Counter[int] = Counter()
        self.snoozed: Counter[int] = Counter()
        self.prompt = self.late = 0
        self.claimers = self.opened()

    def opened(self) -> tuple[Database, ThreadPoolExecutor]:
        database = Database(f"sqlite:///{self.path}")
        schema.upgrade(database)
        database.bind(models.ALL)
        database.peewee.execute_sql("PRAGMA synchronous = OFF")
        # Each thread has a connection of its own: to the file, they are two processes.
        return database, ThreadPoolExecutor(2)

    def restart(self) -> None:
        self.close()
        self.claimers = self.opened()

    def close(self) -> None:
        database, threads = self.claimers
        list(threads.map(lambda _: database.peewee.close(), range(2)))
        threads.shutdown()
        database.close()

    def fill(self) -> None:
        kinds = self.chance.choices(list(RULES), list(RULES.values()), k=self.many)
        self.claimers[0].run_here(self.set_all, kinds)

    def set_all(self, kinds: list[str]) -> None:
        for number, rule in enumerate(kinds):
            self.one(number, rule)

    def one(self, number: int, rule: str) -> None:
        quarter = self.chance.randrange(1, (self.days - 2) * 96 if not rule else 20 * 96)
        local = self.start.replace(tzinfo=None) + timedelta(days=1, minutes=15 * quarter)
        leads = self.chance.choice([[0], [0], [0], [0, 30], [0, 24 * 60], [60]])
        zone = ZONES[number % len(ZONES)]
        reminders.add(number % 3, text=f"r{number}", local=local, zone=zone, rule=rule, leads=leads, now=self.start)

    def play(self) -> None:
        now = self.start
        while now < self.end:
            dice = self.chance.random()
            due = next_due()
            if dice < SLEEPS:
                now += timedelta(hours=self.chance.uniform(0, 120))
            elif dice < SLEEPS + BACKWARDS:
                self.claim(now - timedelta(hours=self.chance.uniform(0, 48)))
            elif dice < SLEEPS + BACKWARDS + RESTARTS:
                self.restart()
            elif dice < SLEEPS + BACKWARDS + RESTARTS + PROMPT and due is not None:
                now = max(now, due)
            else:
                now += timedelta(hours=self.chance.uniform(0, 12))
            self.claim(now)
        self.end = now

    def claim(self, now: datetime) -> None:
        database, threads = self.claimers
        claimers = 2 if self.chance.random() < BOTH else 1
        for rung in threads.map(lambda _: database.run_here(claim_due, now), range(claimers)):
            for ring in rung:
                self.answer(ring, now)

    def answer(self, ring: Rung, now: datetime) -> None:
        self.handed_out[ring.ring] += 1
        self.prompt += ring.late == 0
        self.late += ring.late > 0
        dice, database = self.chance.random(), self.claimers[0]
        if dice < 0.1:
            database.run_here(rings.answer, ring.user, ring.ring, "done", now)
        elif dice < 0.14 and database.run_here(rings.snooze, ring.user, ring.ring, now + DAY / 3, now):
            self.snoozed[ring.ring] += 1

    def expected(self) -> Iterator[tuple[int, datetime, int]]:
        for row in Reminder.select():
            for lead in schedule.leads(row):
                ahead = timedelta(minutes=lead)
                start, end = self.start + ahead + timedelta(microseconds=1), self.end + ahead
                for at in next_times.occurrences(row.local, row.zone, row.rule, start, end, 10_000):
                    yield row.id, at, lead

    def outcome(self) -> Outcome:
        wanted = set(self.expected())
        rows = [(ring.reminder_id, ring.occurrence, ring.lead) for ring in Ring.select().where(Ring.due <= self.end)]
        twice = [ring for ring, times in self.handed_out.items() if times > 1 + self.snoozed[ring]]
        rang = Ring.rang.is_null(is_null=False)
        silent = Ring.select().where(rang & Ring.id.not_in(list(self.handed_out))).count()
        again = [ring for (ring, *_), times in Counter(rows).items() if times > 1]
        return Outcome(len(wanted), wanted - set(rows), set(rows) - wanted, twice + again, silent)
