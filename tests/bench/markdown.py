"""How long texts take to render, and for how long they keep the loop from everybody else."""

import asyncio
import gc
import json
import time
from concurrent.futures import ThreadPoolExecutor

from playwright.sync_api import Browser

from assistant.components.markdown.rendering import render, rendered
from tests.bench.measuring import tell
from tests.ollama_server import OllamaServer

WORDS = (
    "the heat pump costs (about) 1,200 *very* **bold** `code` https://example.org/a [link](https://a.example) $x^2$ "
)
TEXTS = {
    "a paragraph of 130 kB": WORDS * (130_000 // len(WORDS)),
    "JSON of 100 kB": json.dumps([{"id": at, "tags": ["a*"], "at": f"https://x.example/{at}"} for at in range(1600)]),
    "a table of 3,000 rows": "| a | b |\n|---|---|\n" + "".join(f"| {at} | *word* `code` |\n" for at in range(3000)),
    "10 kB of brackets": "[" * 10_000,
}  # fmt: skip


def measure(_ollama: OllamaServer, _browser: Browser) -> None:
    """Prints the figures."""
    render("$x$")  # what is loaded for the first formula is no part of any text
    gc.freeze()  # as the product does once it has started
    for name, text in TEXTS.items():
        with ThreadPoolExecutor(1) as thread:  # the browser has the loop of this one
            took, gap = thread.submit(asyncio.run, _render(text)).result()
        tell(f"{name}: rendered", took, "ms", "≤ 2000")
        tell(f"{name}: longest wait of the loop meanwhile", gap, "ms", "≤ 100")


async def _render(text: str) -> tuple[float, float]:
    task, begun, gap = asyncio.ensure_future(rendered(text)), time.perf_counter(), 0.0
    while not task.done():
        before = time.perf_counter()
        await asyncio.sleep(0.001)
        gap = max(gap, time.perf_counter() - before)
    return (time.perf_counter() - begun) * 1000, gap * 1000
