"""What a backup takes, beside a plain copy, and whether it is whole whatever is written meanwhile."""

import os
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser

from assistant.notes import models, notebook
from assistant.storage.backups import backup, restoring
from assistant.storage.database import Database
from tests.bench.measuring import median, stored, tell
from tests.ollama_server import OllamaServer

GIGABYTE = 1_000_000_000
TEXT = "Some words of a note that somebody wrote. " * 25


def measure(_ollama: OllamaServer, _browser: Browser) -> None:
    """Prints the figures."""
    with stored(models.ALL) as database:
        fill(database)
        copying = median(lambda: copied(database.path), 3)
        tell("copy of 1 GB, with what makes it last", copying, "s")
        took = median(lambda: backed_up(database), 3)
        tell("backup of 1 GB, verified", took, "s")
        tell("backup of 1 GB, as many times a copy", took / copying, "×", "≤ 1.5")
    with stored(models.ALL) as database:
        under_writers(database, 100)


def fill(database: Database) -> None:
    """A gigabyte: two thirds in pictures, the rest in notes."""
    now = datetime.now(UTC)

    def some(count: int) -> None:
        for _ in range(count):
            notebook.create(1, now, text=TEXT)

    def pictures(count: int) -> None:
        for _ in range(count):
            data = os.urandom(1_000_000)
            models.Attachment.create(
                user=1, note=None, name="a", kind="image/png", size=len(data), digest="", created=now, data=data
            )

    for _ in range(10):
        database.run_here(some, 2000)
    while database.path.stat().st_size < GIGABYTE:
        database.run_here(pictures, 50)
        database.peewee.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def copied(path: Path) -> float:
    """Seconds that ``cp`` takes, and the disk until it is there."""
    target = path.with_suffix(".copy")
    begun = time.perf_counter()
    subprocess.run(["cp", path, target], check=True)
    subprocess.run(["sync", target], check=True)
    took = time.perf_counter() - begun
    target.unlink()
    return took


def backed_up(database: Database) -> float:
    """Seconds that a backup takes."""
    folder = database.path.parent
    begun = time.perf_counter()
    made = backup.take(database.path, folder, folder / "backups", now=datetime.now(UTC))
    took = time.perf_counter() - begun
    shutil.rmtree(made.folder)
    return took


def under_writers(database: Database, count: int) -> None:
    """Takes so many backups while notes are written in pairs, as fast as one can, and restores each."""
    stop, written = threading.Event(), [0]

    def both(number: int) -> None:
        for _ in range(2):
            notebook.create(1, datetime.now(UTC), text=f"{number} {TEXT}")

    def write() -> None:
        while not stop.is_set():
            database.run_here(both, written[0])
            written[0] += 1
        database.peewee.close()

    writer = threading.Thread(target=write)
    writer.start()
    whole = 0
    try:
        for _ in range(count):
            whole += restores(database)
    finally:
        stop.set()
        writer.join()
    tell(f"of {count} backups under writers, restored and sound", whole, "", str(count))
    tell("notes that were written meanwhile", 2 * written[0], "")


def restores(database: Database) -> bool:
    """Whether a backup that is taken now comes back as it was at one moment, with indexes and keys in order."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        made = backup.take(database.path, database.path.parent, home / "backups", now=datetime.now(UTC))
        restoring.restore(made.folder, home / "assistant.db", home, now=datetime.now(UTC))
        with closing(sqlite3.connect(home / "assistant.db")) as opened:
            opened.execute("INSERT INTO note_search (note_search) VALUES ('integrity-check')")
            sound = opened.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            keys = opened.execute("PRAGMA foreign_key_check").fetchone() is None
            pairs = [text for (text,) in opened.execute("SELECT text FROM note ORDER BY id")]
        return sound and keys and pairs[::2] == pairs[1::2]
