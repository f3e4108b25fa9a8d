"""Brings a database's schema to the one that this code knows."""

from pathlib import Path

from playhouse.migrations import Runner

from assistant.errors import AssistantError
from assistant.storage.database import Database

STEPS = Path(__file__).parent / "migrations"


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


def upgrade(database: Database) -> list[str]:
    """Applies the missing steps, after a backup, and returns their names.

    Holds a lock, so that two processes that start at once apply each step once. Raises
    SchemaError when the database comes from newer code.
    """
    return database.in_words(_upgrade, database)


def _upgrade(database: Database) -> list[str]:
    with database.engine.alone():
        found, known = version(database), newest()
        if found > known:
            raise SchemaError(
                f"The database has schema {found}, but this version of Assistant knows only {known}. "
                "Install the newer version again, or put back a backup from before the upgrade."
            )
        if found == known:
            return []
        if found:
            database.engine.before_upgrade(found)
        names: list[str] = _runner(database).up()
        return names


def _runner(database: Database) -> Runner:
    return Runner(database.peewee, directory=str(STEPS))
