"""Which backups are kept: the newest, or one of each of the last days and weeks."""

import shutil
from collections.abc import Iterable
from datetime import tzinfo
from pathlib import Path

from assistant.storage.backups import backup
from assistant.storage.backups.backup import Backup


def keep_newest(folder: Path, count: int) -> int:
    """Deletes all backups in the folder but so many of the newest; says how many it deleted."""
    return _delete(backup.listing(folder)[count:])


def keep_days_and_weeks(folder: Path, days: int, weeks: int, zone: tzinfo) -> int:
    """Deletes all but the newest of each of the last ``days`` that have one, and of each of the last ``weeks``.

    Says how many it deleted; the newest of all stays in any case.
    """
    found = backup.listing(folder)
    kept = {one.folder for one in (*found[:1], *_newest_of_each(found, days, weeks, zone))}
    return _delete(one for one in found if one.folder not in kept)


def _newest_of_each(found: list[Backup], days: int, weeks: int, zone: tzinfo) -> list[Backup]:
    of_days: dict[object, Backup] = {}
    of_weeks: dict[object, Backup] = {}
    for one in found:
        local = one.made.astimezone(zone)
        of_days.setdefault(local.date(), one)
        of_weeks.setdefault(local.isocalendar()[:2], one)
    return [*list(of_days.values())[:days], *list(of_weeks.values())[:weeks]]


def _delete(backups: Iterable[Backup]) -> int:
    count = 0
    for one in backups:
        # Under a name that nobody takes for a backup, should it be interrupted.
        gone = one.folder.with_name(f"{one.folder.name}{backup.UNFINISHED}")
        one.folder.rename(gone)
        shutil.rmtree(gone)
        count += 1
    return count
