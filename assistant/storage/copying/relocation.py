"""Moves an installation to another database, there and back, and says how it went."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import peewee

from assistant.config import Config, ConfigError, load
from assistant.errors import Conflict, Invalid
from assistant.storage.copying import copying
from assistant.storage.copying.copying import Progress, Sums
from assistant.storage.copying.side import side
from assistant.storage.database import Database
from assistant.storage.engines.addresses import is_there
from assistant.storage.house import rows as house_rows
from assistant.storage.lock import FolderLock

Models = Sequence[type[peewee.Model]]


@dataclass(frozen=True, slots=True)
class Moved:
    """What both databases have, in lines for a person, and whether it is the same."""

    lines: list[str]
    same: bool


def move(
    config: Config, to: str, models: Models, index: Callable[[], object], *, rehearsal: bool, progress: Progress
) -> Moved:
    """Copies the configured database to the address, and compares them.

    ``models`` are all that there are, ``index`` makes the searches anew where they live. Raises Conflict while
    Assistant runs, unless it is a ``rehearsal``: what is written meanwhile is not in the copy.
    """
    url = _address(to)
    source = _source(config)
    lock = None
    try:
        if not rehearsal:
            _check_alone(source)
            lock = FolderLock(config.data)
        sums = copying.copy(source, url, models, index, data=config.data, progress=progress)
    finally:
        source.close()
        if lock:
            lock.release()
    onward = (
        "This was a rehearsal: what was written meanwhile is not in the copy."
        if rehearsal
        else f"Now set ASSISTANT_DATABASE_URL={_without_password(url)} and start Assistant."
    )
    return _moved(sums, onward)


def compare(config: Config, to: str, models: Models) -> Moved:
    """Compares the configured database with the one at the address."""
    url = _address(to)
    if not is_there(url):
        raise Conflict("There is no database at that address.")
    source = _source(config)
    try:
        return _moved(copying.compare(source, url, models, data=config.data), "")
    finally:
        source.close()


def _check_alone(source: Database) -> None:
    """Raises Conflict while an instance is alive, or anything of the product is connected."""
    there = "instance" in source.peewee.get_tables()  # an older schema has none
    with source.peewee.bind_ctx(house_rows.ALL):
        running = [row.address for row in source.in_words(house_rows.alive)] if there else []
    if running:
        raise Conflict(f"Assistant runs on this database ({', '.join(running)}). Stop it first, or add --rehearsal.")
    if source.in_words(side(source).in_use):
        raise Conflict("Another Assistant is connected to this database. Stop it first, or add --rehearsal.")


def _source(config: Config) -> Database:
    if not is_there(config.database):
        raise Conflict("There is no database yet, so there is nothing to copy.")
    return Database(config.database, folder=config.data)


def _address(typed: str) -> str:
    try:
        return load(database_url=typed).database
    except ConfigError:
        raise Invalid("Say where to as sqlite:///path or postgresql://user:password@host/name.") from None


def _without_password(url: str) -> str:
    return f"{url.partition('://')[0]}://…" if "@" in url else url


def _moved(sums: Sums, onward: str) -> Moved:
    wrong = copying.differing(sums)
    width = max(map(len, sums))
    lines = [
        f"{name:<{width}}  {first.rows:>9,}  {first.checksum}"
        + (f"  DIFFERS: {second.rows:,}  {second.checksum}" if name in wrong else "  same")
        for name, (first, second) in sums.items()
    ]
    rows = sum(first.rows for first, _ in sums.values())
    same = f"All {rows:,} rows of {len(sums)} tables are the same on both sides."
    end = f"{len(wrong)} tables differ." if wrong else same
    return Moved([*lines, f"{end} {onward}".strip()], not wrong)
