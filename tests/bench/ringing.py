"""How soon a reminder is seen in open pages, what many at once do to them, and what they cost the server."""

import statistics
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, BrowserContext, Page

from assistant.reminders import reminders, rings
from assistant.reminders.models import Ring
from tests.bench.measuring import RUNS, logged_in, opened_beside, resident, running, spent, tell
from tests.bench.reminders import MANY, fill
from tests.ollama_server import OllamaServer
from tests.product import Product

PAGES, AT_ONCE, SHOWN = 50, 1000, 3
# Notes when a ring is seen.
WATCH = """new MutationObserver(() => {
  const rings = document.querySelectorAll('.ring').length;
  if (rings && !window.seen) window.seen = Date.now();
  if (!rings) window.seen = 0;
  window.rings = rings;
  window.drawn = Date.now();
}).observe(document, {subtree: true, childList: true})"""
# Notes how long the page's own loop stands still, and how long a small question takes.
USE = """() => { window.stood = 0; window.asked = 0; let last = performance.now();
  setInterval(() => { const now = performance.now(); stood = Math.max(stood, now - last - 20); last = now }, 20);
  const ask = async () => { const begun = performance.now(); await fetch('/readyz');
    asked = Math.max(asked, performance.now() - begun); setTimeout(ask, 20) };
  ask() }"""


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    with running(ollama) as product:
        seen_in_pages(product, browser)
    with running(ollama) as product:
        many_at_once(product, browser)
    with running(ollama) as product:
        memory(product)


def seen_in_pages(product: Product, browser: Browser) -> None:
    """From the second at which it is due to its card in all of a person's open pages."""
    context = logged_in(product, browser)
    context.add_init_script(WATCH)
    pages = [opened(context) for _ in range(PAGES)]
    anna = product.person("anna")
    lags: list[float] = []
    cpu: list[float] = []
    for _ in range(RUNS):
        before, due = spent(product), soon(3)
        anna.reminder("Tea", due)
        for page in pages:
            page.wait_for_function("window.seen")
        cpu.append(spent(product) - before)
        lags += [page.evaluate("seen") - due.timestamp() * 1000 for page in pages]
        anna.do(rings.dismiss_all, datetime.now(UTC))
        anna.nudge()
        for page in pages:
            page.wait_for_function("!window.seen")
    tell(f"from due to its card in {PAGES} pages: median", statistics.median(lags), "ms", "≤ 140")
    tell(f"from due to its card in {PAGES} pages: worst", max(lags), "ms", "≤ 1000")
    tell(f"one set and rung in {PAGES} pages: server CPU", statistics.median(cpu), "s")
    anna.close()
    context.close()


def many_at_once(product: Product, browser: Browser) -> None:
    """What a thousand in the same second do to a page."""
    context = logged_in(product, browser)
    context.add_init_script(WATCH)
    page = opened(context)
    due, database = soon(8), opened_beside(product)
    database.run_here(add_many, due)
    nudged(product)
    page.evaluate(USE)
    used = spent(product)
    while Ring.select().count() < AT_ONCE:
        time.sleep(0.01)
    tell(f"{AT_ONCE:,} due in one second: until all are claimed", time.time() - due.timestamp(), "s")
    page.wait_for_function(f"window.rings >= {SHOWN}")
    page.wait_for_function("Date.now() - drawn > 1000")
    first, last = (page.evaluate(name) / 1000 - due.timestamp() for name in ("seen", "drawn"))
    tell(f"{AT_ONCE:,} due in one second: until the page shows them", first, "s")
    tell(f"{AT_ONCE:,} due in one second: until it has drawn the last time", last, "s")
    tell(f"{AT_ONCE:,} due in one second: server CPU", spent(product) - used, "s")
    tell(f"{AT_ONCE:,} due in one second: the page stood still at most", page.evaluate("stood"), "ms", "≤ 200")
    tell(f"{AT_ONCE:,} due in one second: a small question took at most", page.evaluate("asked"), "ms", "≤ 500")
    database.close()
    context.close()


def memory(product: Product) -> None:
    """What the server keeps in memory among very many, once the clock ran and lists were looked at."""
    anna, before = product.person("anna"), resident(product)
    database = opened_beside(product)
    fill(database, MANY)
    database.close()
    nudged(product)
    for view in ("today", "coming", "overdue", "someday", "done"):
        anna.get("/reminders", params={"view": view}).raise_for_status()
    tell(f"resident memory with {MANY:,} reminders", resident(product) / 1e6, "MB")
    tell(f"resident memory with {MANY:,} reminders: more than without", (resident(product) - before) / 1e6, "MB")
    anna.close()


def opened(context: BrowserContext) -> Page:
    """A page that hears what rings."""
    page = context.new_page()
    page.goto("/")
    page.wait_for_selector("textarea")
    page.wait_for_function("window.socket?.connected")
    return page


def nudged(product: Product) -> None:
    """Makes the product look at its reminders, which were written beside it."""
    with closing(product.person("anna")) as anna:
        anna.nudge()


def soon(seconds: int) -> datetime:
    """A whole second so far from now."""
    return datetime.now(UTC).replace(microsecond=0) + timedelta(seconds=seconds)


def add_many(due: datetime) -> None:
    """Adds them through their domain."""
    for number in range(AT_ONCE):
        reminders.add(1, text=f"r{number}", local=due.replace(tzinfo=None), zone="UTC", now=datetime.now(UTC))
