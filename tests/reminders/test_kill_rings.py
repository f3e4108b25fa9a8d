"""The running product killed again and again: each occurrence rings once, and what was answered stays answered."""

import random
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import httpx

from assistant.config import Config
from assistant.reminders import reminders, schedule
from assistant.reminders.models import DONE, MISSED, SNOOZED, Reminder, Ring
from assistant.reminders.recurrence import next_times
from assistant.reminders.scheduling.claims import next_due
from assistant.storage.database import Database
from assistant.web import parts
from tests.product import Product

ALONE, TOGETHER = 12, 19  # kills of one process, and of each of two on the same database
IN_START, LIVED = 0.5, 0.4  # of all kills; seconds that the others have answered at most
ONCE, EACH, AHEAD = 400, 60, 60
SPREAD = 40  # seconds in which those that ring once fall due
SLEPT = timedelta(minutes=4)  # that those of each minute have missed before the first start
TICK = timedelta(microseconds=1)


class Life:
    """One database whose processes are killed at random moments, and all that they promised before."""

    def __init__(self, database: Database, cookies: httpx.Cookies) -> None:
        self.chance = random.Random()
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
            local = now + timedelta(seconds=2 + number % SPREAD)
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
                time.sleep(self.chance.uniform(0.3, 1.1))
                product.kill()
                self.kills["in its start"] += 1
            else:
                self.answer_until_killed(product, part)
                self.kills["while it answered"] += 1
            self.look()

    def answer_until_killed(self, product: Product, part: int) -> None:
        with httpx.Client(base_url=product.url, headers={"origin": product.url}, cookies=self.cookies) as client:
            product.wait()
            client.get("/api/reminders/rings", timeout=10)  # however slow the machine is, it answers something
            killer = threading.Timer(self.chance.uniform(0, LIVED), product.kill)
            killer.start()
            try:
                while True:
                    self.answer(client, part)
            except httpx.HTTPError:
                killer.join()

    def answer(self, client: httpx.Client, part: int) -> None:
        """Answers some of the rings that wait, and keeps what was acknowledged."""
        rings = client.get("/api/reminders/rings").json()["rings"]
        mine = [ring["id"] for ring in rings if ring["id"] % 3 == part and not ring["text"].startswith("each")]
        for ring in mine[:3]:
            state, until = self.chance.choice([DONE, SNOOZED]), datetime.now(UTC) + timedelta(days=1)
            said = {"state": state, "until": until.isoformat()}
            answer = client.post(f"/api/reminders/rings/{ring}/answer", json=said)
            assert answer.status_code == 204, answer.text
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
        until = time.monotonic() + 20
        while (due := next_due()) is not None and due <= end:
            assert time.monotonic() < until, product.log()
            time.sleep(0.02)
        product.stop()
        self.look()
        return end

    def expected(self, end: datetime) -> Iterator[tuple[int, datetime, int]]:
        for row in Reminder.select():
            begun = self.now - SLEPT if row.rule else self.now
            for lead in schedule.leads(row):
                ahead = timedelta(minutes=lead)
                for at in next_times.occurrences(
                    row.local, row.zone, row.rule, begun + ahead + TICK, end + ahead + TICK
                ):
                    yield row.id, at, lead


def untold(rings: list[Ring]) -> dict[str, tuple[int, int]]:
    """The reminders that nobody answered whose card does not tell exactly the occurrences before it."""
    rows: dict[str, list[Ring]] = defaultdict(list)
    for ring in sorted(rings, key=lambda ring: ring.due):
        rows[ring.reminder.text].append(ring)
    found = {text: (len(some) - 1, some[-1].missed) for text, some in rows.items() if text.startswith("each")}
    return {text: told for text, told in found.items() if told[0] != told[1]}


def second(product: Product) -> Product:
    """Another instance on the same database, with a folder of its own."""
    folder = product.data / "second"
    folder.mkdir()
    settings = {"ASSISTANT_DATABASE_URL": f"sqlite:///{product.data / 'assistant.db'}"}
    return Product(folder, product.ollama_host, settings=settings)


def test_killed_at_any_moment_each_occurrence_rings_once(product: Product) -> None:
    one, two = product, second(product)
    anna = one.person("anna")
    anna.close()
    one.kill()
    database = parts.open_database(Config(data=product.data))
    life = Life(database, anna.cookies)
    life.fill()
    life.kill(one, ALONE, 0)
    with ThreadPoolExecutor(2) as lanes:
        list(lanes.map(life.kill, (one, two), (TOGETHER, TOGETHER), (0, 1)))
    end = life.catch_up(one)
    wanted, rings = list(life.expected(end)), list(Ring.select(Ring, Reminder).join(Reminder))
    rows = Counter((ring.reminder.id, ring.occurrence, ring.lead) for ring in rings if ring.due <= end)
    missed, doubled = set(wanted) - set(rows), [row for row, times in rows.items() if times > 1]
    lost = {ring.id: ring.state for ring in rings if not life.kept(ring)}
    silent = [ring.id for ring in rings if ring.rang is None and ring.state not in {MISSED, DONE}]
    database.close()
    print(f"{dict(life.kills)}: {len(wanted)} rings in {end - life.now}, missed {len(missed)}, doubled {len(doubled)},")
    print(f"rang again {len(life.rang_again)}; of {len(life.answered)} answers {len(lost)} lost")
    assert sum(life.kills.values()) >= 50
    assert len(life.answered) > 20
    assert (missed, doubled, life.rang_again, lost, silent) == (set(), [], set(), {}, [])
    assert set(rows) == set(wanted)
    assert untold(rings) == {}
