"""How long it takes to start, what a first visit loads, and what idle costs."""

import statistics
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from assistant.notes import notebook
from tests.bench.measuring import RUNS, logged_in, median, opened_beside, resident, running, tell
from tests.ollama_server import OllamaServer
from tests.product import Product

# Whether there is a box to type into that the server hears; a note's is CodeMirror's.
TYPING = "document.querySelector('#page :is(textarea:enabled, [contenteditable=true])') && window.socket?.connected"

# Whether a setting can be chosen, and the server hears of it.
CHOOSING = "document.querySelector('#page select:enabled') && window.socket?.connected"


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    starting()
    with running(ollama) as product:
        # The very first start also makes keys, with what it takes to make them.
        product.stop()
        product.start()
        time.sleep(5)
        tell("resident memory, idle", resident(product) / 1e6, "MB", "≤ 110")
        note = written(product)
        first_load(product, browser, "chat", "/", 350, 16)
        first_load(product, browser, "a note", f"/notes/{note}", 620, 24)
        first_load(product, browser, "the settings", "/settings/general", 350, 16, CHOOSING)
        for address in ("/", f"/notes/{note}", "/reminders"):
            memory_of_pages(product, browser, address)


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


def written(product: Product) -> int:
    """The id of a note."""
    product.person("anna").close()
    database = opened_beside(product)
    note = database.run_here(notebook.create, 1, datetime.now(UTC), text="# A note\n\nSome words.")
    database.close()
    return int(note.id)


def first_load(
    product: Product, browser: Browser, what: str, address: str, largest: int, most: int, ready: str = TYPING
) -> None:  # fmt: skip
    """Bytes, requests and time until it is ``ready`` to be used: cold, and from a warm cache.

    Cold it should be at most ``largest`` kB in at ``most`` so many requests.
    """
    cold: list[tuple[float, float, float]] = []
    warm: list[tuple[float, float, float]] = []
    for _ in range(RUNS):
        # What a service worker fetches for a page would not be counted.
        context = logged_in(product, browser, service_workers="block")
        for results in (cold, warm):
            results.append(load(context, address, ready))
        context.close()
    for name, results, aims in (
        ("cold", cold, (f"≤ {largest}", f"≤ {most}", "≤ 0.5")),
        ("warm", warm, ("≤ 6", "", "")),
    ):
        for figure, unit, at in (("bytes", "kB", 0), ("requests", "", 1), ("until one can use it", "s", 2)):
            tell(f"first load of {what}, {name}: {figure}", statistics.median(r[at] for r in results), unit, aims[at])


def load(context: BrowserContext, address: str, ready: str) -> tuple[float, float, float]:
    """kB over the wire, requests, and seconds until the page can be used."""
    page = context.new_page()
    wire = context.new_cdp_session(page)
    wire.send("Network.enable")
    sizes: list[float] = []
    wire.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    begun = time.perf_counter()
    page.goto(address, wait_until="commit")
    page.wait_for_function(ready)
    took = time.perf_counter() - begun
    page.wait_for_load_state("networkidle")
    page.close()
    return sum(sizes) / 1000, len([size for size in sizes if size]), took


def memory_of_pages(product: Product, browser: Browser, address: str, count: int = 10) -> None:
    """What each further open page costs the server."""
    context = logged_in(product, browser)
    for _ in range(count):
        connected(context, address)
    before = resident(product)
    for _ in range(count):
        connected(context, address)
    tell(f"resident memory, each open page of {address}", (resident(product) - before) / count / 1e6, "MB", "≤ 0.6")
    context.close()


def connected(context: BrowserContext, address: str) -> None:
    """Opens a page, whose socket is connected then."""
    page = context.new_page()
    page.goto(address)
    page.wait_for_function("window.socket?.connected")
    page.wait_for_load_state("networkidle")
