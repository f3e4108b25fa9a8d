"""Brings a database's schema to the one that this code knows."""

import re
from pathlib import Path
from typing import Any, cast

from playhouse.migrations import Runner

from assistant.errors import AssistantError
from assistant.storage.database import Database

STEPS = Path(__file__).parent / "migrations"
# In a step that older code gets along with, such as one that only adds a table: by its newest step, how old it may be.
OLDEST = re.compile(r"^OLDEST_READER = (\d+)$", re.MULTILINE)


class SchemaError(AssistantError):
    """The database's schema is not one that this code can use."""

    title = "The database does not fit"


def version(database: Database) -> int:
    """The number of the newest step that was applied; 0 for an empty database."""
    return max((number(name) for name in _runner(database).applied()), default=0)


def newest() -> int:
    """The number of the newest step that this code knows."""
    return max(number(step.stem) for step in STEPS.glob("[0-9]*.py"))


def number(name: str) -> int:
    """The number of a step, by its name."""
    return int(name.split("_", 1)[0])


def trouble(database: Database) -> str:
    """Why this code cannot work with the schema as it is now; empty where it can.

    A newer schema is fine when it says so: while instances are replaced one after the other, the old ones go on.
    """
    found, known = version(database), newest()
    if found == known or (found > known and oldest_reader(database) <= known):
        return ""
    return f"schema {found}, expected {known}"


def oldest_reader(database: Database) -> int:
    """The oldest code that gets along with the schema, by its newest step."""
    found = version(database)
    row = _execute(database, "SELECT oldest FROM schema_reader WHERE newest = ?", found).fetchone()
    return int(row[0]) if row else found


def upgrade(database: Database) -> list[str]:
    """Applies the missing steps, after a backup, and returns their names.

    Holds a lock, so that of several processes that start at once one applies each step, and the others wait. Raises
    SchemaError when the database comes from newer code with which this one does not get along.
    """
    return database.in_words(_upgrade, database)


def _upgrade(database: Database) -> list[str]:
    with database.engine.alone():
        found, known = version(database), newest()
        if found > known and trouble(database):
            raise SchemaError(
                f"The database has schema {found}, but this version of Assistant knows only {known}. "
                "Install the newer version again, or put back a backup from before the upgrade."
            )
        if found >= known:
            return []
        if found:
            database.engine.before_upgrade(found)
        names: list[str] = _runner(database).up()
        _tell_readers(database)
        return names


def _tell_readers(database: Database) -> None:
    oldest = 0
    for step in STEPS.glob("[0-9]*.py"):
        said = OLDEST.search(step.read_text("utf-8"))
        oldest = max(oldest, int(said[1]) if said else number(step.stem))
    _execute(database, "DELETE FROM schema_reader")
    _execute(database, "INSERT INTO schema_reader (newest, oldest) VALUES (?, ?)", newest(), oldest)


def _execute(database: Database, sql: str, *values: int) -> Any:
    return cast("Any", database.peewee).execute_sql(sql, values)


def _runner(database: Database) -> Runner:
    return Runner(database.peewee, directory=str(STEPS))
