"""Both databases side by side: searching, writing, eight writers at once, and the ways between the two."""

import asyncio
import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from playwright.sync_api import Browser

from assistant.chat.models import Conversation, Message
from assistant.chat.search import index as message_search
from assistant.config import Config
from assistant.notes import notebook
from assistant.notes.models import Note
from assistant.notes.search import index as note_search
from assistant.storage.copying import copying
from assistant.storage.database import Database
from assistant.storage.engines.addresses import on_file
from assistant.web.parts import COPIED, open_database, rebuild_searches
from tests.bench import notes
from tests.bench.measuring import RUNS, awaited, median, tell, timed
from tests.ollama_server import OllamaServer
from tests.postgres_server import NoServerError, PostgresServer

COUNT, WRITERS, UNITS = 100_000, 8, 200


def measure(_ollama: OllamaServer, _browser: Browser, count: int = COUNT) -> None:
    """Prints the figures; without PostgreSQL those of SQLite alone."""
    with tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        simple = open_database(Config(data=data))
        fill(simple, count)
        figures("SQLite", simple, count)
        try:
            server = PostgresServer(lasting=True).start()
        except NoServerError as reason:
            print(f"PostgreSQL: {reason}")
            simple.close()
            return
        try:
            there_and_back(simple, server.create("bench"), data, count)
        finally:
            simple.close()
            server.close()


def there_and_back(simple: Database, url: str, data: Path, count: int) -> None:
    """The figures of the second database, and of the ways to it and back."""
    begun = time.perf_counter()
    there = copying.copy(simple, url, COPIED, rebuild_searches, data=data, progress=lambda _done, _all: None)
    tell(f"{count:,} notes and messages to PostgreSQL", time.perf_counter() - begun, "s", "≤ 45")
    grown = open_database(Config(data=data, database_url=url))
    begun = time.perf_counter()
    back = f"sqlite:///{data}/back/assistant.db"
    again = copying.copy(grown, back, COPIED, rebuild_searches, data=data, progress=lambda _done, _all: None)
    tell(f"{count:,} notes and messages back to SQLite", time.perf_counter() - begun, "s", "≤ 25")
    sums = zip(there.values(), again.values(), strict=True)
    tell("tables that differ after both ways", sum(first != second for (first, _), (_, second) in sums), "", "0")
    figures("PostgreSQL", grown, count)
    grown.close()


def fill(database: Database, count: int) -> None:
    """So many notes with a page of text, and so many messages."""
    now = datetime.now(UTC)
    notes.fill(database, count, now)
    with database.peewee.atomic():
        home = Conversation.create(user=1, created=now, updated=now)
        for at in range(0, count, 500):
            same = {"conversation": home, "user": 1, "role": "user", "created": now}
            rows = [same | {"text": f"word{number % 997} common text{number}"} for number in range(at, at + 500)]
            Message.insert_many(rows).execute()


def figures(name: str, database: Database, count: int) -> None:
    """Searching, creating, saving, and eight at once; where others are at work too, all of it takes longer."""
    tell(f"{name}: what else this machine does", os.getloadavg()[0] / (os.cpu_count() or 1), "a core")
    for kind, query in notes.QUERIES:
        took = median(partial(timed, note_search.find, 1, query, zone=UTC), 5 * RUNS)
        tell(f"{name}, search in {count:,} notes: {kind}", took, "ms", "≤ 10")
    took = median(partial(timed, message_search.find, 1, "common word7"), 5 * RUNS)
    tell(f"{name}, search in {count:,} messages: two words", took, "ms", "≤ 20")
    now, text = datetime.now(UTC), notes.PROSE.format(word="new", rest="text")
    create = partial(timed, database.run_here, notebook.create, 1, now, text=text, tags=["one"])
    tell(f"{name}, create one among {count:,} notes", median(create, 5 * RUNS), "ms", "≤ 5")
    note = database.run_here(notebook.create, 1, now, text=text)
    versions = iter(range(1, 1000))

    def save() -> float:
        version = next(versions)
        return timed(database.run_here, notebook.save, 1, note.id, f"{text} {version}", version, now=now)

    tell(f"{name}, save one among {count:,} notes", median(save, 5 * RUNS), "ms", "≤ 5")
    together(name, database)


def together(name: str, database: Database) -> None:
    """Eight who each read a number and write the next: in the queue before a file, on connections of their own else."""
    note = database.run_here(notebook.create, 1, datetime.now(UTC), text="0").id

    def next_one(_unit: int) -> None:
        text = int(Note.get_by_id(note).text)
        Note.update(text=str(text + 1)).where(Note.id == note).execute()

    async def queue() -> None:
        await asyncio.gather(*(database.run(next_one, unit) for unit in range(UNITS)))

    begun = time.perf_counter()
    if on_file(database.url):
        awaited(queue())
    else:
        with ThreadPoolExecutor(WRITERS) as threads:
            list(threads.map(lambda unit: database.run_here(next_one, unit), range(UNITS)))
    tell(f"{name}, {WRITERS} writers at once", UNITS / (time.perf_counter() - begun), "units/s")
    tell(f"{name}, {WRITERS} writers at once: lost or wrong", UNITS - int(Note.get_by_id(note).text), "", "0")
