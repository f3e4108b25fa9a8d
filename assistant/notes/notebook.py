"""A user's notes: written, named, ordered; each function is one unit of work."""

from collections.abc import Sequence
from datetime import datetime

from assistant.errors import Invalid
from assistant.notes import attachments, queries, renaming, trash
from assistant.notes.links import names
from assistant.notes.links.written import title_key
from assistant.notes.models import COLOURS, Note
from assistant.notes.validation import tag_key, valid_text
from assistant.notes.versions import conflicts, history, revisions
from assistant.notes.versions.revisions import Saved
from assistant.storage.database import changed
from assistant.storage.text import clean, one_line

PATH_LIMIT = Note.path.max_length


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
    path: str = "",
) -> Note:
    """The new note; with a ``key`` that was used before, the note that it made then.

    Raises Invalid with the field (text, title, tags, colour) for what cannot be.
    """
    known = Note.get_or_none((Note.user == user) & (Note.key == key)) if key else None
    if known is not None:
        return known
    return revisions.begin(
        user, now, text=text, title=title, tags=tags, key=key or None, pinned=pinned, archived=archived,
        colour=_valid_colour(colour), path=clean(path)[:PATH_LIMIT], created=created or now,
        updated=updated or created or now,
    )  # fmt: skip


def get(user: int, note: int) -> Note:
    """The user's note, in the trash or not; NotFound when it is gone or someone else's."""
    return revisions.get_own(user, note)


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
    since, where both changed different places; otherwise ``conflicts.Stale`` is raised and nothing
    is stored. Saving the same twice is saving it once. ``unheard`` is a text that the same page sent before
    and got no answer to: if it arrived, what is saved now was written on it. An empty title means
    the first line; None leaves it. Raises Invalid with the field for what is too long, NotFound
    when the note is gone or someone else's.
    """
    home = revisions.get_own(user, note)
    text = valid_text(text)
    if version == home.version:
        if text != home.text:
            history.keep_before(home, text, now)
        return revisions.write(home, now, text=text, title=title)
    if not 0 < version < home.version:
        version = home.version + 1  # from another life of the database: nothing leads back to it
    sent = None if unheard is None else valid_text(unheard)
    return conflicts.save_stale(home, text, version, now=now, title=title, unheard=sent)


def rename(user: int, note: int, title: str, now: datetime) -> Saved:
    """Sets the title, which links in the user's other notes follow; empty means the first line.

    Raises Invalid (field title) when it is too long, NotFound when the note is someone else's.
    """
    home = revisions.get_own(user, note)
    old, leading = home.title, names.leading_to(home)
    saved = revisions.write(home, now, title=title)
    if renaming.follow_note(home, old, leading, now):
        return revisions.saved(revisions.get_own(user, note))
    return saved


def follow_first_line(user: int, note: int, before: str, now: datetime) -> str:
    """Makes links to the title that the note had ``before`` follow, unless another note has it; returns its title.

    Raises NotFound when the note is gone or someone else's.
    """
    home, before = revisions.get_own(user, note), one_line(before)
    if home.title and before and queries.by_title(user, before) in {None, note}:
        renaming.follow_note(home, before, names.leading_to(home) | {title_key(before)}, now)
    return home.title


def set_tags(user: int, note: int, tags: Sequence[str], now: datetime) -> Saved:
    """Gives the note these tags and no others.

    Raises Invalid (field tags) when they are too many or too long, NotFound when the note is
    someone else's.
    """
    return revisions.write(revisions.get_own(user, note), now, tags=tags, quiet=True)


def tag_all(
    user: int, notes: Sequence[int], *, add: Sequence[str] = (), remove: Sequence[str] = (), now: datetime
) -> int:
    """Adds and removes tags on these notes; returns how many notes there are.

    Raises Invalid (field tags) when one has too many then, NotFound when none is the user's.
    """
    mine = trash.own_ids(user, notes)
    unwanted = {tag_key(tag) for tag in remove}
    for id in mine:  # noqa: A001 - the row's own word
        kept = [tag for tag in revisions.tag_names(id) if tag_key(tag) not in unwanted]
        set_tags(user, id, [*kept, *add], now)
    return len(mine)


def set_colour(user: int, note: int, colour: str) -> None:
    """Colours the note; Invalid (field colour) for an unknown one, NotFound when it is someone else's."""
    _set(user, note, colour=_valid_colour(colour))


def pin(user: int, note: int, *, on: bool = True) -> None:
    """Pins the note to the top of its list, or no longer; NotFound when it is someone else's."""
    _set(user, note, pinned=on)


def archive(user: int, note: int, *, on: bool = True) -> None:
    """Puts the note into the archive or back; NotFound when it is someone else's."""
    trash.archive_all(user, [note], on=on)


def duplicate(user: int, note: int, now: datetime) -> Note:
    """A new note with the same text, tags, colour and pictures; NotFound when it is someone else's."""
    old = revisions.get_own(user, note)
    title = f"{old.title[:290]} (copy)" if old.title_set else ""
    new = create(user, now, text=old.text, title=title, tags=revisions.tag_names(note), colour=old.colour)
    revisions.write(new, now, text=attachments.copied(old, new, now))
    return new


def begin_from(user: int, template: int, now: datetime) -> Note:
    """A new note with the template's text, pictures and other tags; NotFound when it is someone else's."""
    old = revisions.get_own(user, template)
    tags = [tag for tag in revisions.tag_names(template) if tag_key(tag) != queries.TEMPLATE]
    new = create(user, now, text=old.text, tags=tags, colour=old.colour)
    revisions.write(new, now, text=attachments.copied(old, new, now))
    return new


def _set(user: int, note: int, **values: object) -> None:
    if not Note.update(**values).where((Note.id == note) & (Note.user == user)).execute():
        revisions.get_own(user, note)
    changed(user, "note", note)
    changed(user, "notes")


def _valid_colour(colour: str) -> str:
    if colour not in COLOURS:
        raise Invalid("This colour does not exist.", field="colour")
    return colour
