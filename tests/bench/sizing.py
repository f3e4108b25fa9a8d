"""How large an installation must be: what each thing costs is measured, and a busy hour of many people simulated."""

import asyncio
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
from playwright.sync_api import Browser

from assistant.chat import messages
from assistant.chat.models import WRITING
from assistant.config import Config
from assistant.notes import notebook
from assistant.reminders import reminders
from assistant.reminders.scheduling.claims import claim_due
from assistant.storage.database import Database
from assistant.web.parts import open_database
from tests.bench.measuring import awaited, median, resident, spent, tell, timed
from tests.bench.simulating import FULL, Costs, simulate
from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.postgres_server import NoServerError, PostgresServer
from tests.product import Product
from tests.sockets import cookie, open_page, socket_of

PAGES, ANSWERS, TOKENS, SAVES, UNITS, RINGS = 20, 4, 200, 100, 400, 2_000
IDLE = 10.0  # seconds
AT_REST = 1 / 226  # seconds that a unit held the lock when this machine had nothing else to do
TOO_LONG = 60.0  # seconds
PEOPLE, LENGTHS, INSTANCES = (100, 1_000, 3_000, 10_000, 30_000, 100_000), (200, 800), (1, 3, 6, 12, 16, 24, 48, 96)


def measure(ollama: OllamaServer, _browser: Browser) -> None:
    """Prints what was measured, and the table of docs/grown.md."""
    try:
        server = PostgresServer(lasting=True).start()
    except NoServerError as reason:
        print(f"sizing: {reason}")
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            costs = measured(ollama, Path(folder), server.create("sizing"))
        finally:
            server.close()
    print(table(costs))
    print(f"\nThe same where the lock is held {AT_REST * 1000:.1f} ms, as on such a machine with nothing else to do:")
    print(table(replace(costs, unit=AT_REST)))


def measured(ollama: OllamaServer, folder: Path, url: str) -> Costs:
    """What things cost on this machine, with PostgreSQL that waits for the disk."""
    product = Product(folder, ollama.host, settings={"ASSISTANT_DATABASE_URL": url}).start()
    try:
        with closing(product.person("anna")) as anna:
            open_page(anna)
            memory = resident(product)
            # Pages of the same person hear of everything, so those that stay open come last.
            answer, token = awaited(answers(product, anna))
            save = saves(product, anna)
            page, looking, memory_page = awaited(pages(product, anna))
    finally:
        product.stop()
    database = open_database(Config(data=folder, database_url=url))
    unit, ring = units(database), rings(database)
    database.close()
    for what, value, unit_of in (
        ("processor: a page that is opened", page * 1000, "ms"),
        ("processor: a page that is open, each second", looking * 1000, "ms"),
        ("processor: an answer beside its tokens", answer * 1000, "ms"),
        ("processor: a token in an open page", token * 1000, "ms"),
        ("processor: a save of a note", save * 1000, "ms"),
        ("PostgreSQL: a unit of work holds the lock", unit * 1000, "ms"),
        ("PostgreSQL: a reminder that rings holds it", ring * 1000, "ms"),
        ("memory: an instance", memory / 1e6, "MB"),
        ("memory: an open page", memory_page / 1e6, "MB"),
    ):
        tell(what, value, unit_of)
    return Costs(page, looking, answer, token, save, unit, ring, memory, memory_page)


@asynccontextmanager
async def opened(product: Product, anna: Person, path: str) -> AsyncIterator[None]:
    """A page whose socket is connected."""
    page, headers = open_page(anna, path).id, {"Origin": product.url, "Cookie": cookie(anna)}
    async with socket_of(product, headers, page) as web:
        await web.call("alive")
        yield
        await web.disconnect()


async def pages(product: Product, anna: Person) -> tuple[float, float, float]:
    """Seconds of a core to open a page, to keep one for a second, and its bytes."""
    async with AsyncExitStack() as stack:
        for _ in range(3):  # the first load what the others have
            await stack.enter_async_context(opened(product, anna, "/"))
        before, weight = spent(product), resident(product)
        for _ in range(PAGES):
            await stack.enter_async_context(opened(product, anna, "/"))
        page, memory = (spent(product) - before) / PAGES, (resident(product) - weight) / PAGES
        before = spent(product)
        await asyncio.sleep(IDLE)
        looking = (spent(product) - before) / IDLE / PAGES
    return page, looking, memory


async def answers(product: Product, anna: Person) -> tuple[float, float]:
    """Seconds of a core for an answer, and for each of its tokens, with a page that shows it."""
    few, many = [await written(product, anna, tokens) for tokens in (2, TOKENS)]
    token = max(0.0, (many - few) / (TOKENS - 2))
    return few, token


async def written(product: Product, anna: Person, tokens: int) -> float:
    """Seconds of a core for an answer of so many tokens in an open page."""
    total = 0.0
    async with httpx.AsyncClient(
        base_url=product.url, headers=dict(anna.headers), cookies=anna.cookies, timeout=60
    ) as api:
        for _ in range(ANSWERS):
            home = (await api.post("/api/v1/conversations", json={"text": "tokens=1"})).json()["conversation"]["id"]
            async with opened(product, anna, f"/chat/{home}"):
                before = spent(product)
                said = {"text": f"tokens={tokens} delay=0.03"}
                asked = (await api.post(f"/api/v1/conversations/{home}/messages", json=said)).json()
                assert asked, home
                reply = asked["reply"]["id"]
                while anna.do(messages.get_own, reply).state == WRITING:
                    await asyncio.sleep(0.2)
                total += spent(product) - before
    return total / ANSWERS


def saves(product: Product, anna: Person) -> float:
    """Seconds of a core to save a note."""
    address = f"/api/v1/notes/{anna.note('begun')}"
    version = anna.get(address).headers["etag"]
    before = spent(product)
    for number in range(SAVES):
        saved = anna.patch(address, json={"text": f"text {number}"}, headers={"if-match": version}).raise_for_status()
        version = saved.headers["etag"]
    return (spent(product) - before) / SAVES


def units(database: Database) -> float:
    """Seconds that a unit of work holds the lock: half of the saves of a note take no longer."""
    now = datetime.now(UTC)
    note = database.run_here(notebook.create, 1, now, text="begun").id
    versions = iter(range(1, UNITS + 1))

    def save() -> float:
        version = next(versions)
        return timed(database.run_here, notebook.save, 1, note, f"text {version}", version, now=now)

    return median(save, UNITS) / 1000


def rings(database: Database) -> float:
    """Seconds that a reminder holds the lock that rings with very many others."""
    due = datetime.now(UTC).replace(microsecond=0)

    def add() -> None:
        for number in range(RINGS):
            local, before = due.replace(tzinfo=None), due - timedelta(days=1)
            reminders.add(1, text=f"r{number}", local=local, zone="UTC", now=before)

    database.run_here(add)
    begun, rung = time.perf_counter(), 0
    while rung < RINGS:
        rung += len(database.run_here(claim_due, due + timedelta(seconds=1)))
    return (time.perf_counter() - begun) / RINGS


def lasting(seconds: float) -> str:
    """The seconds in words; what has more to do than it can falls behind for ever."""
    return f"{seconds:.1f} s" if seconds < TOO_LONG else "too long"


def table(costs: Costs) -> str:
    """For each number of people and length of answers the fewest instances whose processors do."""
    lines = [
        "| People | Tokens of an answer | Instances | Answers at once | Processor of each | Lock of the database "
        "| 95 of 100 wait | Memory of each | Nine o'clock rings within | Full first |",
        "|---|---|---|---|---|---|---|---|---|---|",
    ]
    for people in PEOPLE:
        for tokens in LENGTHS:
            tried = [(count, simulate(people, tokens, count, costs)) for count in INSTANCES]
            count, found = next((one for one in tried if one[1].processor <= FULL), tried[-1])
            lines.append(
                f"| {people:,} | {tokens} | {count} | {found.streams:,} | {found.processor:.0%} | {found.lock:.0%} "
                f"| {lasting(max(found.wait, found.lock_wait))} | {found.memory / 1e6:,.0f} MB | {lasting(found.nine)} "
                f"| {found.bottleneck or '–'} |"
            )
    return "\n".join(lines)
