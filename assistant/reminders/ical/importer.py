"""Brings calendar files in: first said what would come, then stored, and the same a second time never twice.

Reminders are known again by the name that their calendar gave them, whoever exported it.
"""

import asyncio
import time
from collections.abc import AsyncGenerator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from peewee import chunked

from assistant.errors import Conflict, Invalid
from assistant.reminders import exceptions, reminders
from assistant.reminders.ical.events import Draft
from assistant.reminders.ical.reader import Found, Remarks, read
from assistant.reminders.models import DONE, Reminder
from assistant.storage.database import Database

AT_ONCE = 200  # reminders of one transaction, at most
LONGEST = 0.15  # seconds of one transaction; others write between them
KEYS_AT_ONCE = 500
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


@dataclass(slots=True)
class Progress:
    """How far an import is: stored and here already of all that were new, and what could not be stored."""

    total: int
    created: int = 0
    here: int = 0
    skipped: Remarks = field(default_factory=list)


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


def store(user: int, drafts: Sequence[Draft], now: datetime, progress: Progress) -> int:
    """Stores the drafts in their order until it has taken a while; returns how many were looked at."""
    until = time.monotonic() + LONGEST
    known = _known(user, [draft.uid for draft in drafts])  # the same import may run elsewhere at the same time
    for taken, draft in enumerate(drafts):
        if taken and time.monotonic() > until:
            return taken
        try:
            if draft.uid in known:
                progress.here += 1
            else:
                _store(user, draft, now)
                progress.created += 1
        except Conflict:
            progress.here += 1
        except Invalid as error:
            progress.skipped.append((draft.text, error.sentence))
    return len(drafts)


def _store(user: int, draft: Draft, now: datetime) -> None:
    row = reminders.add(
        user, text=draft.text, local=draft.local, zone=draft.zone, now=now, rule=draft.rule,
        after_done=draft.after_done, leads=draft.leads, note=draft.note, priority=draft.priority, tags=draft.tags,
        follows=draft.follows, uid=draft.uid, allow_past=True,
    )  # fmt: skip
    kept: dict[str, Any] = {"created": min(draft.created or now, now), "updated": min(draft.updated or now, now)}
    if draft.without:
        kept |= _without(row, draft.without, now)
    if draft.done is not None:
        kept |= {"state": DONE, "done": min(draft.done, now), "due": None}
    Reminder.update(**kept).where(Reminder.id == row.id).execute()


def _without(row: Reminder, instants: Sequence[datetime], now: datetime) -> dict[str, Any]:
    """Leaves out those of the instants at which the reminder would come; returns the columns that change."""
    exceptions.leave_out(row, [instant for instant in instants if exceptions.occurs(row, instant)], now)
    return {"at": row.at, "state": row.state, "done": row.done, "due": row.due}


async def _read_file(
    database: Database, user: int, data: bytes, zone: str, now: datetime
) -> tuple[Found, list[Draft], dict[str, bool]]:
    found = await asyncio.to_thread(read, data, zone=zone, now=now)
    known = await database.read(_known, user, [draft.uid for draft in found.drafts])
    return found, [draft for draft in found.drafts if draft.uid not in known], known


def _known(user: int, uids: Sequence[str]) -> dict[str, bool]:
    """Those of the names that the user's reminders have, and whether these are deleted."""
    known: dict[str, bool] = {}
    for some in chunked(uids, KEYS_AT_ONCE):
        mine = (Reminder.user == user) & Reminder.uid.in_(list(some))
        rows: Any = Reminder.select(Reminder.uid, Reminder.deleted).where(mine)
        known |= {uid: deleted is not None for uid, deleted in rows.tuples()}
    return known
