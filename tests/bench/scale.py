"""One process under much: answers that stream at once, open pages, pages that come and go, and very many rows."""

import asyncio
import math
import os
import statistics
import time
from contextlib import AsyncExitStack, closing

import httpx
from playwright.sync_api import Browser

from assistant.chat.models import DONE, WRITING, Conversation, Message
from assistant.web import parts
from tests.bench import chat, starting
from tests.bench.floor import LOADED
from tests.bench.measuring import (
    RUNS,
    awaited,
    logged_in,
    median,
    opened_beside,
    running,
    shared_memory,
    spent,
    tell,
    timed,
)
from tests.bench.notes import fill
from tests.bench.sizing import opened
from tests.ollama_server import OllamaServer
from tests.person import Person
from tests.product import Product

PAGES, CLOSED = 500, 200
STREAMS, TOKENS = (10, 50, 200), 400
PAUSE = 0.05  # seconds between two tokens: 20 a second
LISTED = 100  # conversations that the list shows at first
GONE = 40.0  # seconds in which a page that is closed is let go of, with its memory
LONG, MANY, MILLION, VAULT = 2_000, 10_000, 1_000_000, 100_000
AT_ONCE = 500  # rows of one statement
SLOWER, PATIENCE = 4, 60_000  # times slower than this processor; ms
MOBILE = {"offline": False, "latency": 60, "downloadThroughput": 1_125_000, "uploadThroughput": 375_000}  # 4G
LONGEST = """() => { window.longest = 0; new PerformanceObserver((list) => {
  for (const one of list.getEntries()) longest = Math.max(longest, one.duration)
}).observe({entryTypes: ["longtask"]}) }"""
SHOWN = "document.querySelectorAll('.message').length > 20 && window.socket?.connected"


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    tell("what else this machine does", os.getloadavg()[0] / (os.cpu_count() or 1), "a core")
    with running(ollama) as product, closing(product.person("anna")) as anna:
        awaited(come_and_gone(product, anna))
        awaited(streaming(product, anna))
    long_conversation(ollama, browser)
    with running(ollama) as product:
        many_conversations(product)
    vault(ollama)
    chat.searching(MILLION, "≤ 30")
    phone(ollama, browser)


async def come_and_gone(product: Product, anna: Person) -> None:
    """What pages leave behind that were opened and closed: at first, and when as many come and go again."""
    assert product.process
    for what, aim in (("", ""), (", the second time", "≤ 5")):
        before = shared_memory(product.process.pid)
        for _ in range(CLOSED):
            async with opened(product, anna, "/"):
                pass
        await asyncio.sleep(GONE)
        left = shared_memory(product.process.pid) - before
        tell(f"{CLOSED} pages opened and closed leave{what}", left, "MB", aim)


async def streaming(product: Product, anna: Person) -> None:
    """Answers at once, each in an open page, and others open: what it costs, how late others are, how that grows."""
    costs: list[float] = []
    async with AsyncExitStack() as stack:
        api = await stack.enter_async_context(
            httpx.AsyncClient(base_url=product.url, headers=dict(anna.headers), cookies=anna.cookies, timeout=60)
        )
        homes = [await begun(api) for _ in range(max(STREAMS))]
        for number in range(PAGES):
            address = f"/chat/{homes[number]}" if number < len(homes) else "/"
            await stack.enter_async_context(opened(product, anna, address))
        for count in STREAMS:
            late, cores, token = await streamed(product, anna, api, homes[:count])
            costs.append(token)
            tell(f"{count} answers at once, {PAGES} pages: a request takes, 95 of 100", late, "ms", "≤ 100")
            tell(f"{count} answers at once, {PAGES} pages: processor", cores, "cores", "≤ 1")
            tell(f"{count} answers at once, {PAGES} pages: a token", token * 1e6, "µs")
    tell("cost of a token grows with answers to the power of", exponent(costs), "", "≤ 0.1")


async def begun(api: httpx.AsyncClient) -> int:
    """A conversation in which there is a short answer."""
    told = await api.post("/api/v1/conversations", json={"text": "tokens=1"})
    return int(told.raise_for_status().json()["conversation"]["id"])


async def streamed(
    product: Product, anna: Person, api: httpx.AsyncClient, homes: list[int]
) -> tuple[float, float, float]:
    """ms that 95 of 100 requests take meanwhile, cores that the server uses, seconds of one for each token."""
    while await asyncio.to_thread(anna.do, being_written):
        await asyncio.sleep(0.5)
    said = {"text": f"tokens={TOKENS} delay={PAUSE}"}
    for home in homes:
        (await api.post(f"/api/v1/conversations/{home}/messages", json=said)).raise_for_status()
    took: list[float] = []
    used, start = spent(product), time.monotonic()
    while time.monotonic() - start < TOKENS * PAUSE / 4:
        asked = time.monotonic()
        await api.get("/healthz")
        took.append((time.monotonic() - asked) * 1000)
        await asyncio.sleep(PAUSE)
    seconds = time.monotonic() - start
    used = spent(product) - used
    return statistics.quantiles(took, n=20)[-1], used / seconds, used / (len(homes) * seconds / PAUSE)


def being_written(user: int) -> bool:
    """Whether any answer of theirs is."""
    return bool(Message.select().where((Message.user == user) & (Message.state == WRITING)).exists())


def exponent(costs: list[float]) -> float:
    """By which power of the number of answers the costs grow, fitted."""
    xs, ys = [math.log(count) for count in STREAMS], [math.log(max(cost, 1e-9)) for cost in costs]
    return statistics.linear_regression(xs, ys).slope


def long_conversation(ollama: OllamaServer, browser: Browser) -> None:
    """A conversation of very many messages, opened in a browser that has been here before."""
    with running(ollama) as product:
        product.person("anna").close()
        database = opened_beside(product)
        database.run_here(fill_conversation, LONG)
        database.close()
        context = logged_in(product, browser, service_workers="block")
        starting.load(context, "/chat/1", SHOWN)
        rows = [starting.load(context, "/chat/1", SHOWN) for _ in range(RUNS)]
        context.close()
    size, _, took = (statistics.median(column) for column in zip(*rows, strict=True))
    tell(f"a conversation of {LONG:,} messages: opened", took * 1000, "ms", "≤ 350")
    tell(f"a conversation of {LONG:,} messages: bytes", size, "kB", "≤ 150")


def fill_conversation(count: int) -> None:
    """So many messages, one after the other."""
    now = parts.now()
    home = Conversation.create(user=1, title="long", created=now, updated=now)
    last = None
    for number in range(count):
        role = "assistant" if number % 2 else "user"
        text = f"Message {number}: some **words** of usual length. " * 6
        last = Message.create(conversation=home, user=1, parent=last, role=role, text=text, created=now, state=DONE)
    Conversation.update(leaf=last).where(Conversation.id == home).execute()


def many_conversations(product: Product) -> None:
    """How long the chat takes with as many conversations as the list shows, and with very many."""
    took: dict[int, float] = {}
    with closing(product.person("anna")) as anna, closing(opened_beside(product)) as database:
        for count in (LISTED, MANY):
            database.run_here(fill_list, count)
            took[count] = median(lambda: timed(anna.get, "/"), 5 * RUNS)
            tell(f"{count:,} conversations in the list: the page", took[count], "ms")
    tell(f"{MANY:,} conversations to {LISTED}", took[MANY] / took[LISTED], "times", "≤ 1.1")


def fill_list(count: int) -> None:
    """As many conversations as that, with those that are there."""
    now, there = parts.now(), Conversation.select().count()
    rows = [{"user": 1, "title": f"conversation {number}", "created": now, "updated": now}
            for number in range(there, count)]  # fmt: skip
    for at in range(0, len(rows), AT_ONCE):
        Conversation.insert_many(rows[at : at + AT_ONCE]).execute()


def vault(ollama: OllamaServer) -> None:
    """How long the start takes with nothing, and with very many notes."""
    with running(ollama) as product:
        product.person("anna").close()
        took = [started(product)]
        with closing(opened_beside(product)) as database:
            fill(database, VAULT, parts.now())
        started(product)  # what an index makes up for is done once
        took.append(started(product))
    tell("start with no notes", took[0], "s")
    tell(f"start with {VAULT:,} notes", took[1], "s")
    tell(f"start with {VAULT:,} notes to none", took[1] / took[0], "times", "≤ 1.1")


def started(product: Product) -> float:
    """Seconds of a start, the quickest of several."""

    def once() -> float:
        product.stop()
        begun = time.perf_counter()
        product.start()
        return time.perf_counter() - begun

    return min(once() for _ in range(RUNS))


def phone(ollama: OllamaServer, browser: Browser) -> None:
    """A first visit with a processor that is four times slower, over a mobile network."""
    with running(ollama) as product:
        took = [on_phone(product, browser) for _ in range(RUNS)]
    usable, longest = (statistics.median(column) for column in zip(*took, strict=True))
    tell("on a phone: cold, until one can type", usable, "s", "≤ 2.5")
    tell("on a phone: longest task while an answer streams", longest, "ms", "≤ 100")


def on_phone(product: Product, browser: Browser) -> tuple[float, float]:
    """Seconds until one can type, and ms of the longest task while an answer streams."""
    context = logged_in(product, browser, service_workers="block", viewport={"width": 390, "height": 844})
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    wire.send("Network.enable")
    wire.send("Network.emulateNetworkConditions", MOBILE)
    begun = time.perf_counter()
    page.goto("/", wait_until="commit")
    page.wait_for_function(LOADED, timeout=PATIENCE)
    usable = time.perf_counter() - begun
    page.wait_for_timeout(1000)
    page.evaluate(LONGEST)
    page.locator("[name=text]").fill("tokens=100 delay=0.02")
    page.locator("[name=text]").press("Enter")
    page.wait_for_selector(".message-assistant footer", timeout=PATIENCE)
    longest = float(page.evaluate("longest"))
    context.close()
    return usable, longest
