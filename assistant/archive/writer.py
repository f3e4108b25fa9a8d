"""Writes one person's archive: a zip, streamed to the disk, of what was there at one moment."""

import hashlib
import zipfile
from collections.abc import Callable, Iterable
from datetime import datetime, tzinfo
from pathlib import Path

from assistant import __version__
from assistant.archive import manifest
from assistant.archive.manifest import File, Manifest
from assistant.archive.rooms import Rooms
from assistant.storage.database import Database, DiskFull
from assistant.storage.house.works import Stopped

LEVEL = 4  # of packing: texts shrink nearly as far as they can, in half the time
FIRST = 1980  # a zip knows no earlier year

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


def write(
    database: Database,
    rooms: Rooms,
    user: int,
    target: Path,
    *,
    name: str,
    now: datetime,
    zone: tzinfo,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Manifest:
    """Writes the archive of the user, whole or not at all; blocks, on a connection of its own.

    ``progress`` hears of rows written and of all. Raises Stopped, DiskFull, StorageFailed.
    """
    unfinished = target.with_name(f"{target.name}.part")
    try:
        unfinished.touch(mode=0o600)
        with database.peewee.connection_context(), database.engine.snapshot():
            made = database.in_words(_write, rooms, user, unfinished, name, now, zone, progress, cancelled)
        unfinished.replace(target)
    except OSError as error:
        raise DiskFull("There is too little space for the export. Free some and try again.") from error
    finally:
        unfinished.unlink(missing_ok=True)
    return made


class _Zip:
    """The zip, and what its manifest will say."""

    def __init__(self, file: zipfile.ZipFile, now: datetime, cancelled: Cancelled | None) -> None:
        self._file, self._cancelled = file, cancelled
        self._date = max(now, now.replace(year=max(now.year, FIRST))).timetuple()[:6]
        self.files: dict[str, File] = {}

    def __call__(self, path: str, pieces: Iterable[bytes], *, packed: bool = True) -> None:
        """Puts a file into it."""
        info = zipfile.ZipInfo(path, self._date)
        info.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
        info.create_system, info.external_attr = 3, 0o644 << 16
        size, digest = 0, hashlib.sha256()
        with self._file.open(info, "w", force_zip64=True) as out:
            for piece in pieces:
                if self._cancelled and self._cancelled():
                    raise Stopped
                out.write(piece)
                digest.update(piece)
                size += len(piece)
        self.files[path] = File(size=size, sha256=digest.hexdigest())


def _write(
    rooms: Rooms, user: int, target: Path, name: str, now: datetime, zone: tzinfo, progress: Progress | None,
    cancelled: Cancelled | None,
) -> Manifest:  # fmt: skip
    counts = rooms.counts(user)
    of_all, done = counts.get("messages", 0) + counts.get("notes", 0) + counts.get("reminders", 0), 0

    def written(count: int) -> None:
        nonlocal done
        done += count
        if progress:
            progress(done, of_all)

    with zipfile.ZipFile(target, "w", compresslevel=LEVEL) as file:
        put = _Zip(file, now, cancelled)
        words = manifest.WORDS.format(name=name, day=f"{now.astimezone(zone):%d %B %Y}")
        put(manifest.README, [words.encode()])
        rooms.write(user, put, written, zone, now)
        about = Manifest(
            format=manifest.KIND, version=manifest.FORMAT, product=__version__, made=now, counts=counts,
            files=dict(put.files),
        )  # fmt: skip
        put(manifest.NAME, [about.model_dump_json(indent=1).encode()])
    return about
