"""A database that is held: its file alone has all of it, and stays as it is, while others go on writing beside it.

In WAL mode what is written goes into the log beside the file, and a checkpoint takes it over into the file. Once all
that was written is taken over, and as long as one reads who began then, no checkpoint writes into the file: what it
would take over is newer than what that one reads. So the file can be copied as any other.
"""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path

TRIES, PAUSE = 5, 0.2  # others who read, and have read for long, hold the log back; seconds between two tries
PATIENCE = 2.0  # seconds that one waits for a moment without a writer


@contextmanager
def held(source: Path) -> Iterator[sqlite3.Connection | None]:
    """What reads the database while it is held; None where that cannot be had, as while somebody reads for long."""
    with ExitStack() as open_files:

        def opened() -> sqlite3.Connection:
            address = f"file:{source}?mode=rw"
            return open_files.enter_context(
                closing(sqlite3.connect(address, uri=True, timeout=PATIENCE, isolation_level=None))
            )

        try:
            reader, writer, taker = opened(), opened(), opened()
            got = any(_hold(reader, writer, taker, last=number == TRIES - 1) for number in range(TRIES))
        except sqlite3.OperationalError:
            got = False
        yield reader if got else None


def _hold(reader: sqlite3.Connection, writer: sqlite3.Connection, taker: sqlite3.Connection, *, last: bool) -> bool:
    """Keeps all others from writing for the moment in which the log is taken over and the reader begins."""
    writer.execute("BEGIN IMMEDIATE")
    try:
        busy, logged, taken = taker.execute("PRAGMA wal_checkpoint(PASSIVE)").fetchone()
        if not busy and 0 <= logged == taken:
            reader.execute("BEGIN")
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            return True
    finally:
        writer.execute("ROLLBACK")
    if not last:
        time.sleep(PAUSE)
    return False
