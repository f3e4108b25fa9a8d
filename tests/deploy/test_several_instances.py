"""Three instances behind nginx, killed and replaced one after another while people chat: nothing is lost."""

import os
import shutil
import statistics
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.crowd import AWAY, LONGEST, Crowd, all_rang, kept, spread
from tests.installation import Installation, installed
from tests.ollama_server import OllamaServer
from tests.postgres_server import NoServerError
from tests.product import PATIENCE

PEOPLE, REMINDERS = 4, 60
BACK = 2.0  # seconds in which a page is back, where the machine has nothing else to do


@pytest.fixture
def house(tmp_path: Path, ollama: OllamaServer) -> Iterator[Installation]:
    if shutil.which("nginx") is None:
        pytest.skip("nginx is not installed")
    try:
        with installed(tmp_path, ollama.host) as made:
            yield made
    except NoServerError as reason:
        pytest.skip(str(reason))


def wait_for(true: Any) -> None:
    until = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < until
        time.sleep(0.05)


@pytest.mark.browser
@pytest.mark.long
def test_instances_come_and_go_and_nothing_is_lost(house: Installation, browser: Browser) -> None:
    names = [f"person{number}" for number in range(PEOPLE)]
    with closing(house.person(names[0])) as anna:
        for name in names[1:]:
            house.person(name).close()
        context = browser.new_context(base_url=house.nginx.url)
        cookies: Any = [{"name": c.name, "value": str(c.value), "url": house.nginx.url} for c in anna.cookies.jar]
        context.add_cookies(cookies)
        context.add_init_script(AWAY)
        page = context.new_page()
        page.goto("/")
        page.wait_for_function("window.socket?.connected", timeout=LONGEST * 1000)
        anna.do(spread, range(REMINDERS), REMINDERS, datetime.now(UTC), 6.0)
        crowd = Crowd(house.nginx.url, names, pause=0.5, looking=1)
        crowd.until(PEOPLE)
        for number, softly in ((0, False), (1, True), (2, False)):
            house.replace(number, softly=softly)
            crowd.until(len(crowd.tally.acknowledged) + PEOPLE)
        # Whoever looks on has lost an instance by now, and comes back at another.
        wait_for(lambda: bool(crowd.tally.away))
        tally = crowd.end()
        # Each page lost its instance, was back on another, and has written down how long it was away.
        page.wait_for_function(
            "window.socket?.connected && sessionStorage.away && !sessionStorage.lost", timeout=LONGEST * 1000
        )
        away = [int(gap) for gap in page.evaluate("sessionStorage.away || ''").split()]
        context.close()
    with closing(house.database()) as database:
        wait_for(lambda: all_rang(database, REMINDERS))
        wait_for(lambda: database.run_here(kept, []).unfinished == 0)
        found = database.run_here(kept, tally.acknowledged)
    assert (found.lost, found.doubled) == ([], [])
    assert (found.rung, found.rung_again) == (REMINDERS, 0)
    assert len(away) <= 3
    busy = max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))
    assert statistics.median(away) < BACK * 1000 * busy
    log = house.instances[0].log()
    assert '"level":"error"' not in log, [line for line in log.splitlines() if '"level":"error"' in line]
