"""The parts that tests share: the stand-in for Ollama, the running product, a browser."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.storage.database import Database
from tests.databases import empty_database, opened
from tests.ollama_server import OllamaServer
from tests.product import HOME, PATIENCE, Product

# What is true in the end may take long on a machine that has five times its work.
expect.set_options(timeout=PATIENCE * 1000 / 2)

CHROMIUM_ARGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
    f"--host-resolver-rules=MAP {HOME} 127.0.0.1",
]  # fmt: skip


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any], playwright: Any) -> dict[str, Any]:
    """Debian's Chromium where Playwright's own is not installed; rather without the parts that draw windows."""
    own = Path(playwright.chromium.executable_path)
    debian = shutil.which("chromium-headless-shell") or shutil.which("chromium")
    found = {} if own.exists() else {"executable_path": debian}
    return {**browser_type_launch_args, "args": CHROMIUM_ARGS, **found}


@pytest.fixture
def ollama() -> Iterator[OllamaServer]:
    """A running stand-in for Ollama."""
    server = OllamaServer().start()
    yield server
    server.stop()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """A database in which nobody has anything yet."""
    made = opened(tmp_path)
    yield made
    made.close()


@pytest.fixture
def product(tmp_path: Path, ollama: OllamaServer) -> Iterator[Product]:
    """The running product, in which nobody has anything yet."""
    empty_database(tmp_path / "assistant.db")
    running = Product(tmp_path, ollama.host, forked=True).start()
    yield running
    running.kill()


@pytest.fixture
def page_of(product: Product, browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of the product, logged in as the person of that name.

    As from another device at home, over plain HTTP; what browsers keep for trusted addresses needs ``trusted``.
    """
    contexts = []

    def open_page(name: str, path: str = "/", *, trusted: bool = False, **options: Any) -> Page:
        address = product.url if trusted else product.home
        context = browser.new_context(**{"base_url": address, "timezone_id": "UTC", **options})
        contexts.append(context)
        client = product.person(name)
        cookies = [{"name": c.name, "value": str(c.value), "url": address} for c in client.cookies.jar]
        client.close()
        context.add_cookies(cookies)  # type: ignore[arg-type]
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests come last: Playwright's loop, once it runs, is in the way of asyncio's."""
    items.sort(key=lambda item: item.get_closest_marker("browser") is not None)
