"""How the last backup went: what the folder says, and what failed since."""

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from assistant.storage.backups import backup
from assistant.storage.backups.backup import Backup

RECORD = "last.json"


@dataclass(frozen=True, slots=True)
class Outcome:
    """The newest backup and how many there are; ``problem`` is why the last try failed, at ``tried``."""

    newest: Backup | None
    count: int
    problem: str = ""
    tried: datetime | None = None


def last(folder: Path) -> Outcome:
    """How it stands with the backups in the folder."""
    found = backup.listing(folder)
    newest = found[0] if found else None
    problem, tried = _record(folder)
    if problem and newest is not None and tried is not None and newest.made > tried:
        problem = ""  # one that was made by hand since counts as well
    return Outcome(newest, len(found), problem, tried)


def keep(folder: Path, problem: str, now: datetime) -> None:
    """Remembers that a try failed, or with no problem that it did not."""
    path = folder / RECORD
    # On a full disk even this may not be written: whoever asks then sees how old the newest is.
    with suppress(OSError):
        path.unlink(missing_ok=True)
        if problem:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            path.write_text(json.dumps({"problem": problem, "tried": now.isoformat()}), "utf-8")


def _record(folder: Path) -> tuple[str, datetime | None]:
    try:
        said = json.loads((folder / RECORD).read_text("utf-8"))
        return str(said["problem"]), datetime.fromisoformat(said["tried"]).astimezone(UTC)
    except (OSError, ValueError, KeyError, TypeError):
        return "", None
