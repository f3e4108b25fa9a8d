"""An empty database in which reminders live."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.reminders import models
from assistant.storage import schema
from assistant.storage.database import Database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    opened = Database(f"sqlite:///{tmp_path}/reminders.db")
    schema.upgrade(opened)
    opened.bind(models.ALL)
    # What a crash would lose is no matter here, and waiting for the disk takes most of the time.
    opened.peewee.execute_sql("PRAGMA synchronous = OFF")
    yield opened
    opened.close()
