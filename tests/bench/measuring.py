"""What all measurements share: the running product, a browser that is logged in, medians, and telling them."""

import asyncio
import re
import statistics
import tempfile
import time
from collections.abc import Callable, Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from argon2 import PasswordHasher
from playwright.sync_api import Browser, BrowserContext

from assistant.config import Config
from assistant.storage import schema
from assistant.storage.database import Database
from assistant.web import parts
from tests.ollama_server import OllamaServer
from tests.product import Product

RUNS = 5
HASH = 0.148  # seconds that a hash took on the machine for which the aims were set
T = TypeVar("T")


def awaited(work: Coroutine[Any, Any, T]) -> T:
    """The result of what has to be awaited; in a thread of its own, as the browser's loop runs in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, work).result()


def slower() -> float:
    """How many times longer than there one hash of a password takes here, by the processor's own clock."""
    hasher, best = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=1), float("inf")
    for _ in range(RUNS):
        begun = time.process_time()
        hasher.hash("the same for all")
        best = min(best, time.process_time() - begun)
    return best / HASH


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


@contextmanager
def stored(models: list[Any]) -> Iterator[Database]:
    """A new database with these tables."""
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{folder}/bench.db")
        schema.upgrade(database)
        database.bind(models)
        yield database
        database.close()


def median(measure: Callable[[], float], runs: int = RUNS) -> float:
    """The median of several runs."""
    return statistics.median(measure() for _ in range(runs))


def timed(function: Callable[..., object], *args: object, **kwargs: object) -> float:
    """How many ms a call takes that must find something."""
    begun = time.perf_counter()
    assert function(*args, **kwargs)
    return (time.perf_counter() - begun) * 1000


def logged_in(product: Product, browser: Browser, address: str = "", **options: Any) -> BrowserContext:
    """A browser without a cache, logged in; ``address`` is where it finds the product, if not at its own."""
    address = address or product.url
    context = browser.new_context(base_url=address, **options)
    client = product.person("anna")
    cookies: Any = [{"name": c.name, "value": str(c.value), "url": address} for c in client.cookies.jar]
    client.close()
    context.add_cookies(cookies)
    return context


def opened_beside(product: Product) -> Database:
    """The product's own database."""
    return parts.open_database(Config(data=product.data))


def resident(product: Product) -> float:
    """Bytes of the server's resident memory."""
    assert product.process
    status = Path(f"/proc/{product.process.pid}/status").read_text()
    return float(re.findall(r"VmRSS:\s+(\d+)", status)[0]) * 1024


def shared_memory(pid: int) -> float:
    """MB of the process' memory, of which it has what it shares with others only in part."""
    return float(re.findall(r"Pss:\s+(\d+)", Path(f"/proc/{pid}/smaps_rollup").read_text())[0]) / 1000


def spent(product: Product) -> float:
    """Seconds of CPU that the server has used."""
    assert product.process
    parts = Path(f"/proc/{product.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(parts[11]) + int(parts[12])) / 100
