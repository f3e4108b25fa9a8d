"""Export and import as commands."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from assistant.archive import arriving, bringing, writer
from assistant.archive.rooms import Report
from assistant.archive.writer import Progress
from assistant.chat import models as chat_models
from assistant.config import Config
from assistant.errors import Invalid
from assistant.notes import models as note_models
from assistant.reminders import models as reminder_models
from assistant.storage import arrivals, schema
from assistant.storage.database import Database
from assistant.users import accounts, preferences
from assistant.users import models as user_models
from assistant.web.moving import rooms

REMARKS = 20  # that are told
ENDING = re.compile(r"s\b")  # of what is several


def export(config: Config, name: str, target: Path, progress: Progress) -> str:
    """Writes the archive of that person, and says what is in it."""
    with _database(config) as database:
        person = database.run_here(accounts.get, name)
        zone = database.run_here(preferences.load, person.id).zone_info
        if target.is_dir() or not target.parent.is_dir():
            raise Invalid(f"{target} is no place for a file. Name a file in a folder that is there.")
        made = writer.write(
            database, rooms(), person.id, target, name=person.name, now=datetime.now(UTC), zone=zone, progress=progress
        )  # fmt: skip
    return f"{target}: {_told(made.counts)}."


def bring(config: Config, name: str, source: Path, progress: Progress, *, preview: bool) -> str:
    """Brings the file in, or says what would come."""
    with _database(config) as database:
        arriving.settle(database.run_here, rooms(), config.data)
        person = database.run_here(accounts.get, name)
        zone = database.run_here(preferences.load, person.id).zone_info
        with bringing.opened(rooms(), person.id, source, zone) as coming:
            if preview:
                report = arriving.plan(database, coming.incoming, progress=progress, of_all=coming.of_all)
            else:
                report = arriving.run(
                    database.run_here, rooms(), person.id, coming.incoming, config.data, now=datetime.now(UTC),
                    progress=progress, of_all=coming.of_all,
                )  # fmt: skip
    return "\n".join([f"{'Would come' if preview else 'Came'}: {_told(report.counts)}.", *_remarks(report)])


def _told(counts: dict[str, int]) -> str:
    return ", ".join(_counted(count, what.replace("_", " ")) for what, count in counts.items() if count) or "nothing"


def _counted(count: int, what: str) -> str:
    """So many; of one the first word that is several is one: a conversation that grows, a note that is here."""
    one = ENDING.sub("", what, count=1).replace("that grow", "that grows")
    return f"{count:,} {one if count == 1 else what}"


def _remarks(report: Report) -> list[str]:
    lines = [f"  {title or 'Untitled'}: {sentence}" for title, sentence in report.remarks[:REMARKS]]
    more = len(report.remarks) - REMARKS
    return [*lines, f"  … and {more:,} more."] if more > 0 else lines


@contextmanager
def _database(config: Config) -> Iterator[Database]:
    database = Database(config.database)
    try:
        schema.upgrade(database)
        models = (user_models.ALL, chat_models.ALL, note_models.ALL, reminder_models.ALL, arrivals.ALL)
        database.bind([model for some in models for model in some])
        yield database
    finally:
        database.close()
