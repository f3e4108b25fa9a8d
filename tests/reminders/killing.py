"""The running product killed again and again; the suite does it some times, ``make bench`` many times."""

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import httpx

from assistant.config import Config
from assistant.reminders import reminders, rings, schedule
from assistant.reminders.models import DONE, MISSED, SNOOZED, Reminder, Ring
from assistant.reminders.recurrence import next_times
from assistant.reminders.scheduling.claims import next_due
from assistant.storage.database import Database
from assistant.web import parts
from tests.product import PATIENCE, Product

IN_START, LIVED = 0.5, 0.8  # of all kills; seconds that the others have answered at most
ONCE, EACH, AHEAD = 400, 60, 60
SLEPT = timedelta(minutes=4)  # that those of each minute have missed before the first start
TICK = timedelta(microseconds=1)

Row = tuple[int, datetime, int]  # reminder, occurrence, lead


@dataclass(frozen=True)
class Plan:
    """How many kills of one process and of each of two; how long a start takes before it is killed.

    ``spread`` is in how many seconds those that ring once fall due.
    """

    alone: int = 12
    together: int = 19
    start: tuple[float, float] = (0.3, 1.1)  # seconds
    spread: int = 40


@dataclass(frozen=True)
class Outcome:
    """What became of all rings and of all answers that were acknowledged."""

    kills: Counter[str]
    wanted: int
    answered: int
    missed: set[Row]
    unwanted: set[Row]
    doubled: list[Row]
    rang_again: set[int]
    lost: dict[int, str]
    silent: list[int]
    untold: dict[str, tuple[int, int]]


class Life:
    """One database whose processes are killed at random moments, and all that they promised before."""

    def __init__(self, database: Database, cookies: httpx.Cookies, plan: Plan) -> None:
        self.chance, self.plan = random.Random(), plan
        self.database, self.cookies = database, cookies
        self.kills: Counter[str] = Counter()
        self.answered: dict[int, str] = {}
        self.rang: dict[int, datetime] = {}
        self.rang_again: set[int] = set()
        self.now = datetime.now(UTC).replace(microsecond=0)

    def fill(self) -> None:
        self.database.run_here(self.set_all)

    def set_all(self) -> None:
        now, slept = (moment.replace(tzinfo=None) for moment in (self.now, self.now - SLEPT))
        for number in range(ONCE):
            local = now + timedelta(seconds=2 + number % self.plan.spread)
            reminders.add(1, text=f"once {number}", local=local, zone="UTC", now=self.now)
        for number in range(EACH + AHEAD):
            local = slept + timedelta(seconds=1 + number % 60)
            kind, leads = ("each", [0]) if number < EACH else ("ahead", [0, 1])
            text = f"{kind} {number}"
            reminders.add(
                1, text=text, local=local, zone="UTC", now=self.now - SLEPT, rule="FREQ=MINUTELY", leads=leads
            )

    def kill(self, product: Product, times: int, part: int) -> None:
        """Starts and kills the process so many times; it is asked for its part of the answers."""
        for _ in range(times):
            product.begin()
            if self.chance.random() < IN_START:
                time.sleep(self.chance.uniform(*self.plan.start))
                product.kill()
                self.kills["in its start"] += 1
            else:
                self.answer_until_killed(product, part)
                self.kills["while it answered"] += 1
            self.look()

    def answer_until_killed(self, product: Product, part: int) -> None:
        with httpx.Client(base_url=product.url, headers={"origin": product.url}, cookies=self.cookies) as client:
            product.wait()
            for address in ("/reminders", "/api/v1/me"):  # however slow the machine is, it answers something
                client.get(address, timeout=PATIENCE)
            self.until_claimed(product)
            killer = threading.Timer(self.chance.uniform(0, LIVED), product.kill)
            killer.start()
            try:
                while True:
                    self.answer(client, part)
            except httpx.HTTPError:
                killer.join()

    def until_claimed(self, product: Product) -> None:
        """Waits until what was due by now rings, so that there is something to answer."""
        begun, until = datetime.now(UTC), time.monotonic() + PATIENCE
        with self.database.peewee.connection_context():
            while (due := next_due()) is not None and due <= begun:
                assert time.monotonic() < until, product.log()
                time.sleep(0.02)

    def answer(self, client: httpx.Client, part: int) -> None:
        """Answers some of the rings that wait, and keeps what was acknowledged."""
        client.get("/healthz")  # which fails once it was killed, also where nothing rings
        with self.database.peewee.connection_context():
            waiting = rings.ringing(1)
        mine = [one.ring for one in waiting if one.ring % 3 == part and not one.text.startswith("each")]
        for ring in mine[:3]:
            state, until = self.chance.choice([DONE, SNOOZED]), datetime.now(UTC) + timedelta(days=1)
            said = {"state": state, "until": until.isoformat()}
            answer = client.post(f"/api/v1/reminders/rings/{ring}/answer", json=said)
            assert answer.status_code == 200, answer.text
            self.answered[ring] = state

    def look(self) -> None:
        """Notes what rang when, which never changes again."""
        with self.database.peewee.connection_context():
            for ring in Ring.select(Ring.id, Ring.rang).where(Ring.rang.is_null(is_null=False)):
                if self.rang.setdefault(ring.id, ring.rang) != ring.rang:
                    self.rang_again.add(ring.id)

    def kept(self, ring: Ring) -> bool:
        """Whether the ring has the answer that was acknowledged; a later ring of its reminder may have changed it."""
        answer = self.answered.get(ring.id, ring.state)
        return ring.state == answer or (bool(ring.reminder.rule) and ring.state in {MISSED, DONE})

    def catch_up(self, product: Product) -> datetime:
        """The moment until which everything has rung."""
        end = datetime.now(UTC)
        product.start()
        until = time.monotonic() + PATIENCE
        while (due := next_due()) is not None and due <= end:
            assert time.monotonic() < until, product.log()
            time.sleep(0.02)
        product.stop()
        self.look()
        return end

    def expected(self, end: datetime) -> Iterator[Row]:
        for row in Reminder.select():
            begun = self.now - SLEPT if row.rule else self.now
            for lead in schedule.leads(row):
                ahead = timedelta(minutes=lead)
                for at in next_times.occurrences(
                    row.local, row.zone, row.rule, begun + ahead + TICK, end + ahead + TICK
                ):
                    yield row.id, at, lead

    def outcome(self, end: datetime) -> Outcome:
        wanted, rung = list(self.expected(end)), list(Ring.select(Ring, Reminder).join(Reminder))
        rows = Counter((ring.reminder.id, ring.occurrence, ring.lead) for ring in rung if ring.due <= end)
        return Outcome(
            kills=self.kills,
            wanted=len(wanted),
            answered=len(self.answered),
            missed=set(wanted) - set(rows),
            unwanted=set(rows) - set(wanted),
            doubled=[row for row, times in rows.items() if times > 1],
            rang_again=self.rang_again,
            lost={ring.id: ring.state for ring in rung if not self.kept(ring)},
            silent=[ring.id for ring in rung if ring.rang is None and ring.state not in {MISSED, DONE}],
            untold=untold(rung),
        )


def untold(rings: list[Ring]) -> dict[str, tuple[int, int]]:
    """The reminders that nobody answered whose card does not tell exactly the occurrences before it."""
    rows: dict[str, list[Ring]] = defaultdict(list)
    for ring in sorted(rings, key=lambda ring: ring.due):
        rows[ring.reminder.text].append(ring)
    found = {text: (len(some) - 1, some[-1].missed) for text, some in rows.items() if text.startswith("each")}
    return {text: told for text, told in found.items() if told[0] != told[1]}


def another(product: Product) -> Product:
    """A second instance on the same database, with a data folder of its own."""
    folder = product.data / "second"
    folder.mkdir()
    settings = {"ASSISTANT_DATABASE_URL": f"sqlite:///{product.data / 'assistant.db'}"}
    return Product(folder, product.ollama_host, settings=settings, forked=product.forked)


def play(one: Product, two: Product, plan: Plan) -> Outcome:
    """Kills ``one`` again and again, then both on the same database; ``one`` runs at first and neither at the end."""
    anna = one.person("anna")
    anna.close()
    one.kill()
    database = parts.open_database(Config(data=one.data))
    life = Life(database, anna.cookies, plan)
    life.fill()
    life.kill(one, plan.alone, 0)
    with ThreadPoolExecutor(2) as lanes:
        list(lanes.map(life.kill, (one, two), (plan.together, plan.together), (0, 1)))
    found = life.outcome(life.catch_up(one))
    database.close()
    return found
