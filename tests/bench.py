"""Prints the product's figures, medians of several runs against the stand-in for Ollama."""

import re
import shutil
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from assistant import web
from assistant.chat import search
from assistant.chat.models import Conversation, Message
from assistant.config import Config
from assistant.notes import models, notebook
from assistant.notes import search as notes_search
from assistant.notes.models import Note
from assistant.storage import schema
from assistant.storage.database import Database
from tests.conftest import CHROMIUM_ARGS
from tests.ollama_server import OllamaServer
from tests.product import Product

RUNS = 5
MESSAGES = 100_000
QUERIES = (("common", "common "), ("rare", "rare "), ("two words", "common word7 "), ("prefix", "wor"))
PROSE = "{word} common text with several usual words in it, {rest}.\n" * 20
# Notes when the first and the last token stand in the page, on the clock that the stand-in uses.
WATCH = """last => { window.seen = {}; new MutationObserver(() => {
  const text = [...document.querySelectorAll('.message-assistant .prose')].at(-1)?.textContent || '';
  if (!seen.first && text.includes('t0')) seen.first = Date.now();
  if (!seen.last && text.includes(last)) seen.last = Date.now();
}).observe(document.body, {subtree: true, childList: true, characterData: true}) }"""


# Notes when a key is pressed and when a hit is drawn.
WATCH_HITS = """() => { window.hits = 0;
  document.querySelector('.notelist input[type=search]').focus();
  addEventListener('keydown', () => { window.key = performance.now() }, {once: true});
  new MutationObserver((_, observer) => {
    if (document.querySelector('.note mark')) { window.hits = performance.now(); observer.disconnect() }
  }).observe(document.body, {subtree: true, childList: true, characterData: true}) }"""


def main() -> None:
    """Runs everything and prints one line a figure."""
    ollama = OllamaServer().start()
    with sync_playwright() as playwright:
        chromium = shutil.which("chromium")
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGS)
        starting()
        with running(ollama) as product:
            tell("resident memory, idle", resident(product) / 1e6, "MB", "≤ 120")
            first_load(product, browser)
            memory_of_pages(product, browser)
        with running(ollama) as product:
            answers(product, browser, ollama, "tokens=200 delay=0.02", "200 tokens at 20 ms")
            answers(product, browser, ollama, "tokens=2000", "2,000 tokens at once")
        with running(ollama) as product:
            typing_in_notes(product, browser)
        browser.close()
    searching()
    for count, aim in ((10_000, "≤ 10"), (100_000, "≤ 30")):
        notes(count, aim)
    ollama.stop()


def tell(what: str, value: float, unit: str, aim: str = "") -> None:
    """Prints one figure beside its aim."""
    print(f"{what:<58}{value:>10.1f} {unit:<9}{f'aim {aim}' if aim else ''}", flush=True)


@contextmanager
def running(ollama: OllamaServer) -> Iterator[Product]:
    """The product on a new data folder."""
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder), ollama.host).start()
        yield product
        product.stop()


def median(measure: Callable[[], float], runs: int = RUNS) -> float:
    """The median of several runs."""
    return statistics.median(measure() for _ in range(runs))


def starting() -> None:
    """From the command to the first 200, with a database that exists."""
    with tempfile.TemporaryDirectory() as folder:
        product = Product(Path(folder), "http://127.0.0.1:9")
        product.start().stop()

        def once() -> float:
            begun = time.perf_counter()
            product.start()
            took = time.perf_counter() - begun
            product.stop()
            return took

        tell("start to first 200", median(once), "s", "≤ 1.5")


def first_load(product: Product, browser: Browser) -> None:
    """Bytes, requests and time until one can type; cold and from a warm cache."""
    cold: list[tuple[float, float, float]] = []
    warm: list[tuple[float, float, float]] = []
    for _ in range(RUNS):
        context = logged_in(product, browser)
        for results in (cold, warm):
            results.append(load(context))
        context.close()
    for name, results, aims in (("cold", cold, ("≤ 900", "", "≤ 1")), ("warm", warm, ("", "", ""))):
        for what, unit, at in (("bytes", "kB", 0), ("requests", "", 1), ("until one can type", "s", 2)):
            tell(f"first load of chat, {name}: {what}", statistics.median(r[at] for r in results), unit, aims[at])


def load(context: BrowserContext) -> tuple[float, float, float]:
    """kB over the wire, requests, and seconds until the page takes typing."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    begun = time.perf_counter()
    page.goto("/", wait_until="commit")
    page.wait_for_function("document.activeElement?.matches('.composer textarea')")
    took = time.perf_counter() - begun
    page.wait_for_load_state("networkidle")
    page.close()
    return sum(sizes) / 1000, len([size for size in sizes if size]), took


def memory_of_pages(product: Product, browser: Browser, count: int = 10) -> None:
    """What each further open page costs the server."""
    before = resident(product)
    context = logged_in(product, browser)
    for _ in range(count):
        page = context.new_page()
        page.goto("/")
        page.wait_for_selector(".composer textarea")
    tell("resident memory, each open page", (resident(product) - before) / count / 1e6, "MB")
    context.close()


def answers(product: Product, browser: Browser, ollama: OllamaServer, wish: str, name: str) -> None:
    """How far the page is behind Ollama, and what that costs the server."""
    count = int(re.findall(r"tokens=(\d+)", wish)[0])
    last = f"t{count - 1}"
    context = logged_in(product, browser)
    rows = [one_answer(product, context, ollama, wish, last) for _ in range(RUNS)]
    context.close()
    columns = [statistics.median(column) for column in zip(*rows, strict=True)]
    tell(f"{name}: Enter to request at Ollama", columns[0], "ms", "≤ 30")
    tell(f"{name}: first token behind Ollama", columns[1], "ms", "≤ 25")
    tell(f"{name}: last token behind Ollama", columns[2], "ms", "≤ 300")
    tell(f"{name}: server CPU", columns[3], "s", "≤ 0.3")


def one_answer(
    product: Product, context: BrowserContext, ollama: OllamaServer, wish: str, last: str
) -> tuple[float, float, float, float]:
    """ms from Enter to Ollama, ms of lag of the first and last token, seconds of CPU."""
    page: Page = context.new_page()
    page.goto("/")
    box = page.locator(".composer textarea")
    box.fill(wish)
    page.wait_for_timeout(300)
    page.evaluate(WATCH, last)
    for log in (ollama.first_sent, ollama.last_sent, ollama.requests):
        log.clear()
    cpu = spent(product)
    pressed = page.evaluate(
        "() => { const now = Date.now(); document.querySelector('.composer textarea').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true})); return now }"
    )
    page.wait_for_function("seen.last")
    page.wait_for_selector(".message-assistant footer")
    used = spent(product) - cpu
    seen: dict[str, Any] = page.evaluate("seen")
    asked = next(at for path, _, at in ollama.requests if path == "/api/chat")
    page.close()
    return (
        asked * 1000 - pressed,
        seen["first"] - ollama.first_sent[0] * 1000,
        seen["last"] - ollama.last_sent[0] * 1000,
        used,
    )


def searching() -> None:
    """Full-text search among a hundred thousand messages."""
    with tempfile.TemporaryDirectory() as folder:
        database = web.open_database(Config(data=Path(folder)))
        now = web.now()
        words = [f"word{number % 997} common {'rare' if number == MESSAGES // 2 else 'usual'} text{number}"
                 for number in range(MESSAGES)]  # fmt: skip
        with database.peewee.atomic():
            home = Conversation.create(user=1, created=now, updated=now)
            for at in range(0, MESSAGES, 500):
                rows = [{"conversation": home, "user": 1, "role": "user", "text": text, "created": now, "state": "done"}
                        for text in words[at : at + 500]]  # fmt: skip
                Message.insert_many(rows).execute()
        for name, query in (("common", "common"), ("rare", "rare"), ("two words", "common word7"), ("prefix", "wor")):

            def once(query: str = query) -> float:
                begun = time.perf_counter()
                assert search.find(1, query)
                return (time.perf_counter() - begun) * 1000

            tell(f"search in {MESSAGES:,} messages: {name}", median(once), "ms", "≤ 20")
        database.close()


def notes(count: int, aim: str) -> None:
    """Searching, listing, creating and saving among many notes, each with a page of text."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/notes.db")
        schema.upgrade(database)
        database.bind(models.ALL)
        now = datetime.now(UTC)
        fill(database, count, now)
        for name, query in QUERIES:
            took = median(partial(timed, notes_search.find, 1, query, zone=UTC), 5 * RUNS)
            tell(f"search in {count:,} notes: {name}", took, "ms", aim)
        tell(f"first page of {count:,} notes", median(partial(timed, notebook.listing, 1), 5 * RUNS), "ms", "≤ 20")
        acting(database, count, now)
        database.close()


def fill(database: Database, count: int, now: datetime) -> None:
    """Writes so many notes and their index."""
    with database.peewee.atomic():
        for at in range(0, count, 500):
            Note.insert_many([written(number, count, now) for number in range(at, at + 500)]).execute()
        notes_search.rebuild()


def typing_in_notes(product: Product, browser: Browser, count: int = 10_000) -> None:
    """From a key in the search box to the hits in the page."""
    context = logged_in(product, browser)
    database = web.open_database(Config(data=product.data))
    fill(database, count, datetime.now(UTC))
    database.close()
    page = context.new_page()
    page.goto("/notes")
    page.wait_for_selector(".note")

    def once() -> float:
        page.get_by_label("Search notes").fill("")
        page.wait_for_function("!document.querySelector('.note mark')")
        page.evaluate(WATCH_HITS)
        page.keyboard.press("w")
        page.wait_for_function("window.hits")
        return float(page.evaluate("hits - key"))

    tell(f"from a key to the hits in the page, {count:,} notes", median(once), "ms", "≤ 100")
    context.close()


def acting(database: Database, count: int, now: datetime) -> None:
    """Creating and saving, until it lasts on the disk."""
    text = PROSE.format(word="new", rest="text")
    create = partial(timed, database.run_here, notebook.create, 1, now, text=text, tags=["one", "two"])
    tell(f"create one among {count:,} notes", median(create, 5 * RUNS), "ms", "≤ 10")
    note = database.run_here(notebook.create, 1, now, text=text)
    versions = iter(range(1, 1000))

    def save() -> float:
        version = next(versions)
        return timed(database.run_here, notebook.save, 1, note.id, f"{text} {version}", version, now=now)

    tell(f"save one among {count:,} notes", median(save, 5 * RUNS), "ms", "≤ 10")


def written(number: int, count: int, now: datetime) -> dict[str, object]:
    """The columns of a note, as its domain would fill them."""
    text = PROSE.format(word=f"word{number % 997}", rest="rare" if number == count // 2 else f"text{number}")
    title, moment = f"Note {number}", now - timedelta(minutes=count - number)
    return {
        "user": 1, "text": text, "title": title, "title_key": title.lower(), "sort_key": title.lower(),
        "excerpt": text[:200], "created": moment, "updated": moment, "search_row": number + 1,
    }  # fmt: skip


def timed(function: Callable[..., object], *args: object, **kwargs: object) -> float:
    """How many ms a call takes that must find something."""
    begun = time.perf_counter()
    assert function(*args, **kwargs)
    return (time.perf_counter() - begun) * 1000


def logged_in(product: Product, browser: Browser) -> BrowserContext:
    """A browser without a cache, logged in."""
    context = browser.new_context(base_url=product.url)
    client = product.person("anna")
    cookies: Any = [{"name": c.name, "value": str(c.value), "url": product.url} for c in client.cookies.jar]
    client.close()
    context.add_cookies(cookies)
    return context


def resident(product: Product) -> float:
    """Bytes of the server's resident memory."""
    assert product.process
    status = Path(f"/proc/{product.process.pid}/status").read_text()
    return float(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * 1024


def spent(product: Product) -> float:
    """Seconds of CPU that the server has used."""
    assert product.process
    parts = Path(f"/proc/{product.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / 100


if __name__ == "__main__":
    main()
