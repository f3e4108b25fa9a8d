"""The database at one moment: copied while others write, checked while it is made to last, and added up."""

import errno
import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from assistant.errors import Invalid
from assistant.storage import schema
from assistant.storage.backups import verification
from assistant.storage.backups.held import held

COPIER = Path(__file__).with_name("duplicate.py")
PAGES = 2000  # of the database that are copied between two looks at the progress

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]
Rows = dict[str, int]


class BackupCancelled(Exception):  # noqa: N818
    """Somebody no longer wants it; nothing of it is left."""


@dataclass(frozen=True, slots=True)
class Copied:
    """What is said of the copy: how many rows each table has, its schema, its SHA-256."""

    rows: Rows
    schema: int
    digest: str


def copy(source: Path, target: Path, progress: Progress, cancelled: Cancelled) -> Copied:
    """Copies it as it is at one moment, on the disk and checked.

    Raises Invalid where the copy is not sound or has other rows than there were, OSError, sqlite3.Error, and
    BackupCancelled.
    """
    target.touch(mode=0o600)
    with held(source) as reader:
        if reader is not None:
            rows, found = verification.counts(reader), _schema(reader)
            before = _state(source)
            try:
                digest = _duplicate(source, target, rows, progress, cancelled)
            except Invalid:
                if _state(source) == before:
                    raise
            # Nobody writes into what is held; should somebody all the same, it is not taken for a copy.
            if _state(source) == before:
                return Copied(rows, found, digest)
    rows, found = _page_by_page(source, target, progress, cancelled)
    with ThreadPoolExecutor(1) as beside, target.open("rb") as file:
        lasting = beside.submit(os.fsync, file.fileno())
        digest = verification.check_database(target, rows)
        lasting.result()
    return Copied(rows, found, digest)


def _duplicate(source: Path, target: Path, rows: Rows, progress: Progress, cancelled: Cancelled) -> str:
    """Copies the file and checks the copy while it is made to last; returns its SHA-256."""
    size = source.stat().st_size
    with _copier(source, target) as lines:
        for line in lines:
            if cancelled():
                raise BackupCancelled
            if line == "copied":
                break
            progress(int(_done(line)), size)
        verification.check_soundness(target, rows)
        return _done(next(lines, f"failed {errno.EIO}"))


@contextmanager
def _copier(source: Path, target: Path) -> Iterator[Iterator[str]]:
    """What the one says who copies; it does not go on without us."""
    # Without what Python does for programs that need more of it, it is there at once.
    command = [sys.executable, "-ISs", str(COPIER), str(source), str(target)]
    with subprocess.Popen(  # noqa: S603 - a program of ours
        command, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, text=True
    ) as running:
        try:
            yield (line.strip() for line in running.stdout or ())
        finally:
            running.kill()


def _done(line: str) -> str:
    failed = line.removeprefix("failed ")
    if failed != line:
        raise OSError(int(failed), os.strerror(int(failed)))
    return line


def _page_by_page(source: Path, target: Path, progress: Progress, cancelled: Cancelled) -> tuple[Rows, int]:
    """Copies it by SQLite's own means, whoever reads meanwhile; returns the counts of its tables, and its schema."""
    with closing(_reading(source)) as old, closing(sqlite3.connect(target)) as new:
        # One transaction around all steps: else each write of others would begin the copy anew.
        old.execute("BEGIN")
        rows, found = verification.counts(old), _schema(old)
        # It is made to last as a whole, at the end.
        new.execute("PRAGMA synchronous = OFF")
        new.execute("PRAGMA journal_mode = OFF")
        page = int(old.execute("PRAGMA page_size").fetchone()[0])

        def step(_status: int, left: int, total: int) -> None:
            if cancelled():
                raise BackupCancelled
            progress((total - left) * page, total * page)

        old.backup(new, pages=PAGES, progress=step, sleep=0)
        old.rollback()
    return rows, found


def _reading(source: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(f"file:{source}?mode=ro", uri=True, timeout=30, isolation_level=None)
    connection.execute("PRAGMA cache_size = 50")  # each page is read once
    return connection


def _state(source: Path) -> tuple[int, int]:
    """What is another as soon as somebody has written into the file."""
    about = source.stat()
    return about.st_mtime_ns, about.st_size


def _schema(database: sqlite3.Connection) -> int:
    applied = [str(name) for (name,) in database.execute("SELECT name FROM schema_migration")]
    return max((schema.number(name) for name in applied), default=0)
