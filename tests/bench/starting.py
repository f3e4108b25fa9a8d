"""How long it takes to start, what a first visit loads, and what idle costs."""

import statistics
import tempfile
import time
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.bench.measuring import RUNS, logged_in, median, resident, running, tell
from tests.ollama_server import OllamaServer
from tests.product import Product


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    starting()
    with running(ollama) as product:
        tell("resident memory, idle", resident(product) / 1e6, "MB", "≤ 120")
        first_load(product, browser)
        memory_of_pages(product, browser)


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
