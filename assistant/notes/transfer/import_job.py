"""One import, and what of it survives the process."""

import asyncio
import json
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from assistant.errors import Invalid
from assistant.notes.transfer.archive_reader import Source
from assistant.notes.transfer.importer import Plan, Report

STATE = "job.json"
STOPPED = "The import was cancelled. Nothing was stored."


@dataclass
class ImportJob:
    """One person's import: first a plan, then perhaps running, then a report or a problem."""

    id: str
    user: int
    folder: Path
    source: Source
    zone: ZoneInfo
    month_first: bool
    begun: datetime
    plan: Plan
    inline_tags: bool = False  # whether words with number signs become tags
    state: str = "planned"  # planned, running, done, failed
    done: int = 0
    total: int = 0
    stopped: bool = False  # by the person
    paused: bool = False  # as the process ends
    report: Report | None = None
    problem: str = ""
    by: str = ""  # the instance that has it
    task: "asyncio.Task[None] | None" = field(default=None, repr=False)

    def known(self) -> dict[str, Any]:
        """What others must know of it."""
        return {
            "id": self.id, "user": self.user, "source": Path(str(self.source)).name, "zone": str(self.zone),
            "month_first": self.month_first, "inline_tags": self.inline_tags, "begun": self.begun.isoformat(),
            "state": self.state, "by": self.by, "plan": asdict(self.plan),
        }  # fmt: skip

    def keep(self) -> None:
        """Writes into its folder what the next process must know of it, whole or not at all."""
        unfinished = self.folder / f"{STATE}.part"
        unfinished.write_text(json.dumps(self.known()), "utf-8")
        unfinished.rename(self.folder / STATE)


@dataclass
class Reading:
    """Files that are being looked at before there is a plan: how many of all were read."""

    done: int = 0
    total: int = 0
    stopped: bool = False  # by the person

    def progress(self, done: int, total: int) -> None:
        """Hears how far it is; raises Invalid (field file) once it was stopped."""
        self.done, self.total = done, total
        if self.stopped:
            raise Invalid(STOPPED, field="file")


def left_job(folder: Path) -> ImportJob | None:
    """The import that an earlier process left in the folder; None where it left none that is whole."""
    try:
        job = known_job(folder, json.loads((folder / STATE).read_text("utf-8")))
        return job if Path(str(job.source)).is_file() else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def known_job(folder: Path, known: dict[str, Any]) -> ImportJob:
    """The import that lies in the folder, from what is ``known`` of it."""
    plan = Plan(**{**known["plan"], "skipped": pairs(known["plan"]["skipped"]),
                   "remarks": pairs(known["plan"]["remarks"])})  # fmt: skip
    return ImportJob(
        known["id"], known["user"], folder, folder / Path(known["source"]).name, ZoneInfo(known["zone"]),
        known["month_first"], datetime.fromisoformat(known["begun"]), plan, known["inline_tags"], known["state"],
        total=plan.new, by=known.get("by", ""),
    )  # fmt: skip


def pairs(lists: list[list[str]]) -> list[tuple[str, str]]:
    """Remarks as they were before they were JSON."""
    return [(name, sentence) for name, sentence in lists]
