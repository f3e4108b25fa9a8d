"""Earlier texts of a note, kept at sensible moments, thinned with age."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from assistant.errors import NotFound
from assistant.notes.markdown_source import title_of
from assistant.notes.models import Note, NoteVersion
from assistant.notes.versions import merge, revisions
from assistant.notes.versions.revisions import Saved

PAUSE = timedelta(minutes=5)  # after which what was there is worth keeping
LONGEST = timedelta(hours=1)  # of writing without a pause until something is kept
MERGES_LIMIT = 100  # of the versions
MUCH = 200  # characters; more of them gone at once is worth keeping
VERSIONS_LIMIT, SIZE_LIMIT = 200, 20_000_000  # of one note
SAME, ADDED, REMOVED = "same", "added", "removed"

# Up to which age one version is kept of each span of time; after the last, one a week.
DAY = timedelta(days=1)
AGES = ((DAY, timedelta(0)), (7 * DAY, timedelta(hours=1)), (30 * DAY, DAY))
WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Kept:
    """An earlier version, without its text; ``size`` is in bytes."""

    id: int
    version: int
    title: str
    reason: str
    size: int
    created: datetime


def versions(user: int, note: int) -> list[Kept]:
    """The note's earlier versions, newest first; NotFound when the note is someone else's."""
    revisions.get_own(user, note)
    v = NoteVersion
    rows: Any = v.select(v.id, v.version, v.title, v.reason, v.size, v.created).where(v.note == note)
    return [Kept(*row) for row in rows.order_by(v.id.desc()).tuples()]


def get_version(user: int, note: int, version: int) -> NoteVersion:
    """The version with that id, with its text; NotFound when it is gone or someone else's."""
    home = revisions.get_own(user, note)
    found = NoteVersion.get_or_none((NoteVersion.id == version) & (NoteVersion.note == home))
    if found is None:
        raise NotFound("This version is no longer kept.")
    return found


def restore(user: int, note: int, version: int, now: datetime) -> Saved:
    """The note with text, title and tags of that version; what it was is kept as a version itself.

    Raises NotFound when the version is gone or someone else's.
    """
    home, old = revisions.get_own(user, note), get_version(user, note, version)
    keep(home, now, reason="restore")
    title = "" if old.title == title_of(old.text) else old.title
    return revisions.write(home, now, text=old.text, title=title, tags=json.loads(old.tags))


def differences(old: str, new: str) -> list[tuple[str, str]]:
    """What to show of a change: pieces of whole lines, each the same, removed or added."""
    before, after = old.split("\n"), new.split("\n")
    pieces: list[tuple[str, str]] = []
    at = 0
    for hunk in merge.hunks(before, after):
        lines = ((SAME, before[at : hunk.start]), (REMOVED, before[hunk.start : hunk.end]), (ADDED, hunk.lines))
        pieces += [(kind, "\n".join(some)) for kind, some in lines if some]
        at = hunk.end
    return [*pieces, (SAME, "\n".join(before[at:]))] if before[at:] else pieces


def keep_before(note: Note, text: str, now: datetime) -> None:
    """Keeps the note as it is when what comes now begins anew or takes much away, or puts much in its place."""
    gone = revisions.taken_away(note.text, text)
    if (gone > MUCH and gone > len(note.text) / 2) or now - note.updated >= PAUSE or _long_ago(note, now):
        keep(note, now, reason="edit")


def keep(note: Note, now: datetime, *, reason: str, text: str | None = None, version: int | None = None) -> None:
    """Keeps the note as it is, or another text of it, unless that was the last one kept."""
    kept = note.text if text is None else text
    title, tags = note.title, json.dumps(revisions.tag_names(note.id), ensure_ascii=False)
    last: Any = NoteVersion.select().where(NoteVersion.note == note).order_by(NoteVersion.id.desc()).first()
    if last is not None and (last.text, last.title, last.tags) == (kept, title, tags):
        return
    NoteVersion.create(
        note=note, version=version or note.version, title=title, tags=tags, reason=reason, size=len(kept.encode()),
        created=note.updated if text is None else now, text=kept,
    )  # fmt: skip
    _thin(note.id, now)


def merged_before(note: Note, version: int, text: str) -> bool:
    """Whether this text, written on that version, has gone into a merge already."""
    side = (NoteVersion.note == note) & (NoteVersion.version == version) & (NoteVersion.reason == "merge")
    return NoteVersion.select().where(side & (NoteVersion.text == text)).exists()


def thinned(moments: Iterable[datetime], now: datetime) -> set[datetime]:
    """Those of the moments that are worth keeping: all of the last day, fewer with age."""
    kept: dict[tuple[timedelta, int], datetime] = {}
    every: set[datetime] = set()
    for moment in moments:
        span = next((span for age, span in AGES if now - moment < age), WEEK)
        if span:
            place = (span, int(moment.timestamp() // span.total_seconds()))
            kept[place] = max(moment, kept.get(place, moment))
        else:
            every.add(moment)
    return every | set(kept.values())


def _long_ago(note: Note, now: datetime) -> bool:
    if now - note.created < LONGEST:  # nor can anything have been kept before
        return False
    rows: Any = NoteVersion.select(NoteVersion.created).where(NoteVersion.note == note)
    last = rows.order_by(NoteVersion.id.desc()).limit(1).scalar()
    return bool(now - (last or note.created) >= LONGEST)


def _thin(note: int, now: datetime) -> None:
    rows: Any = NoteVersion.select(NoteVersion.id, NoteVersion.created, NoteVersion.size, NoteVersion.reason)
    found = list(rows.where(NoteVersion.note == note).order_by(NoteVersion.id.desc()).tuples())
    worth = thinned([created for _, created, _, _ in found], now)
    gone, count, total, merges = [], 0, 0, 0
    for id, created, size, reason in found:  # noqa: A001 - the row's own word
        # Two devices that write at once merge at each save: that must not push out all that was before.
        merges += reason == "merge"
        fits = count < VERSIONS_LIMIT and total + size <= SIZE_LIMIT and (reason != "merge" or merges <= MERGES_LIMIT)
        if created in worth and fits:
            count, total = count + 1, total + size
        else:
            gone.append(id)
    NoteVersion.delete().where(NoteVersion.id.in_(gone)).execute()
