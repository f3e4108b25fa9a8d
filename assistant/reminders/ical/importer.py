"""Brings calendar files in: first said what would come, then stored, and the same a second time never twice.

Reminders are known again by the name that their calendar gave them, whoever exported it.
"""

import asyncio
import sys
from asyncio.subprocess import PIPE
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from assistant.reminders.ical.events import Draft
from assistant.reminders.ical.reader import Found, Remarks, answered, read
from assistant.reminders.ical.storing import Progress, known_uids, store
from assistant.storage.database import Database

AT_ONCE = 200  # reminders of one transaction, at most
# Bytes from which a file is read in a process of its own: one takes a while to begin, but several at once use several
# cores, and pages are served meanwhile.
LARGE = 300_000
ROOT = str(Path(__file__).parents[3])
READER = f"import sys; sys.path.insert(0, {ROOT!r}); from assistant.reminders.ical.reader import answer; answer()"
TITLES_SHOWN = 20
IN_TRASH = "It was deleted here a short while ago. Restore it, or import it again tomorrow."


@dataclass(slots=True)
class Plan:
    """What an import would do: how many are new, done already among these, here already; some titles."""

    new: int = 0
    done: int = 0
    here: int = 0
    skipped: Remarks = field(default_factory=list)
    remarks: Remarks = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


async def preview(database: Database, user: int, data: bytes, *, zone: str, now: datetime) -> Plan:
    """What ``run`` would do with the same file; nothing is written. Raises Invalid (field file)."""
    found, fresh, known = await _read_file(database, user, data, zone, now)
    trashed = [(draft.text, IN_TRASH) for draft in found.drafts if known.get(draft.uid)]
    done = sum(draft.done is not None for draft in fresh)
    titles = [draft.text for draft in fresh[:TITLES_SHOWN]]
    return Plan(len(fresh), done, len(known) + found.twice, found.skipped, [*found.remarks, *trashed], titles)


async def run(
    database: Database, user: int, data: bytes, *, zone: str, now: datetime
) -> AsyncGenerator[Progress, None]:
    """Stores what is not here yet, in small transactions; yields how far it is after each, and at the beginning.

    Whoever stops asking stops the import: what came stays, and the same file goes on from there.
    Raises Invalid (field file) before the first.
    """
    _, fresh, known = await _read_file(database, user, data, zone, now)
    progress = Progress(len(fresh), here=len(known))
    yield progress
    while fresh:
        # A transaction that has begun is finished and told, also when nobody waits for it any more.
        taken = await asyncio.shield(database.run(store, user, fresh[:AT_ONCE], now, progress))
        fresh = fresh[taken:]
        yield progress


async def _read_file(
    database: Database, user: int, data: bytes, zone: str, now: datetime
) -> tuple[Found, list[Draft], dict[str, bool]]:
    found = await _found(data, zone, now)
    known = await database.read(known_uids, user, [draft.uid for draft in found.drafts])
    return found, [draft for draft in found.drafts if draft.uid not in known], known


async def _found(data: bytes, zone: str, now: datetime) -> Found:
    told = await _told(data, zone, now) if len(data) >= LARGE else b""
    if not told:  # a small file, or a machine that has no room for another process
        return await asyncio.to_thread(read, data, zone=zone, now=now)
    return await asyncio.to_thread(answered, told)


async def _told(data: bytes, zone: str, now: datetime) -> bytes:
    """What a process of its own says of the file; nothing where it cannot."""
    command = (sys.executable, "-I", "-c", READER, zone, now.isoformat())
    try:
        # It knows nothing of what this one was started with: the file is a stranger's.
        reading = await asyncio.create_subprocess_exec(*command, stdin=PIPE, stdout=PIPE, stderr=PIPE, env={})
    except OSError:
        return b""
    try:
        told, _ = await reading.communicate(data)
    finally:
        if reading.returncode is None:
            reading.kill()
    return b"" if reading.returncode else told
