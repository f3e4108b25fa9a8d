"""A user's notes: written, named, ordered; each function is one unit of work.

The room's other functions stand where they belong and are called from here: lists in
``catalogue``, the trash in ``trash``, tags in ``tags``, earlier texts in ``history``.
"""

from collections.abc import Sequence
from datetime import datetime

from assistant.errors import Conflict, Invalid
from assistant.notes import attachments, history, links, revisions
from assistant.notes.catalogue import (
    Counts,
    Listed,
    Page,
    backlinks,
    by_title,
    counts,
    listing,
    templates,
    titles,
)
from assistant.notes.merge import merge
from assistant.notes.models import COLOURS, Note, NoteLink
from assistant.notes.revisions import Saved
from assistant.notes.source import tick
from assistant.notes.trash import (
    archive_all,
    empty_trash,
    own_ids,
    purge,
    restore,
    restore_all,
    trash,
    trash_all,
)
from assistant.notes.typed import TEXT_LIMIT, checked_text, checked_title, tag_key
from assistant.storage.database import changed

__all__ = [
    "Counts", "Listed", "Page", "Saved", "Stale", "archive", "archive_all", "backlinks", "by_title", "counts",
    "create", "duplicate", "empty_trash", "follow", "get", "listing", "pin", "purge", "rename", "restore",
    "restore_all", "save", "set_colour", "set_tags", "tag_all", "templates", "tick", "titles", "trash", "trash_all",
]  # fmt: skip


class Stale(Conflict):
    """The note changed since the version that was edited, in the same places.

    ``theirs`` and ``title_now`` are what is stored now, as ``version``; ``base`` is the text that was
    edited, None when it is too long ago.
    """

    def __init__(self, note: Note, base: str | None) -> None:
        super().__init__("This note was changed somewhere else meanwhile.", field="text")
        self.theirs: str = note.text
        self.title_now: str = note.title
        self.version: int = note.version
        self.base = base


def create(
    user: int,
    now: datetime,
    *,
    text: str = "",
    title: str = "",
    tags: Sequence[str] = (),
    key: str | None = None,
    created: datetime | None = None,
    updated: datetime | None = None,
    pinned: bool = False,
    archived: bool = False,
    colour: str = "",
) -> Note:
    """The new note; with a ``key`` that was used before, the note that it made then.

    Raises Invalid with the field (text, title, tags, colour) for what cannot be.
    """
    known = Note.get_or_none((Note.user == user) & (Note.key == key)) if key else None
    if known is not None:
        return known
    return revisions.begin(
        user, now, text=text, title=title, tags=tags, key=key or None, pinned=pinned, archived=archived,
        colour=_checked_colour(colour), created=created or now, updated=updated or created or now,
    )  # fmt: skip


def get(user: int, note: int) -> Note:
    """The user's note, in the trash or not; NotFound when it is gone or someone else's."""
    return revisions.own(user, note)


def save(
    user: int,
    note: int,
    text: str,
    version: int,
    *,
    now: datetime,
    title: str | None = None,
    unheard: str | None = None,
) -> Saved:
    """What is stored after saving a text that was written on that version.

    On the current version it is stored as it is. On an older one it is merged with what came
    since, where both changed different places; otherwise Stale is raised and nothing is stored.
    Saving the same twice is saving it once. ``unheard`` is a text that the same page sent before
    and got no answer to: if it arrived, what is saved now was written on it. An empty title means
    the first line; None leaves it. Raises Invalid with the field for what is too long, NotFound
    when the note is gone or someone else's.
    """
    home = revisions.own(user, note)
    text = checked_text(text)
    if version == home.version:
        if text != home.text:
            history.keep_before(home, text, now)
        return revisions.write(home, now, text=text, title=title)
    if not 0 < version < home.version:
        version = home.version + 1  # from another life of the database: nothing leads back to it
    sent = None if unheard is None else checked_text(unheard)
    return _save_stale(home, text, version, now=now, title=title, unheard=sent)


def rename(user: int, note: int, title: str, now: datetime) -> Saved:
    """Sets the title, which links in the user's other notes follow; empty means the first line.

    Raises Invalid (field title) when it is too long, NotFound when the note is someone else's.
    """
    home = revisions.own(user, note)
    old, leads_here = home.title, by_title(user, home.title) == note
    saved = revisions.write(home, now, title=title)
    if leads_here and follow(user, old, saved.title, now):
        return revisions.saved(revisions.own(user, note))
    return saved


def follow(user: int, old: str, new: str, now: datetime) -> int:
    """Makes the links to one title in the user's notes lead to another; returns how many notes had any."""
    if links.key(old) == links.key(new) or not links.key(new):
        return 0
    linking = NoteLink.select(NoteLink.note).where((NoteLink.user == user) & (NoteLink.key == links.key(old)))
    count = 0
    for note in list(Note.select().where(Note.id.in_(linking))):
        text = links.renamed(note.text, old, new)
        # A note so full that the longer title no longer fits keeps the old link rather than failing.
        if len(text.encode()) <= TEXT_LIMIT:
            revisions.write(note, now, text=text, quiet=True)
            count += 1
    return count


def set_tags(user: int, note: int, tags: Sequence[str], now: datetime) -> Saved:
    """Gives the note these tags and no others.

    Raises Invalid (field tags) when they are too many or too long, NotFound when the note is
    someone else's.
    """
    return revisions.write(revisions.own(user, note), now, tags=tags, quiet=True)


def tag_all(
    user: int, notes: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = (), now: datetime
) -> int:
    """Adds and removes tags on these notes; returns how many notes there are.

    Raises Invalid (field tags) when one has too many then, NotFound when none is the user's.
    """
    mine = own_ids(user, notes)
    unwanted = {tag_key(tag) for tag in remove}
    for id in mine:  # noqa: A001 - the row's own word
        kept = [tag for tag in revisions.tag_names(id) if tag_key(tag) not in unwanted]
        set_tags(user, id, [*kept, *add], now)
    return len(mine)


def set_colour(user: int, note: int, colour: str) -> None:
    """Colours the note; Invalid (field colour) for an unknown one, NotFound when it is someone else's."""
    _set(user, note, colour=_checked_colour(colour))


def pin(user: int, note: int, *, on: bool = True) -> None:
    """Pins the note to the top of its list, or no longer; NotFound when it is someone else's."""
    _set(user, note, pinned=on)


def archive(user: int, note: int, *, on: bool = True) -> None:
    """Puts the note into the archive or back; NotFound when it is someone else's."""
    archive_all(user, [note], on=on)


def duplicate(user: int, note: int, now: datetime) -> Note:
    """A new note with the same text, tags, colour and pictures; NotFound when it is someone else's."""
    old = revisions.own(user, note)
    title = f"{old.title[:290]} (copy)" if old.title_set else ""
    new = create(user, now, text=old.text, title=title, tags=revisions.tag_names(note), colour=old.colour)
    revisions.write(new, now, text=attachments.copied(old, new, now))
    return new


def _save_stale(note: Note, text: str, version: int, *, now: datetime, title: str | None, unheard: str | None) -> Saved:
    base, base_title = revisions.text_at(note, version) or (None, None)
    if unheard is not None and _arrived(note, unheard, version):
        base = unheard
    merged = _merged(note, text, version, base)
    chosen = revisions.title_set(note)
    if title is not None and checked_title(title) in {base_title, chosen}:
        title = None
    # Two titles cannot be merged: one that changed on both sides is for the person to choose.
    if merged is None or (title is not None and base_title != chosen):
        raise Stale(note, base)
    if merged not in {text, note.text}:
        history.keep(note, now, reason="merge")
        history.keep(note, now, reason="merge", text=text, version=version)
    elif merged != note.text:
        history.keep_before(note, merged, now)
    return revisions.write(note, now, text=merged, title=title)


def _merged(note: Note, text: str, version: int, base: str | None) -> str | None:
    if text in {note.text, base} or _arrived(note, text, version):
        return note.text
    merged = None if base is None else merge(base, text, note.text)
    return None if merged is None or len(merged.encode()) > TEXT_LIMIT else merged


def _arrived(note: Note, text: str, version: int) -> bool:
    return revisions.had_since(note, version + 1, text) or history.merged_before(note, version, text)


def _set(user: int, note: int, **values: object) -> None:
    if not Note.update(**values).where((Note.id == note) & (Note.user == user)).execute():
        revisions.own(user, note)
    changed(user, "note", note)
    changed(user, "notes")


def _checked_colour(colour: str) -> str:
    if colour not in COLOURS:
        raise Invalid("This colour does not exist.", field="colour")
    return colour
