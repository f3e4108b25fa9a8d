"""A backup: a folder with the database, the other files of the installation, and what is said of them.

It is written beside its place and renamed, so that one that is there is whole and was verified.
"""

import fcntl
import json
import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from assistant import __version__
from assistant.errors import AssistantError, Conflict, Invalid
from assistant.storage.backups import snapshot, verification
from assistant.storage.backups.snapshot import Cancelled, Progress
from assistant.storage.database import DiskFull

FORMAT = 1
DATABASE, MANIFEST = "assistant.db", "manifest.json"
PREFIX, STAMP = "assistant-", "%Y%m%dT%H%M%SZ"
UNFINISHED = ".part"
SPARE = 20_000_000  # bytes that stay free beside a backup
# What is in the data folder and in no backup: what can be made again, what is under way, and backups themselves.
LEFT_OUT = ("backups", "imports", "exports", "reserve", "log.txt", "*.lock", "*.part", "before-restore-*")


class BackupFailed(AssistantError):  # noqa: N818 - read as a sentence, like its siblings
    """No backup came of it; the sentence says why and what to do."""

    status = 503
    title = "The backup failed"


@dataclass(frozen=True, slots=True)
class Backup:
    """What a backup's manifest says; ``files`` has size and SHA-256 of each, ``rows`` the count of each table."""

    folder: Path
    made: datetime
    product: str
    schema: int
    files: dict[str, tuple[int, str]]
    rows: dict[str, int]

    @property
    def size(self) -> int:
        """Bytes of all its files."""
        return sum(size for size, _ in self.files.values())


def take(
    database: Path,
    data: Path,
    to: Path,
    *,
    now: datetime,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Backup:
    """The new backup in ``to``, verified. ``progress`` hears of bytes of the database copied and of all.

    Others go on writing meanwhile, and none of what they write is half in it. Raises BackupFailed, DiskFull,
    Conflict while another is being made there, and BackupCancelled.
    """
    if not database.exists():
        raise BackupFailed(f"There is no database at {database} yet, so there is nothing to back up.")
    try:
        with _alone(to):
            return _take(database, data, to, now, progress or (lambda _done, _all: None), cancelled or (lambda: False))
    except OSError as error:
        raise _in_words(error, to) from error
    except sqlite3.Error as error:
        raise _in_words(error, to) from error


def read(folder: Path) -> Backup:
    """The backup in the folder; raises Invalid when there is none, or one of a newer kind."""
    try:
        said = json.loads((folder / MANIFEST).read_text("utf-8"))
        if said["format"] > FORMAT:
            raise Invalid("This backup was made by a newer version of Assistant. Install that version first.")
        files = {Path(name).name: (int(size), str(digest)) for name, (size, digest) in said["files"].items()}
        made = datetime.fromisoformat(said["made"]).astimezone(UTC)
        return Backup(folder, made, str(said["product"]), int(said["schema"]), files, dict(said["rows"]))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        raise Invalid(f"{folder} is no backup of Assistant, or it is damaged.") from None


def listing(folder: Path) -> list[Backup]:
    """The backups in the folder, the newest first."""
    found = []
    for one in folder.glob(f"{PREFIX}*") if folder.is_dir() else ():
        if one.is_dir() and one.suffix != UNFINISHED and (one / MANIFEST).is_file():
            try:
                found.append(read(one))
            except Invalid:
                continue
    return sorted(found, key=lambda one: one.made, reverse=True)


def _take(
    database: Path, data: Path, to: Path, now: datetime, progress: Progress, cancelled: Cancelled
) -> Backup:  # fmt: skip
    for left in to.glob(f"{PREFIX}*{UNFINISHED}"):
        shutil.rmtree(left)
    _check_room(database, to)
    name = _free_name(to, now)
    work = to / f"{name}{UNFINISHED}"
    work.mkdir(mode=0o700)
    try:
        copied = snapshot.copy(database, work / DATABASE, progress, cancelled)
        copy_files(data, database, to, work)
        files = {file.name: (file.stat().st_size, verification.digest(file)) for file in _others(work)}
        files[DATABASE] = ((work / DATABASE).stat().st_size, copied.digest)
        about = Backup(to / name, now, __version__, copied.schema, files, copied.rows)
        _write_manifest(work / MANIFEST, about)
        for file in (*_others(work), work):  # the database was made to last as it was checked
            _make_last(file)
        work.rename(to / name)
        _make_last(to)
    except BaseException:
        shutil.rmtree(work, ignore_errors=True)
        raise
    return about


def copy_files(data: Path, database: Path, to: Path, work: Path) -> None:
    """Copies the installation's files, but the database and what lies in ``to``, into ``work``."""
    for file in sorted(data.iterdir()) if data.is_dir() else ():
        own = file.name.startswith(database.name) or file.resolve() == to.resolve()
        if own or not file.is_file() or any(file.match(pattern) for pattern in LEFT_OUT):
            continue
        shutil.copyfile(file, work / file.name)
        (work / file.name).chmod(0o600)


def _others(work: Path) -> list[Path]:
    return [file for file in sorted(work.iterdir()) if file.name != DATABASE]


def _write_manifest(path: Path, about: Backup) -> None:
    said: dict[str, Any] = {"format": FORMAT, **asdict(about), "made": about.made.isoformat()}
    del said["folder"]
    path.write_text(json.dumps(said, indent=1), "utf-8")
    path.chmod(0o600)


def _make_last(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _free_name(to: Path, now: datetime) -> str:
    name = first = f"{PREFIX}{now.astimezone(UTC).strftime(STAMP)}"
    number = 1
    while (to / name).exists():
        number += 1
        name = f"{first}-{number}"
    return name


def _check_room(database: Path, to: Path) -> None:
    log = database.with_name(f"{database.name}-wal")
    needed = database.stat().st_size + (log.stat().st_size if log.exists() else 0) + SPARE
    free = shutil.disk_usage(to).free
    if free < needed:
        raise DiskFull(
            f"There is too little space in {to} for a backup: it needs {in_megabytes(needed)}, and "
            f"{in_megabytes(free)} are free. Free some space, or back up to another disk."
        )


def in_megabytes(size: int) -> str:
    """The bytes in MB, or in GB from a thousand on."""
    return f"{size / 1e9:.1f} GB" if size >= 1e9 else f"{max(1, round(size / 1e6)):,} MB"  # noqa: PLR2004 - a GB


@contextmanager
def _alone(to: Path) -> Iterator[None]:
    to.mkdir(parents=True, exist_ok=True, mode=0o700)
    with (to / "backup.lock").open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Conflict("A backup is being made already. Wait for its end.") from None
        yield


def _in_words(error: Exception, to: Path) -> AssistantError:
    words = getattr(error, "strerror", None) or str(error)
    if "No space left" in words or "disk is full" in words:
        return DiskFull(f"The disk became full while the backup was written to {to}. Free some space and try again.")
    if isinstance(error, PermissionError):
        return BackupFailed(f"{to} cannot be written. Let this user write to it, or choose another folder.")
    if "malformed" in words or "not a database" in words:
        return BackupFailed("The database is damaged, so it was not backed up. Restore the newest backup.")
    return BackupFailed(f"The backup could not be written to {to}: {words}.")
