"""How fast notes are found, listed and saved."""

import tempfile
from datetime import UTC, datetime, timedelta
from functools import partial

from playwright.sync_api import Browser

from assistant.notes import models, notebook, queries
from assistant.notes.models import Note
from assistant.notes.search import index as notes_search
from assistant.storage.database import Database
from tests.bench.measuring import RUNS, logged_in, median, opened_beside, running, stored, tell, timed
from tests.notes import killing
from tests.ollama_server import OllamaServer
from tests.product import Product

QUERIES = (
    ("common", "common "), ("rare", "rare "), ("two words", "common word7 "), ("prefix", "wor"),
    ("phrase", '"common text"'), ("without", "common -word7 "), ("in all titles", "note "),
)  # fmt: skip
PROSE = "{word} common text with several usual words in it, {rest}.\n" * 20
# Notes when a key is pressed and when a hit is drawn.
WATCH_HITS = """() => { window.hits = 0;
  document.querySelector('.notes-column input[type=search]').focus();
  addEventListener('keydown', () => { window.key = performance.now() }, {once: true});
  new MutationObserver((_, observer) => {
    if (document.querySelector('.note mark')) { window.hits = performance.now(); observer.disconnect() }
  }).observe(document.body, {subtree: true, childList: true, characterData: true}) }"""


def measure(ollama: OllamaServer, browser: Browser) -> None:
    """Prints the figures."""
    with running(ollama) as product:
        typing_in_notes(product, browser)
    kills()
    for count, aim in ((10_000, "≤ 10"), (100_000, "≤ 10")):
        notes(count, aim)


def kills() -> None:
    """Ten writers killed, after up to 200 saves each."""
    with tempfile.TemporaryDirectory() as folder:
        found = killing.play(f"sqlite:///{folder}/notes.db", saves=200, rounds=10)
    tell("writers killed: saves that were acknowledged", found.acknowledged, "")
    tell("writers killed: texts lost", len(found.lost), "", "0")
    tell("writers killed: faults of the index", len(found.broken), "", "0")


def notes(count: int, aim: str) -> None:
    """Searching, listing, creating and saving among many notes, each with a page of text."""
    with stored(models.ALL) as database:
        now = datetime.now(UTC)
        fill(database, count, now)
        for name, query in QUERIES:
            took = median(partial(timed, notes_search.find, 1, query, zone=UTC), 5 * RUNS)
            tell(f"search in {count:,} notes: {name}", took, "ms", aim)
        tell(f"first page of {count:,} notes", median(partial(timed, queries.listing, 1), 5 * RUNS), "ms", "≤ 20")
        acting(database, count, now)


def fill(database: Database, count: int, now: datetime) -> None:
    """Writes so many notes and their index."""
    with database.peewee.atomic():
        for at in range(0, count, 500):
            Note.insert_many([written(number, count, now) for number in range(at, at + 500)]).execute()
        notes_search.rebuild()


def typing_in_notes(product: Product, browser: Browser, count: int = 10_000) -> None:
    """From a key in the search box to the hits in the page."""
    context = logged_in(product, browser)
    database = opened_beside(product)
    fill(database, count, datetime.now(UTC))
    database.close()
    page = context.new_page()
    page.goto("/notes")
    page.wait_for_selector(".note")

    def once() -> float:
        page.get_by_label("Search notes").fill("")
        page.wait_for_function("!document.querySelector('.note mark')")
        page.evaluate(WATCH_HITS)
        page.keyboard.press("w")
        page.wait_for_function("window.hits")
        return float(page.evaluate("hits - key"))

    tell(f"from a key to the hits in the page, {count:,} notes", median(once), "ms", "≤ 40")
    context.close()


def acting(database: Database, count: int, now: datetime) -> None:
    """Creating and saving, until it lasts on the disk."""
    text = PROSE.format(word="new", rest="text")
    create = partial(timed, database.run_here, notebook.create, 1, now, text=text, tags=["one", "two"])
    tell(f"create one among {count:,} notes", median(create, 5 * RUNS), "ms", "≤ 10")
    note = database.run_here(notebook.create, 1, now, text=text)
    versions = iter(range(1, 1000))

    def save() -> float:
        version = next(versions)
        return timed(database.run_here, notebook.save, 1, note.id, f"{text} {version}", version, now=now)

    tell(f"save one among {count:,} notes", median(save, 5 * RUNS), "ms", "≤ 10")


def written(number: int, count: int, now: datetime) -> dict[str, object]:
    """The columns of a note, as its domain would fill them."""
    text = PROSE.format(word=f"word{number % 997}", rest="rare" if number == count // 2 else f"text{number}")
    title, moment = f"Note {number}", now - timedelta(minutes=count - number)
    return {
        "user": 1, "text": text, "title": title, "title_key": title.lower(), "sort_key": title.lower(),
        "excerpt": text[:200], "created": moment, "updated": moment, "search_row": number + 1,
    }  # fmt: skip
