"""A database that cannot be used says so in the words of what is wrong with it, and in time."""

import asyncio
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import peewee
import pytest

from assistant.storage.database import PATIENCE, Database, StorageFailed


class Row(peewee.Model):
    text = peewee.TextField()


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/x.db")
    opened.bind([Row])
    opened.peewee.create_tables([Row])
    yield opened
    opened.close()


def write(text: str) -> None:
    Row.create(text=text)


def count() -> int:
    return Row.select().count()


def test_writes_that_wait_for_a_locked_database_give_up_together_while_reads_go_on(
    database: Database, tmp_path: Path
) -> None:
    other = sqlite3.connect(tmp_path / "x.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    async def scenario() -> None:
        begun = time.monotonic()
        writes = [asyncio.create_task(database.run(write, str(number))) for number in range(6)]
        assert await database.read(count) == 0
        assert not any(one.done() for one in writes)
        failures = await asyncio.gather(*writes, return_exceptions=True)
        assert all(isinstance(one, StorageFailed) for one in failures)
        assert time.monotonic() - begun < 2 * PATIENCE
        other.execute("ROLLBACK")
        await database.run(write, "now")
        assert await database.read(count) == 1

    asyncio.run(scenario())
    other.close()


def test_a_full_disk_is_said_as_such(database: Database) -> None:
    async def scenario() -> None:
        await database.run(write, "before")
        # The limit is the connection's own, and the writer has one connection.
        pages = database._writer.submit(lambda: database.peewee.execute_sql("PRAGMA page_count").fetchone()[0]).result()
        database._writer.submit(database.peewee.execute_sql, f"PRAGMA max_page_count = {pages}").result()
        for _ in range(3):
            with pytest.raises(StorageFailed, match="The disk is full"):
                await database.run(write, "x" * 100_000)
        assert await database.read(count) == 1
        database._writer.submit(database.peewee.execute_sql, f"PRAGMA max_page_count = {pages + 1000}").result()
        await database.run(write, "x" * 100_000)

    asyncio.run(scenario())
