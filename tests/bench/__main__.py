"""Prints the figures of all parts, or of those that are named."""

import shutil
import sys

from playwright.sync_api import sync_playwright

from tests.bench import (
    acting,
    backups,
    calendars,
    chat,
    databases,
    floor,
    instances,
    knowing,
    markdown,
    moving,
    notes,
    palette,
    properties,
    reminders,
    replacing,
    ringing,
    scale,
    search,
    sentences,
    sizing,
    starting,
    tracing,
)
from tests.bench.measuring import slower, tell
from tests.conftest import CHROMIUM_ARGS
from tests.ollama_server import OllamaServer

PARTS = {
    "starting": (starting,),
    "acting": (acting,),
    "backups": (backups,),
    "chat": (chat,),
    "databases": (databases,),
    "instances": (instances, replacing),
    "floor": (floor,),
    "knowing": (knowing,),
    "markdown": (markdown,),
    "moving": (moving,),
    "notes": (notes,),
    "properties": (properties,),
    "reminders": (reminders, ringing, calendars),
    "scale": (scale,),
    "search": (search, palette),
    "sentences": (sentences,),
    "sizing": (sizing,),
    "tracing": (tracing,),
}


def main(wanted: list[str]) -> None:
    """Runs these parts and prints one line a figure."""
    if unknown := set(wanted) - set(PARTS):
        sys.exit(f"There is no {', '.join(sorted(unknown))}; the parts are {', '.join(PARTS)}.")
    tell("slower than the machine of the aims", slower(), "times")
    ollama = OllamaServer().start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_ARGS)
        for room in (room for name in wanted or PARTS for room in PARTS[name]):
            room.measure(ollama, browser)
        browser.close()
    ollama.stop()


if __name__ == "__main__":
    main(sys.argv[1:])
