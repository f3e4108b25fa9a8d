"""The sample app, running, and a connection to it that can be cut."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.contexts import Contexts
from tests.forks import clean_environment
from tests.product import PATIENCE, ROOT, free_port
from tests.relay import Relay


@dataclass
class Sample:
    """The sample app; what its form stored outlives it."""

    folder: Path
    port: int = field(default_factory=free_port)
    process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Starts it and waits until it answers."""
        command = [sys.executable, "-m", "tests.components.sample", str(self.port), str(self.folder)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=clean_environment())
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until and self.process.poll() is None:
            try:
                httpx.get(f"http://localhost:{self.port}/", timeout=PATIENCE)
            except httpx.HTTPError:
                time.sleep(0.02)
            else:
                return
        raise AssertionError("the sample app did not start")

    def stop(self) -> None:
        """Kills it."""
        assert self.process
        self.process.kill()
        self.process.wait(PATIENCE)

    def stored(self) -> list[dict[str, Any]]:
        """The values that its form stored, in their order."""
        kept = self.folder / "stored.jsonl"
        return [json.loads(line)["values"] for line in kept.read_text().splitlines()] if kept.exists() else []


@pytest.fixture(scope="session")
def running_sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    """One for all scenes of this worker."""
    app = Sample(tmp_path_factory.mktemp("sample"))
    app.start()
    yield app
    app.stop()


@pytest.fixture
def sample(running_sample: Sample) -> Sample:
    """The running sample app, of which nobody has stored anything yet."""
    (running_sample.folder / "stored.jsonl").unlink(missing_ok=True)
    return running_sample


@pytest.fixture(scope="session")
def sample_contexts(browser: Browser) -> Contexts:
    """Contexts of the browser that serve scene after scene, for the address where the relays listen in turn."""
    return Contexts(browser, f"http://localhost:{free_port()}")


@pytest.fixture
def relay(sample: Sample, sample_contexts: Contexts) -> Iterator[Relay]:
    """A connection to it."""
    made = Relay(sample.port, port=int(sample_contexts.address.rpartition(":")[2])).start()
    yield made
    made.stop()


@pytest.fixture
def context(relay: Relay, sample_contexts: Contexts) -> Iterator[BrowserContext]:
    """A browser whose only way to the sample app is the relay."""
    assert relay.url == sample_contexts.address
    taken = sample_contexts.take()
    yield taken
    sample_contexts.give_back(taken)


@pytest.fixture
def open_page(context: BrowserContext) -> Callable[[str], Page]:
    """Opens a page of the sample app, and waits until it is connected."""

    def opened(path: str) -> Page:
        page = context.new_page()
        page.goto(path)
        connected(page)
        return page

    return opened


def connected(page: Page) -> None:
    """Waits until the page's socket is connected."""
    page.wait_for_function("window.socket?.connected")
