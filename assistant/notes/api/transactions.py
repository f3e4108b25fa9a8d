"""The units of work of the API: what one request does in one transaction."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from peewee import chunked, fn

from assistant.components.markdown.titles import WIKI, wiki_title
from assistant.errors import Conflict
from assistant.notes import attachments, models, notebook, trash
from assistant.notes.api.shapes import Bulk, Changes, New, Save
from assistant.notes.markdown_source import prose, title_key
from assistant.notes.models import Note
from assistant.notes.queries import Listed
from assistant.notes.validation import valid_text
from assistant.notes.versions import history, revisions
from assistant.storage.text import one_line

AT_ONCE = 500  # values of one statement


@dataclass(frozen=True, slots=True)
class Opened:
    """A note with its text and where its links lead; ``missing`` are titles that no note has."""

    row: Listed
    text: str
    title_set: bool
    links: dict[str, int]
    missing: list[str]


def opened(user: int, note: int) -> Opened:
    """The user's note; NotFound when it is someone else's."""
    home = notebook.get(user, note)
    return Opened(_listed(home), home.text, home.title_set, *linked(user, home.text))


def row(user: int, note: int) -> Listed:
    """The user's note as lists show it; NotFound when it is someone else's."""
    return _listed(notebook.get(user, note))


def create(user: int, new: New, now: datetime) -> Opened:
    """The new note, which takes the pictures that it shows."""
    note = notebook.create(
        user, now, text=new.text, title=new.title, tags=new.tags, key=new.key, colour=new.colour
    )  # fmt: skip
    take_pictures(user, note.id, note.text)
    return opened(user, note.id)


def save(user: int, note: int, sent: Save, now: datetime) -> revisions.Saved:
    """What is stored after the save; the note takes the pictures that it shows."""
    if sent.beside is not None:
        history.keep(notebook.get(user, note), now, reason="merge", text=valid_text(sent.beside))
    saved = notebook.save(user, note, sent.text, sent.version, now=now, title=sent.title, unheard=sent.unheard)
    take_pictures(user, note, saved.text)
    return saved


def change(user: int, note: int, changes: Changes, now: datetime) -> Listed:
    """Changes what is given, all or nothing."""
    if changes.title is not None:
        notebook.rename(user, note, changes.title, now)
    if changes.tags is not None:
        notebook.set_tags(user, note, changes.tags, now)
    if changes.colour is not None:
        notebook.set_colour(user, note, changes.colour)
    if changes.pinned is not None:
        notebook.pin(user, note, on=changes.pinned)
    if changes.archived is not None:
        notebook.archive(user, note, on=changes.archived)
    if changes.followed:
        notebook.follow_first_line(user, note, changes.followed, now)
    return row(user, note)


def duplicate(user: int, note: int, now: datetime) -> Opened:
    """The copy of the note."""
    return opened(user, notebook.duplicate(user, note, now).id)


def restore(user: int, note: int) -> Listed:
    """The note, out of the trash."""
    trash.restore(user, note)
    return row(user, note)


def bulk(user: int, wanted: Bulk, now: datetime) -> int:
    """Does one thing with many notes; returns how many there are."""
    ids, tags = wanted.ids, wanted.tags
    actions: dict[str, Callable[[], int]] = {
        "tag": lambda: notebook.tag_all(user, ids, add=tags, now=now),
        "untag": lambda: notebook.tag_all(user, ids, remove=tags, now=now),
        "archive": lambda: trash.archive_all(user, ids),
        "unarchive": lambda: trash.archive_all(user, ids, on=False),
        "trash": lambda: trash.trash_all(user, ids, now),
        "restore": lambda: trash.restore_all(user, ids),
    }
    return actions[wanted.action]()


def text_at(user: int, note: int, version: int) -> str:
    """The note's text at that version; Conflict when nothing leads back to it."""
    found = revisions.text_at(notebook.get(user, note), version)
    if found is None:
        raise Conflict("This note was changed somewhere else meanwhile.", field="text")
    return found[0]


def version_of(user: int, note: int, version: int) -> tuple[dict[str, Any], str]:
    """An earlier version's values, and the text of now."""
    found = history.get_version(user, note, version)
    return {**found.__data__}, notebook.get(user, note).text


def linked(user: int, text: str) -> tuple[dict[str, int], list[str]]:
    """The titles that the text links to, with the note of each, and those that no note has."""
    if "[[" not in text:
        return {}, []
    written: dict[str, str] = {}
    for link in WIKI.finditer(prose(text)):
        title = wiki_title(link[1])
        written.setdefault(title_key(title), one_line(title))
    written.pop("", None)
    known = _by_keys(user, written)
    there = {title: known[key] for key, title in written.items() if key in known}
    return there, [title for key, title in written.items() if key not in known]


def _by_keys(user: int, keys: Iterable[str]) -> dict[str, int]:
    known: dict[str, int] = {}
    for some in chunked(keys, AT_ONCE):
        chosen = (Note.user == user) & Note.title_key.in_(list(some)) & Note.trashed.is_null()
        rows: Any = Note.select(Note.title_key, fn.MIN(Note.id)).where(chosen).group_by(Note.title_key)
        known |= dict(rows.tuples())
    return known


def take_pictures(user: int, note: int, text: str) -> None:
    """Gives the note the pictures that its text shows."""
    shown = {int(found[1]) for found in models.SHOWN.finditer(text)}
    for some in chunked(shown, AT_ONCE):
        attachments.bind(user, note, list(some))


def _listed(note: Note) -> Listed:
    values: dict[str, Any] = {f.name: getattr(note, f.name) for f in fields(Listed) if f.name != "tags"}
    return Listed(**values, tags=tuple(revisions.tag_names(note.id)))
