"""How far pages are behind Ollama, and how fast messages are found."""

import re
import statistics
import tempfile
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page

from assistant.chat.models import Conversation, Message
from assistant.chat.search import index as search
from assistant.config import Config
from assistant.web import parts
from tests.bench.measuring import RUNS, logged_in, median, running, spent, tell
from tests.ollama_server import OllamaServer
from tests.product import Product

MESSAGES = 100_000
# Notes when the first and the last token stand in the page, on the clock that the stand-in uses.
WATCH = """last => { window.seen = {}; new MutationObserver(() => {
  const text = [...document.querySelectorAll('.message-assistant .prose')].at(-1)?.textContent || '';
  if (!seen.first && text.includes('t0')) seen.first = Date.now();
  if (!seen.last && text.includes(last)) seen.last = Date.now();
}).observe(document.body, {subtree: true, childList: true, characterData: true}) }"""


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    with running(ollama) as product:
        answers(product, browser, ollama, "tokens=200 delay=0.02", "200 tokens at 20 ms")
        answers(product, browser, ollama, "tokens=2000", "2,000 tokens at once")
    searching(MESSAGES, "≤ 20")


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
    box = page.locator("[name=text]")
    box.fill(wish)
    page.wait_for_timeout(300)
    page.evaluate(WATCH, last)
    for log in (ollama.first_sent, ollama.last_sent, ollama.requests):
        log.clear()
    cpu = spent(product)
    pressed = page.evaluate(
        "() => { const now = Date.now(); document.querySelector('[name=text]').dispatchEvent("
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


def searching(count: int, aim: str) -> None:
    """Full-text search among so many messages."""
    with tempfile.TemporaryDirectory() as folder:
        database = parts.open_database(Config(data=Path(folder)))
        now = parts.now()
        words = [f"word{number % 997} common {'rare' if number == count // 2 else 'usual'} text{number}"
                 for number in range(count)]  # fmt: skip
        with database.peewee.atomic():
            home = Conversation.create(user=1, created=now, updated=now)
            for at in range(0, count, 500):
                rows = [{"conversation": home, "user": 1, "role": "user", "text": text, "created": now, "state": "done"}
                        for text in words[at : at + 500]]  # fmt: skip
                Message.insert_many(rows).execute()
        for name, query in (("common", "common"), ("rare", "rare"), ("two words", "common word7"), ("prefix", "wor")):

            def once(query: str = query) -> float:
                begun = time.perf_counter()
                assert search.find(1, query)
                return (time.perf_counter() - begun) * 1000

            tell(f"search in {count:,} messages: {name}", median(once), "ms", aim)
        database.close()
