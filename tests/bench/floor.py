"""The product beside the floor, the least that a chat in NiceGUI can be, in turns and on the same machine."""

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass

import httpx
from playwright.sync_api import Browser, BrowserContext

from tests.bench import starting
from tests.bench.chat import WATCH
from tests.bench.measuring import RUNS, logged_in, running, shared_memory, tell
from tests.forks import clean_environment
from tests.ollama_server import OllamaServer
from tests.product import NO_AUTHORITIES, PATIENCE, ROOT, free_port

LOADED = "document.querySelector('[name=text]:enabled') && window.socket?.connected"


@dataclass(frozen=True)
class Side:
    """One of the two: how a browser comes to it, and its process."""

    opened: Callable[[], BrowserContext]
    pid: int


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints each figure of both, and how many times the floor's ours is."""
    with running(ollama) as product, floor(ollama) as (port, pid):
        product.person("anna").close()
        product.stop()
        product.start()
        time.sleep(3)
        assert product.process
        sides = {
            "ours": Side(lambda: logged_in(product, browser, service_workers="block"), product.process.pid),
            "floor": Side(lambda: browser.new_context(base_url=f"http://127.0.0.1:{port}"), pid),
        }
        compare("memory, idle", "MB", "≤ 82", {name: [shared_memory(side.pid)] for name, side in sides.items()})
        cold(sides)
        warm = {name: side.opened() for name, side in sides.items()}
        asking(warm, ollama, "tokens=200 delay=0.02", "200 tokens at 20 ms", ("≤ 9", "≤ 5", ""))
        asking(warm, ollama, "tokens=2000", "2,000 tokens at once", ("", "≤ 25", "≤ 33"))
        compare("memory after messages", "MB", "≤ 88", {name: [shared_memory(one.pid)] for name, one in sides.items()})
        for context in warm.values():
            context.close()


@contextmanager
def floor(ollama: OllamaServer) -> Iterator[tuple[int, int]]:
    """The port and the process of the floor."""
    port = free_port()
    command = [sys.executable, "-m", "tests.bench.floor_app", str(port)]
    environment = {**clean_environment(), "OLLAMA_HOST": ollama.host, "PYTHONPATH": str(ROOT)}
    with tempfile.TemporaryDirectory() as folder:
        process = subprocess.Popen(command, env=environment, cwd=folder)
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            with suppress(httpx.HTTPError):
                httpx.get(f"http://127.0.0.1:{port}/healthz", verify=NO_AUTHORITIES).raise_for_status()
                break
            time.sleep(0.05)
        yield port, process.pid
        process.terminate()
        process.wait(PATIENCE)


def compare(what: str, unit: str, aim: str, found: dict[str, list[float]]) -> None:
    """Prints the medians of both and their ratio."""
    ours, least = (statistics.median(found[name]) for name in ("ours", "floor"))
    tell(f"{what}: ours", ours, unit, aim)
    tell(f"{what}: floor", least, unit)
    tell(f"{what}: ours to floor", ours / least, "times")


def cold(sides: dict[str, Side]) -> None:
    """A first visit, and a second: kB over the wire, requests, and ms until one can type."""
    for visit, aims in (("cold", ("≤ 350", "≤ 16", "≤ 420")), ("warm", ("≤ 6", "", "≤ 150"))):
        rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in sides}
        for _ in range(RUNS):
            for name, side in sides.items():
                context = side.opened()
                visited = [visited_once(context) for _ in range(1 if visit == "cold" else 2)]
                rows[name].append(visited[-1])
                context.close()
        for at, (figure, unit) in enumerate((("bytes", "kB"), ("requests", ""), ("until one can type", "ms"))):
            compare(f"{visit} page: {figure}", unit, aims[at], {name: [row[at] for row in rows[name]] for name in rows})


def visited_once(context: BrowserContext) -> tuple[float, float, float]:
    """kB, requests and ms of one visit."""
    size, requests, took = starting.load(context, "/", LOADED)
    return size, requests, took * 1000


def asking(
    contexts: dict[str, BrowserContext], ollama: OllamaServer, wish: str, what: str, aims: tuple[str, str, str]
) -> None:
    """From Enter to the request at Ollama, and how far the first and the last token are behind it."""
    rows: dict[str, list[tuple[float, float, float]]] = {name: [] for name in contexts}
    for _ in range(RUNS):
        for name, context in contexts.items():
            rows[name].append(asked_once(context, ollama, wish))
    figures = ("Enter to request at Ollama", "first token behind Ollama", "last token behind Ollama")
    for at, figure in enumerate(figures):
        compare(f"{what}: {figure}", "ms", aims[at], {name: [row[at] for row in rows[name]] for name in rows})


def asked_once(context: BrowserContext, ollama: OllamaServer, wish: str) -> tuple[float, float, float]:
    """The three figures of one message, in ms."""
    page = context.new_page()
    page.goto("/")
    page.wait_for_function(LOADED)
    page.locator("[name=text]").fill(wish)
    page.wait_for_timeout(300)
    count = int(wish.split(maxsplit=1)[0].removeprefix("tokens="))
    page.evaluate(WATCH, f"t{count - 1}")
    for log in (ollama.first_sent, ollama.last_sent, ollama.requests):
        log.clear()
    pressed = page.evaluate(
        "() => { const now = Date.now(); document.querySelector('[name=text]').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true})); return now }"
    )
    page.wait_for_function("seen.last")
    page.wait_for_timeout(300)
    seen = page.evaluate("seen")
    asked = next(at for path, _, at in ollama.requests if path == "/api/chat")
    page.close()
    first, last = ollama.first_sent[0] * 1000, ollama.last_sent[0] * 1000
    return asked * 1000 - pressed, seen["first"] - first, seen["last"] - last
