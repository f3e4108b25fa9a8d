"""Instances that come and go for a long time, while very many people chat and very much rings.

``python -m tests.bench.replacing PEOPLE REMINDERS RESTARTS`` does as much of it as one says.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright  # noqa: A004 - its own

from tests.bench.measuring import tell
from tests.conftest import CHROMIUM_ARGS
from tests.crowd import AWAY, Crowd, Kept, Tally, all_rang, kept, spread
from tests.installation import Installation, installed
from tests.ollama_server import OllamaServer
from tests.postgres_server import NoServerError

PEOPLE, REMINDERS, RESTARTS = 200, 10_000, 200
LOOKING = 10  # people who also have a page open
PAUSE = 40.0  # seconds between two questions of one
EACH = 4.0  # seconds that a restart takes, about
LONGEST = 25 * 60.0  # seconds that all of it may take, on two cores that have nothing else to do
AT_ONCE = 500  # reminders of one unit of work
SETTLED = 15.0  # seconds after which no answer is left to nobody


def measure(
    ollama: OllamaServer, browser: Browser, people: int = PEOPLE, reminders: int = REMINDERS, restarts: int = RESTARTS
) -> None:
    """Prints the figures; without PostgreSQL, Redis and nginx it says so."""
    if shutil.which("nginx") is None:
        print("instances: nginx is not installed")
        return
    with tempfile.TemporaryDirectory() as folder:
        try:
            with installed(Path(folder), ollama.host, lasting=True) as house:
                scene(house, browser, people, reminders, restarts)
        except NoServerError as reason:
            print(f"instances: {reason}")


def scene(house: Installation, browser: Browser, people: int, reminders: int, restarts: int) -> None:
    """People chat, reminders ring, and instances are replaced: every other one as by a power cut, the rest rolling."""
    begun = time.monotonic()
    names = [f"person{number}" for number in range(people)]
    for name in names:
        house.person(name).close()
    set_reminders(house, reminders, restarts * EACH)
    context = browser.new_context(base_url=house.nginx.url)
    with closing(house.person(names[0])) as anna:
        context.add_cookies([{"name": c.name, "value": str(c.value), "url": house.nginx.url} for c in anna.cookies.jar])
    context.add_init_script(AWAY)
    page = context.new_page()
    page.goto("/")
    page.wait_for_function("window.socket?.connected")
    crowd = Crowd(house.nginx.url, names, pause=PAUSE, looking=LOOKING)
    crowd.until(people)
    took: dict[bool, list[float]] = {True: [], False: []}
    for number in range(restarts):
        softly = number % 2 == 1
        took[softly].append(house.replace(number % len(house.instances), softly=softly))
        page.wait_for_timeout(200)  # the browser's side of the scene goes on
    tally, away = crowd.end(), seen_in(page)
    context.close()
    with closing(house.database()) as database:
        until = time.monotonic() + SETTLED
        while time.monotonic() < until and database.run_here(kept, []).unfinished:
            time.sleep(0.5)
        until = time.monotonic() + max(60.0, restarts * EACH)
        while time.monotonic() < until and not all_rang(database, reminders):
            time.sleep(1)
        found = database.run_here(kept, tally.acknowledged)
    told(f"{people} people, {restarts} restarts", tally, found, reminders)
    durations("after a power cut, until the instance answers", took[False])
    durations("rolling, until the next instance answers", took[True])
    durations("a page of Chromium was away", away)
    durations("a page was away", tally.away)
    tell("all of it", time.monotonic() - begun, "s", f"≤ {LONGEST:.0f}")


def set_reminders(house: Installation, count: int, seconds: float) -> None:
    """Sets so many, of one person, which are due from soon on for so many seconds."""
    first = datetime.now(UTC) + timedelta(seconds=30)
    with closing(house.person("person0")) as anna:
        for at in range(0, count, AT_ONCE):
            anna.do(spread, range(at, min(at + AT_ONCE, count)), count, first, seconds)
        anna.nudge()  # what is written beside them instances see at their next look only


def seen_in(page: Page) -> list[float]:
    """The seconds for which a page of a browser was away, each time."""
    try:
        page.wait_for_function("window.socket?.connected", timeout=60_000)
    except TimeoutError:
        print(f"a page of Chromium does not come back: {page.url} {page.inner_text('body')[:300]}")
    return [int(gap) / 1000 for gap in page.evaluate("sessionStorage.away || ''").split()]


def told(name: str, tally: Tally, found: Kept, reminders: int) -> None:
    """Prints what was kept."""
    tell(f"{name}: messages acknowledged", len(tally.acknowledged), "")
    tell(f"{name}: acknowledged and lost", len(found.lost), "", "0")
    tell(f"{name}: there twice", len(found.doubled), "", "0")
    tell(f"{name}: sent again, as nobody answered", sum(tally.repeated.values()), "")
    tell(f"{name}: answers left to nobody after {SETTLED:.0f} s", found.unfinished, "", "0")
    tell(f"{reminders:,} reminders: rang", found.rung, "", f"{reminders:,}")
    tell(f"{reminders:,} reminders: rang again", found.rung_again, "", "0")
    durations("a reminder rang late", found.late)


def durations(what: str, seconds: Sequence[float]) -> None:
    """Prints the half, the twentieth from the end, and the worst."""
    if len(seconds) < 2:
        tell(f"{what}: times", len(seconds), "")
        return
    tell(f"{what}: times", len(seconds), "")
    tell(f"{what}: median", statistics.median(seconds), "s")
    tell(f"{what}: 95 of 100", statistics.quantiles(seconds, n=20)[-1], "s", "≤ 2" if "page" in what else "")
    tell(f"{what}: worst", max(seconds), "s")


def main(sizes: list[int]) -> None:
    """Measures with these sizes alone."""
    ollama = OllamaServer().start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=CHROMIUM_ARGS)
        measure(ollama, browser, *sizes)
        browser.close()
    ollama.stop()


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]])
