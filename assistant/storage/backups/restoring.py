"""Puts a backup in the place of what is there, which stays beside it."""

import os
import shutil
import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.errors import Invalid
from assistant.storage import schema
from assistant.storage.backups import backup, verification
from assistant.storage.database import DiskFull
from assistant.storage.lock import FolderLock

SIDES = ("-wal", "-shm", "-journal")  # files that SQLite keeps beside a database


@dataclass(frozen=True, slots=True)
class Restored:
    """What was put back; ``before`` is where that lies now which was there, if anything was."""

    made: datetime
    rows: int
    before: Path | None


def restore(source: Path, database: Path, data: Path, *, now: datetime) -> Restored:
    """Puts the backup, or a single database file, where the installation has its own.

    1. The backup is verified, copied beside its place, and verified there.
    2. What is there moves to a folder of its own in the data folder.
    3. The copy takes its place by one rename.

    Raises Conflict while Assistant runs on the folder, Invalid for what is damaged, no backup or of a newer
    schema, DiskFull; then all is as it was.
    """
    lock = FolderLock(data)
    try:
        files, made, found = _look(source)
        _check_schema(found)
        _check_room(files, database)
        staged = {name: _place(name, database, data) for name in files}
        try:
            for name, file in files.items():
                _copy(file, _beside(staged[name]))
            verification.check_database(_beside(database))
            before = _set_aside(database, [path for path in staged.values() if path != database], data, now)
            # The database last: until then it is the old installation that is there.
            for target in sorted(staged.values(), key=lambda path: path == database):
                os.replace(_beside(target), target)  # noqa: PTH105 - atomic on one file system, by its documentation
        finally:
            for target in staged.values():
                _beside(target).unlink(missing_ok=True)
        return Restored(made, _rows(database), before)
    finally:
        lock.release()


def tidy(database: Path, data: Path) -> None:
    """Deletes what a restore that was killed left unfinished."""
    for folder in {database.parent, data}:
        for left in folder.glob(f"*.restoring{backup.UNFINISHED}"):
            left.unlink(missing_ok=True)


def _look(source: Path) -> tuple[dict[str, Path], datetime, int]:
    """The files of the backup, verified, by their names; when it was made, and its schema."""
    folder = source.parent if source.name in {backup.MANIFEST, backup.DATABASE} else source
    if (folder / backup.MANIFEST).is_file():
        found = backup.read(folder)
        verification.check_files(folder, found.files)
        return {name: folder / name for name in found.files}, found.made, found.schema
    if not source.is_file():
        raise Invalid(f"There is no backup at {source}.")
    # A copy from before an upgrade, or one that was made by hand.
    verification.check_database(source)
    made = datetime.fromtimestamp(source.stat().st_mtime, UTC)
    return {backup.DATABASE: source}, made, _schema(source)


def _schema(database: Path) -> int:
    try:
        with closing(sqlite3.connect(f"file:{database}?mode=ro&immutable=1", uri=True)) as opened:
            return max(schema.number(str(name)) for (name,) in opened.execute("SELECT name FROM schema_migration"))
    except (sqlite3.Error, ValueError):
        raise Invalid(f"{database} is no database of Assistant.") from None


def _check_schema(found: int) -> None:
    known = schema.newest()
    if found > known:
        raise Invalid(
            f"This backup has schema {found}, but this version of Assistant knows only {known}. "
            "Install the newer version, then restore."
        )


def _check_room(files: dict[str, Path], database: Path) -> None:
    needed, free = sum(file.stat().st_size for file in files.values()), shutil.disk_usage(database.parent).free
    if free < needed:
        raise DiskFull(
            f"There is too little space to restore: it needs {backup.in_megabytes(needed)}, and "
            f"{backup.in_megabytes(free)} are free. Free some space and try again."
        )


def _place(name: str, database: Path, data: Path) -> Path:
    return database if name == backup.DATABASE else data / name


def _beside(target: Path) -> Path:
    return target.with_name(f"{target.name}.restoring{backup.UNFINISHED}")


def _copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    target.chmod(0o600)
    handle = os.open(target, os.O_RDONLY)
    os.fsync(handle)
    os.close(handle)


def _set_aside(database: Path, others: list[Path], data: Path, now: datetime) -> Path | None:
    """Moves the database into a folder of its own, and copies the other files that are replaced there."""
    old = [path for path in (database, *others) if path.exists()]
    if not old:
        return None
    # What is in the log goes into the file, where that is sound: then there is one file to set aside.
    with suppress(sqlite3.Error), closing(sqlite3.connect(database)) as opened:
        opened.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    folder = data / f"before-restore-{now.astimezone(UTC).strftime(backup.STAMP)}"
    number = 1
    while folder.exists():
        number += 1
        folder = folder.with_name(f"{folder.name.partition('Z')[0]}Z-{number}")
    folder.mkdir(mode=0o700)
    for path in (*_sides(database), *old):
        _link(path, folder / path.name)
    # The log of the old database must not be taken for one of the new.
    for path in _sides(database):
        path.unlink()
    return folder


def _sides(database: Path) -> list[Path]:
    return [path for end in SIDES if (path := database.with_name(f"{database.name}{end}")).exists()]


def _link(source: Path, target: Path) -> None:
    try:
        os.link(source, target)
    except OSError:  # another file system, or one without links
        shutil.copy2(source, target)


def _rows(database: Path) -> int:
    with closing(sqlite3.connect(f"file:{database}?mode=ro", uri=True)) as opened:
        return sum(verification.counts(opened).values())
