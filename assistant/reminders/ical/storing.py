"""What a calendar file brings as rows, many at once: one by one they would take most of an import's time."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import peewee

from assistant.errors import Invalid
from assistant.reminders import reminders, validation
from assistant.reminders.exceptions import first_kept
from assistant.reminders.ical.events import Draft
from assistant.reminders.models import DONE, MOVED, Reminder, ReminderTag, Ring
from assistant.storage.database import changed

LONGEST = 0.15  # seconds of one transaction; others write between them
KEYS_AT_ONCE = 500
VALUES_AT_ONCE = 30_000  # of one statement


@dataclass(slots=True)
class Progress:
    """How far an import is: stored and here already of all that were new, and what could not be stored."""

    total: int
    created: int = 0
    here: int = 0
    skipped: list[tuple[str, str]] = field(default_factory=list)


def store(user: int, drafts: Sequence[Draft], now: datetime, progress: Progress) -> int:
    """Stores the drafts in their order until it has taken a while; returns how many were looked at."""
    until, taken = time.monotonic() + LONGEST, 0
    known = set(known_uids(user, [draft.uid for draft in drafts]))  # the same import may run elsewhere now
    made: list[tuple[Reminder, Draft]] = []
    for draft in drafts:
        taken += 1
        if draft.uid in known:
            progress.here += 1
        else:
            known.add(draft.uid)
            try:
                made.append((_row(user, draft, now), draft))
            except Invalid as error:
                progress.skipped.append((draft.text, error.sentence))
        if time.monotonic() > until:
            break
    if made:
        _insert(user, made, now)
        changed(user, "reminders")
    progress.created += len(made)
    return taken


def known_uids(user: int, uids: Sequence[str]) -> dict[str, bool]:
    """Those of the names that the user's reminders have, and whether these are deleted."""
    return {uid: deleted is not None for uid, _, deleted in _named(user, uids)}


def _row(user: int, draft: Draft, now: datetime) -> Reminder:
    row = reminders.prepared(
        user, now, uid=draft.uid, text=draft.text, local=draft.local, zone=draft.zone, rule=draft.rule,
        after_done=draft.after_done, leads=draft.leads, note=draft.note, priority=draft.priority,
        follows=draft.follows,
    )  # fmt: skip
    row.imported = True
    row.created, row.updated = min(draft.created or now, now), min(draft.updated or now, now)
    if draft.without and row.at in draft.without and (kept := first_kept(row, draft.without)) is None:
        row.state, row.done, row.due = DONE, now, None
    elif draft.without and row.at in draft.without:
        row.at = kept
    if draft.done is not None:
        row.state, row.done, row.due = DONE, min(draft.done, now), None
    return row


def _insert(user: int, made: Sequence[tuple[Reminder, Draft]], now: datetime) -> None:
    columns = [name for name in Reminder._meta.fields if name != "id"]  # noqa: SLF001 - as peewee documents it
    insert_rows(Reminder, [{name: row.__data__.get(name) for name in columns} for row, _ in made])
    more = [(row, draft) for row, draft in made if draft.tags or draft.without]
    ids = {uid: key for uid, key, _ in _named(user, [row.uid for row, _ in more])}
    tags: list[dict[str, Any]] = []
    rings: list[dict[str, Any]] = []
    for row, draft in more:
        own = {"reminder": ids[row.uid], "user": user}
        tags += [own | {"key": key, "name": name} for key, name in validation.valid_tags(draft.tags).items()]
        moved = own | {"state": MOVED, "answered": now, "lead": 0, "late": 0, "missed": 0}
        rings += [moved | {"occurrence": instant, "due": instant} for instant in dict.fromkeys(draft.without)]
    insert_rows(ReminderTag, tags)
    insert_rows(Ring, rings)


def insert_rows(model: type[peewee.Model], rows: Sequence[dict[str, Any]]) -> None:
    """Stores rows that all say the same columns; the query builder takes ten times as long to say them."""
    if not rows:
        return
    meta: Any = model._meta  # noqa: SLF001 - as peewee documents it
    fields = [meta.combined[name] for name in rows[0]]
    columns = ", ".join(f'"{field.column_name}"' for field in fields)
    one = f"({', '.join([meta.database.param] * len(fields))})"
    taken = [(name, field.db_value) for name, field in zip(rows[0], fields, strict=True)]
    step = VALUES_AT_ONCE // len(fields)
    for start in range(0, len(rows), step):
        some = rows[start : start + step]
        values = [value(row[name]) for row in some for name, value in taken]
        said = f'INSERT INTO "{meta.table_name}" ({columns}) VALUES {", ".join([one] * len(some))}'  # noqa: S608 - names of ours
        meta.database.execute_sql(said, values)


def _named(user: int, uids: Sequence[str]) -> list[tuple[str, int, Any]]:
    """Name, id and when it was deleted of the user's reminders of those names."""
    meta: Any = Reminder._meta  # noqa: SLF001 - as peewee documents it
    found: list[tuple[str, int, Any]] = []
    for start in range(0, len(uids), KEYS_AT_ONCE):
        some, mark = uids[start : start + KEYS_AT_ONCE], meta.database.param
        said = (
            f'SELECT uid, id, deleted FROM reminder WHERE "user" = {mark} AND uid IN ({", ".join([mark] * len(some))})'  # noqa: S608 - names of ours
        )
        found += meta.database.execute_sql(said, [user, *some]).fetchall()
    return found
