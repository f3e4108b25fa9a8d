"""Where the time of one message goes: the ms of each stage between Enter and the first words on the screen."""

import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext

from tests.bench.chat import WATCH
from tests.bench.measuring import logged_in, tell
from tests.bench.traced import ASKED, ASKING, CAME, FITTED, GOING, READ, RECEIVED, SHOWN, WRITING
from tests.ollama_server import OllamaServer
from tests.product import Product

MESSAGES = 15
PRESSED, AT_OLLAMA, SAID, DRAWN = "pressed", "at Ollama", "said", "drawn"
# What lies between a stage and the one before it.
WAY = (
    (RECEIVED, "browser and socket, until the server has it"),
    (ASKING, "gate, handler, way to the thread of the database"),
    (ASKED, "question and answer stored"),
    (WRITING, "the answer taken while the disk writes, its task begun"),
    (READ, "its turn read, the model known"),
    (FITTED, "the conversation fitted"),
    (GOING, "on its way to Ollama"),
    (AT_OLLAMA, "the request at Ollama"),
    (SAID, "Ollama says its first words"),
    (CAME, "first words read"),
    (SHOWN, "follower, Markdown, frame on the socket"),
    (DRAWN, "drawn in the browser"),
)


class Traced(Product):
    """The product as a process that tells what a message passes."""

    def begin(self, *arguments: str) -> None:
        """Starts it, or begins a command of it."""
        with (self.data / "log.txt").open("ab") as words:
            environment = self.environment | {"TRACE": str(self.data / "trace")}
            command = [sys.executable, "-m", "tests.bench.traced", *arguments]
            self.process = subprocess.Popen(command, env=environment, cwd=self.data, stdout=words, stderr=words)


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the medians of all stages."""
    with tempfile.TemporaryDirectory() as folder:
        product = Traced(Path(folder), ollama.host).start()
        context = logged_in(product, browser, service_workers="block")
        passed = [traced(product, context, ollama) for _ in range(MESSAGES)]
        context.close()
        product.stop()
    before = PRESSED
    for stage, what in WAY:
        took = statistics.median(one[stage] - one[before] for one in passed) * 1000
        tell(f"one message: {what}", took, "ms")
        before = stage
    summed(passed, PRESSED, AT_OLLAMA, "from Enter to the request", "≤ 9")
    summed(passed, SAID, DRAWN, "from Ollama's first words to the screen", "≤ 5")
    summed(passed, SAID, SHOWN, "of that on the server", "")


def summed(passed: list[dict[str, float]], begin: str, end: str, what: str, aim: str) -> None:
    """Prints the median of several stages together, and the least: what others do on the machine only adds to it."""
    took = [(one[end] - one[begin]) * 1000 for one in passed]
    tell(f"one message: {what}", statistics.median(took), "ms", aim)
    tell("one message: the same, the quickest", min(took), "ms")


def traced(product: Product, context: BrowserContext, ollama: OllamaServer) -> dict[str, float]:
    """When each stage was passed, in seconds since 1970."""
    page = context.new_page()
    page.goto("/")
    page.wait_for_function("document.querySelector('[name=text]:enabled') && window.socket?.connected")
    page.locator("[name=text]").fill("tokens=40 delay=0.02")
    page.wait_for_timeout(300)
    page.evaluate(WATCH, "t39")
    for log in (ollama.first_sent, ollama.requests):
        log.clear()
    trace = product.data / "trace"
    trace.unlink(missing_ok=True)
    pressed = page.evaluate(
        "() => { const now = Date.now(); document.querySelector('[name=text]').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true})); return now }"
    )
    page.wait_for_function("seen.last")
    lines = trace.read_text().splitlines()
    lines = lines[: next(at for at, line in enumerate(lines) if line.startswith(SHOWN)) + 1]
    asked = next(at for path, _, at in ollama.requests if path == "/api/chat")
    page.wait_for_selector(".message-assistant footer")
    seen = page.evaluate("seen.first")
    page.close()
    return {
        **{stage: float(at) for stage, at in (line.split() for line in lines)},
        PRESSED: pressed / 1000,
        AT_OLLAMA: asked,
        SAID: ollama.first_sent[0],
        DRAWN: seen / 1000,
    }
