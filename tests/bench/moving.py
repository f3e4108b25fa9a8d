"""What it takes to take everything out and bring it in, and what others feel of it meanwhile."""

import json
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page

from tests.archive.killing import fill, kill_imports
from tests.bench.measuring import opened_beside, resident, running, spent, tell
from tests.ollama_server import OllamaServer
from tests.product import PATIENCE, Product

COUNT = 10_000
FEW = 500  # of each, of the person whose import is killed
KILLS = 30
FOREIGN = 200_000_000  # bytes
LONG = 20 * PATIENCE * 1000  # milliseconds


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    with running(ollama) as product:
        database = opened_beside(product)
        fill(database, "full", COUNT)
        full, empty = page(product, browser, "full"), page(product, browser, "empty")
        before = resident(product)
        used = spent(product)
        with Others(product) as others:
            took = timed(full, "Make an export", "Download")
        tell("export of 10,000 messages, notes and 1,000 reminders", took, "s", "≤ 10")
        tell("others' requests meanwhile, 95 of 100 within", others.slow, "ms", "≤ 50")
        tell("processor of the server meanwhile", spent(product) - used, "s")
        used = spent(product)
        archive = Path(shutil.copy(next((product.data / "exports").glob("*/archive.zip")), product.data / "kept.zip"))
        with Others(product) as others:
            took = brought(empty, archive)
        tell("import of the same, with the look at it before", took, "s", "≤ 20")
        tell("others' requests meanwhile, 95 of 100 within", others.slow, "ms", "≤ 50")
        tell("processor of the server meanwhile", spent(product) - used, "s")
        tell("resident memory after both, more than before", (resident(product) - before) / 1e6, "MB", "≤ 100")
        product.stop()
        user = fill(database, "few", FEW)
        product.run("export", "few", str(archive))
        wrong = kill_imports(database, product, archive, user, rounds=KILLS, longest=2.0)
        tell(f"of {KILLS} imports killed at any moment, all or nothing", KILLS - len(wrong), "", str(KILLS))
        database.close()
    foreign("[", "]", "as ChatGPT exports them")
    foreign('{"conversations": [', "]}", "the same in an object")


class Others:
    """Somebody else, who reads and writes all the time."""

    def __init__(self, product: Product) -> None:
        """Nothing is asked yet."""
        self._product, self._end, self._took = product, threading.Event(), list[float]()

    def __enter__(self) -> "Others":
        """Begins to ask."""
        self._thread = threading.Thread(target=self._ask)
        self._thread.start()
        return self

    def __exit__(self, *about: object) -> None:
        """Asks no more."""
        self._end.set()
        self._thread.join()

    @property
    def slow(self) -> float:
        """Milliseconds within which 95 of 100 were answered."""
        return sorted(self._took)[int(len(self._took) * 0.95)]

    def _ask(self) -> None:
        with self._product.person("other") as other:
            note = other.note("# Mine")
            while not self._end.is_set():
                begun = time.perf_counter()
                if len(self._took) % 2:
                    other.get("/notes/open?title=none", follow_redirects=False)
                else:
                    other.get(f"/notes/{note}/export").raise_for_status()
                self._took.append((time.perf_counter() - begun) * 1000)
                time.sleep(0.05)


def page(product: Product, browser: Browser, name: str) -> Page:
    """The page of data, of the person of that name."""
    with product.person(name) as client:
        cookies: Any = [{"name": c.name, "value": str(c.value), "url": product.url} for c in client.cookies.jar]
    context = browser.new_context(base_url=product.url)
    context.add_cookies(cookies)
    made = context.new_page()
    made.goto("/settings/data")
    made.get_by_role("button", name="Make an export").wait_for()
    return made


def timed(page: Page, button: str, link: str) -> float:
    """Seconds from a click to the link that it leads to."""
    begun = time.perf_counter()
    page.get_by_role("button", name=button).click()
    page.get_by_role("link", name=link).wait_for(timeout=LONG)
    return time.perf_counter() - begun


def brought(page: Page, archive: Path) -> float:
    """Seconds from the choice of a file to the word that all of it came."""
    begun = time.perf_counter()
    page.locator("input[type=file]").first.set_input_files(archive)
    page.get_by_role("button", name="Import", exact=True).click(timeout=LONG)
    page.get_by_text("Done. This came:").wait_for(timeout=LONG)
    return time.perf_counter() - begun


def foreign(begin: str, end: str, how: str) -> None:
    """What ChatGPT exports, as long as ten years of it: how long, and how much memory, to look at all of it."""
    with tempfile.TemporaryDirectory() as folder:
        home, path = Product(Path(folder), "http://127.0.0.1:9"), Path(folder) / "conversations.json"
        home.run("user", "add", "anna", typed="a good long secret\n")
        with path.open("w") as file:
            file.write(begin)
            number = 0
            while file.tell() < FOREIGN:
                file.write(("," if number else "") + json.dumps(conversation(number)))
                number += 1
            file.write(end)
        begun = time.perf_counter()
        command = [sys.executable, "-m", "assistant", "import", "anna", str(path), "--preview"]
        running, most = subprocess.Popen(command, env=home.environment, cwd=folder, stdout=subprocess.DEVNULL), 0
        while running.poll() is None:
            most = max(most, highest(running.pid))
            time.sleep(0.1)
        assert running.returncode == 0
        tell(f"look at 200 MB of chats, {how}", time.perf_counter() - begun, "s", "≤ 10")
        tell("… memory of the command at most", most / 1e6, "MB", "≤ 150")


def highest(process: int) -> int:
    """Bytes that the process has had at most; what ``wait4`` says counts those of the one who began it, too."""
    try:
        said = Path(f"/proc/{process}/status").read_text()
    except OSError:
        return 0
    return next((int(line.split()[1]) * 1024 for line in said.splitlines() if line.startswith("VmHWM")), 0)


def conversation(number: int) -> dict[str, Any]:
    """A conversation of twenty messages of a thousand characters."""
    mapping: dict[str, Any] = {"0": {"id": "0", "message": None, "parent": None, "children": ["1"]}}
    for at in range(1, 21):
        role = "user" if at % 2 else "assistant"
        content = {"content_type": "text", "parts": [f"{number} {at} " + "words of somebody " * 55]}
        message = {"author": {"role": role}, "content": content, "create_time": 1_700_000_000 + at, "metadata": {}}
        mapping[f"{at}"] = {"id": f"{at}", "message": message, "parent": f"{at - 1}", "children": [f"{at + 1}"]}
    return {"id": f"{number}", "title": f"Chat {number}", "mapping": mapping, "current_node": "20"}
