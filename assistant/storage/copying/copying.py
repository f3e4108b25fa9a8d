"""Copies all rows from one database into another, empty one, and compares the two.

The source is read as it is at one moment, and is never written to. The target gets everything or nothing.
"""

import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import peewee

from assistant.errors import AssistantError, Conflict, Invalid
from assistant.storage import schema
from assistant.storage.backups import backup
from assistant.storage.copying.side import Side, side
from assistant.storage.copying.tables import Row, Sum, Table, tables
from assistant.storage.database import Database, DiskFull
from assistant.storage.engines.addresses import file_of, on_file

SPARE = 1.3  # times the size of the source that a file needs at most
STEP = 500  # rows between two words about progress

Progress = Callable[[int, int], None]
Sums = dict[str, tuple[Sum, Sum]]


class CopyFailed(AssistantError):  # noqa: N818 - read as a sentence, like its siblings
    """The copy is not there, or not what it should be; the source is as it was."""

    status = 503
    title = "The copy failed"


def copy(
    source: Database,
    url: str,
    models: Sequence[type[peewee.Model]],
    index: Callable[[], object],
    *,
    data: Path,
    progress: Progress,
) -> Sums:
    """Copies the source to the database at ``url``; says of each table what both have, which is the same.

    ``index`` makes the search anew in the database in which the models live then. Files of ``data`` go along to
    where a file is the target. Raises Conflict for a target that is not empty, SchemaError, DiskFull, CopyFailed.
    """
    if url == source.url:
        raise Invalid("This is the database that is configured already. Name another one.")
    if schema.version(source) != schema.newest():
        raise Conflict("The database has an older schema. Start Assistant on it once, stop it, and try again.")
    with _target(url, data) as target, _said(target):
        schema.upgrade(target)
        _check_empty(target, tables(models))
        if on_file(url):
            _check_room(side(source).size(), target.folder)
        sums = _copy(source, target, models, index, progress)
        side(target).finish()
    if on_file(url) and target.folder.resolve() != data.resolve():
        backup.copy_files(data, _own(source), target.folder, target.folder)
    return sums


def compare(source: Database, url: str, models: Sequence[type[peewee.Model]], *, data: Path) -> Sums:
    """What both databases have of each table."""
    target = Database(url, folder=data)
    try:
        with _said(target), source.engine.snapshot(), target.engine.snapshot():
            if schema.version(target) != schema.version(source):
                raise Conflict("The two databases have different schemas, so they cannot be compared.")
            return {table.name: (_sum(side(source), table), _sum(side(target), table)) for table in tables(models)}
    finally:
        target.close()


def _copy(
    source: Database, target: Database, models: Sequence[type[peewee.Model]], index: Callable[[], object],
    progress: Progress,
) -> Sums:  # fmt: skip
    reading, writing, all_tables = side(source), side(target), tables(models)
    with source.engine.snapshot(), writing.whole(all_tables):
        read: dict[str, Sum] = {}
        count = sum(_count(source, table) for table in all_tables)
        for table in all_tables:
            done, read[table.name] = sum(one.rows for one in read.values()), Sum()
            rows = read[table.name].of(table.meant(reading.rows(table)))
            writing.fill(table, _told(rows, done, count, progress))
            if table.counted and (last := reading.given(table)):
                writing.give(table, last)
        with target.peewee.bind_ctx(models):
            index()
        sums = {table.name: (read[table.name], _sum(writing, table)) for table in all_tables}
        if wrong := differing(sums):
            raise CopyFailed(f"What arrived is not what was sent: {', '.join(wrong)}. Nothing was kept of it.")
        progress(count, count)
    return sums


def differing(sums: Sums) -> list[str]:
    """The tables that are not the same on both sides."""
    return [name for name, (first, second) in sums.items() if first != second]


@contextmanager
def _target(url: str, data: Path) -> Iterator[Database]:
    """The database to fill; a file is a new one, which takes its place when all is well."""
    if not on_file(url):
        target = Database(url, folder=data)
        try:
            yield target
        finally:
            target.close()
        return
    path = file_of(url)
    if path.exists():
        there = Database(url)
        try:
            if schema.version(there):
                _check_empty(there, None)
        finally:
            there.close()
    part = path.with_name(f"{path.name}.part")
    _remove(part)
    target = Database(f"sqlite:///{part}")
    try:
        yield target
    except BaseException:
        target.close()
        _remove(part)
        raise
    target.close()
    part.chmod(0o600)
    with part.open("rb") as written:
        os.fsync(written.fileno())
    part.with_suffix(".lock").unlink(missing_ok=True)
    _remove(path)
    os.replace(part, path)  # noqa: PTH105 - atomic on one file system, by its documentation


def _own(source: Database) -> Path:
    return source.path if on_file(source.url) else source.folder / backup.DATABASE


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)
    path.with_suffix(".lock").unlink(missing_ok=True)  # the schema's


@contextmanager
def _said(target: Database) -> Iterator[None]:
    try:
        yield
    except (peewee.DatabaseError, peewee.InterfaceError) as error:
        words = target.engine.trouble(error)
        kind = DiskFull if words.full else CopyFailed
        raise kind(f"{words.sentence} Nothing was copied, and the source is as it was.") from error


def _check_empty(target: Database, known: Iterable[Table] | None) -> None:
    names = [table.name for table in known] if known is not None else target.peewee.get_tables()
    filled = [name for name in names if name != "schema_migration" and "search" not in name and _has_rows(target, name)]
    if filled:
        raise Conflict(f"The target is not empty: there are rows in {', '.join(filled)}. Name a new database.")


def _has_rows(target: Database, name: str) -> bool:
    sql = f'SELECT 1 FROM "{name}" LIMIT 1'  # noqa: S608 - names of ours
    return target.peewee.execute_sql(sql).fetchone() is not None  # type: ignore[no-untyped-call]


def _check_room(size: int, folder: Path) -> None:
    free = shutil.disk_usage(folder).free
    if free < SPARE * size:
        raise DiskFull(
            f"The copy takes up to {SPARE * size / 1e6:,.0f} MB, and {folder} has {free / 1e6:,.0f} MB free."
        )


def _count(database: Database, table: Table) -> int:
    sql = f'SELECT COUNT(*) FROM "{table.name}"'  # noqa: S608 - names of ours
    return int(database.peewee.execute_sql(sql).fetchone()[0])  # type: ignore[no-untyped-call]


def _sum(one: Side, table: Table) -> Sum:
    total = Sum()
    for _ in total.of(table.meant(one.rows(table))):
        pass
    return total


def _told(rows: Iterable[Row], done: int, count: int, progress: Progress) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number % STEP == 0:
            progress(done + number, count)
        yield row
