"""The trash: a note in it is out of the lists, whole, until it is restored or emptied away."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from peewee import Expression, chunked

from assistant.errors import NotFound
from assistant.notes.models import ADDRESS, SHOWN, Attachment, Note, NoteStep
from assistant.notes.search import index
from assistant.notes.versions.revisions import STEPS_TIME
from assistant.storage import arrivals
from assistant.storage.database import changed
from assistant.users.models import User
from assistant.users.preferences import Preferences, parse

KEPT = Preferences().trash_days
UNBOUND_KEPT = timedelta(days=1)
AT_ONCE = 500  # rows of one statement


def trash(user: int, note: int, now: datetime) -> None:
    """Puts the note into the trash; NotFound when it is someone else's."""
    trash_all(user, [note], now)


def restore(user: int, note: int) -> None:
    """Takes the note out of the trash; NotFound when it is gone or someone else's."""
    restore_all(user, [note])


def trash_all(user: int, notes: Sequence[int], now: datetime) -> int:
    """Puts these notes into the trash; returns how many there are, NotFound when none is the user's."""
    mine = own_ids(user, notes)
    _update(user, mine, Note.trashed.is_null(), trashed=now)
    return len(mine)


def restore_all(user: int, notes: Sequence[int]) -> int:
    """Takes these notes out of the trash; returns how many there are, NotFound when none is the user's."""
    mine = own_ids(user, notes)
    _update(user, mine, Note.trashed.is_null(is_null=False), trashed=None)
    return len(mine)


def archive_all(user: int, notes: Sequence[int], *, on: bool = True) -> int:
    """Puts these notes into the archive or back; returns how many there are, NotFound when none is the user's."""
    mine = own_ids(user, notes)
    _update(user, mine, Note.archived != on, archived=on)
    return len(mine)


def empty_trash(user: int) -> int:
    """Deletes for good what is in the user's trash; returns how many notes that were."""
    return _delete((Note.user == user) & (Note.trashed < arrivals.FIRST))


def delete_some(user: int, most: int) -> int:
    """Deletes for good so many of the user's notes, wherever they are; returns how many that were."""
    some = Note.select(Note.id).where(Note.user == user).order_by(Note.id).limit(most)
    return _delete(Note.id.in_([note.id for note in some]))


def purge(now: datetime) -> int:
    """Deletes for good, of all users, what has been in the trash as long as they wish; returns how many that were.

    With it go pictures that no note took for a day, and steps that are too old to merge by.
    """
    Attachment.delete().where(Attachment.note.is_null() & (Attachment.created < now - UNBOUND_KEPT)).execute()
    NoteStep.delete().where(NoteStep.created < now - STEPS_TIME).execute()
    wanted = {row.id: parse(row.preferences).trash_days for row in User.select(User.id, User.preferences)}
    own = {user: days for user, days in wanted.items() if days != KEPT}
    gone = _delete((Note.trashed < now - timedelta(days=KEPT)) & Note.user.not_in(list(own)))
    return gone + sum(
        _delete((Note.trashed < now - timedelta(days=days)) & (Note.user == user)) for user, days in own.items()
    )


def own_ids(user: int, notes: Sequence[int]) -> list[int]:
    """Those of the ids that are notes of the user; NotFound when none is."""
    found: list[int] = []
    for some in chunked(notes, AT_ONCE):
        rows: Any = Note.select(Note.id).where((Note.user == user) & Note.id.in_(list(some)))
        found += [note for (note,) in rows.tuples()]
    if not found:
        raise NotFound("There is no such note.")
    return found


def _update(user: int, notes: Iterable[int], differs: Expression, **values: Any) -> None:
    for some in chunked(notes, AT_ONCE):
        Note.update(**values).where(Note.id.in_(list(some)) & differs).execute()
        for note in some:
            changed(user, "note", note)
    changed(user, "notes")


def _leave_pictures(gone: set[int]) -> None:
    """Hands pictures of notes that go to other notes of the same user that show them as well."""
    rows: Any = Attachment.select(Attachment.id, Attachment.user).where(Attachment.note.in_(list(gone)[: AT_ONCE * 10]))
    pictures = dict(rows.tuples())
    if not pictures:
        return
    showing = Note.text.contains(ADDRESS) & Note.user.in_(set(pictures.values()))
    for note in Note.select(Note.id, Note.user, Note.text).where(showing).iterator():
        shown = {int(found[1]) for found in SHOWN.finditer(note.text)} & pictures.keys() if note.id not in gone else ()
        for picture in shown:
            if pictures[picture] == note.user:
                Attachment.update(note=note.id).where(Attachment.id == picture).execute()


def _delete(which: Expression) -> int:
    rows: Any = Note.select(Note.id, Note.user, Note.search_row).where(which)
    gone = list(rows.tuples())
    index.remove(row for _, _, row in gone)
    _leave_pictures({note for note, _, _ in gone})
    for some in chunked([note for note, _, _ in gone], AT_ONCE):
        Note.delete().where(Note.id.in_(list(some))).execute()
    for note, user, _ in gone:
        changed(user, "note", note)
    for user in {user for _, user, _ in gone}:
        changed(user, "notes")
    return len(gone)
