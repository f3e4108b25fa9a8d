"""Notes as Markdown files, which other apps read and which our own import reads back to the same rows."""

import asyncio
import hashlib
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import IO, Any

from peewee import chunked

from assistant.notes import attachments, front_matter, trash
from assistant.notes.models import SHOWN, Attachment, Note, NoteTag
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from assistant.storage.file_names import Names, linkable, safe

AT_ONCE = 50  # notes that are in memory
FOLDER = "attachments/"
OWN = ("assistant-id", "assistant-sum", "attachments")
FIELDS = ("title", "tags", "created", "updated", "pinned", "archived", "colour")
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST, LAST = (1980, 1, 1, 0, 0, 0), (2107, 12, 31, 23, 59, 58)  # what a zip can date

Progress = Callable[[int, int], None]
Cancelled = Callable[[], bool]


@dataclass(slots=True)
class Exported:
    """What stands in the zip; after ``cancelled`` it is not everything."""

    notes: int = 0
    attachments: int = 0
    cancelled: bool = False


@dataclass(slots=True)
class _Leaving:
    note: Note
    tags: list[str]
    pictures: dict[int, Attachment]  # without their bytes
    files: dict[int, str] = field(default_factory=dict)


def one(user: int, note: int) -> tuple[str, str]:
    """A file name for the note, and its text; NotFound when it is someone else's."""
    found = revisions.get_own(user, note)
    return f"{safe(found.title)}.md", found.text


async def write(
    database: Database,
    user: int,
    target: Path | IO[bytes],
    notes: Sequence[int] | None = None,
    *,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Exported:
    """Writes a zip of these notes, or of all that are not in the trash, and says what is in it.

    The same notes make the same bytes. ``progress`` hears of notes written and of all;
    ``cancelled`` is asked between them. Raises NotFound when none of the notes is the user's.
    """
    ids = await database.read(_ids, user, notes)
    exported, names, done = Exported(), Names(), 0
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for some in chunked(ids, AT_ONCE):
            if cancelled and cancelled():
                exported.cancelled = True
                break
            for leaving in await database.read(_leaving, user, list(some)):
                await asyncio.to_thread(_write_note, file, names, leaving)
                await _write_pictures(database, user, file, leaving)
                exported.notes += 1
                exported.attachments += len(leaving.files)
            done += len(some)
            if progress:
                progress(done, len(ids))
    return exported


def identity(note: Note) -> str:
    """What tells this note from every other, here and where it was imported."""
    return note.key or own_identity(note.id, note.created)


def own_identity(note: int, created: datetime) -> str:
    """What tells a note that began here from every other."""
    return f"note-{note}-{(created - EPOCH) // timedelta(microseconds=1)}"


def upward(path: str) -> str:
    """The way from the file to the top."""
    return "../" * path.count("/")


def sum_of(body: str) -> str:
    """A check sum of a file's text, by which one sees that it was changed outside."""
    return hashlib.sha256(body.encode()).hexdigest()[:16]


def _ids(user: int, notes: Sequence[int] | None) -> list[int]:
    if notes is not None:
        return sorted(set(trash.own_ids(user, notes)))
    rows: Any = Note.select(Note.id).where((Note.user == user) & Note.trashed.is_null()).order_by(Note.id).tuples()
    return [note for (note,) in rows]


def _leaving(user: int, ids: list[int]) -> list[_Leaving]:
    chosen = Note.select().where((Note.user == user) & Note.id.in_(ids)).order_by(Note.id)
    leaving = {note.id: _Leaving(note, [], {}) for note in chosen}
    for tag in NoteTag.select().where(NoteTag.note.in_(list(leaving))).order_by(NoteTag.id):
        leaving[tag.note_id].tags.append(tag.name)
    columns = (Attachment.id, Attachment.note, Attachment.name, Attachment.kind)
    for picture in Attachment.select(*columns).where(Attachment.note.in_(list(leaving))).order_by(Attachment.id):
        leaving[picture.note_id or 0].pictures[picture.id] = picture
    for each in leaving.values():
        # A text may show a picture of another note: then it takes a copy along.
        others = {int(found[1]) for found in SHOWN.finditer(each.note.text)} - set(each.pictures)
        for some in chunked(sorted(others), trash.AT_ONCE):
            mine = (Attachment.user == user) & Attachment.id.in_(list(some))
            each.pictures |= {picture.id: picture for picture in Attachment.select(*columns).where(mine)}
    return list(leaving.values())


def _write_note(file: zipfile.ZipFile, names: Names, leaving: _Leaving) -> None:
    note = leaving.note
    leaving.files = {id: _file(picture, note.text) for id, picture in leaving.pictures.items()}  # noqa: A001
    path = note.path or f"{safe(note.title)}.md"
    addresses = {id: upward(path) + FOLDER + name for id, name in leaving.files.items()}  # noqa: A001
    body = SHOWN.sub(lambda found: addresses.get(int(found[1]), found[0]), note.text)
    more, rest = _own_fields(body)
    text = front_matter.written(dict(_fields(leaving, body)), more) + rest
    file.writestr(_dated(names.take(path.removesuffix(".md"), ".md"), note.updated), text.encode())


def _own_fields(body: str) -> tuple[str, str]:
    """The fields that the text begins with, and what is below, where our own fields can stand beside them."""
    header, _ = front_matter.split(body)
    lines = header.kept(())
    rest = body[len(front_matter.joined(lines, "")) :]
    apart = header.fields.keys() & {*FIELDS, *OWN} or len(lines) > front_matter.LIMIT // 2
    return (lines, rest) if not apart and front_matter.joined(lines, rest) == body else ("", body)


def _fields(leaving: _Leaving, body: str) -> Iterator[tuple[str, str | bool | datetime | list[str]]]:
    note = leaving.note
    if note.title_set:
        yield "title", note.title
    if leaving.tags:
        yield "tags", leaving.tags
    yield from (("created", note.created), ("updated", note.updated))
    yield from ((name, True) for name in ("pinned", "archived") if getattr(note, name))
    if note.colour:
        yield "colour", note.colour
    yield from (("assistant-id", identity(note)), ("assistant-sum", sum_of(body)))
    if leaving.files:
        yield "attachments", [f"{name}: {leaving.pictures[id].name}" for id, name in leaving.files.items()]  # noqa: A001


def _file(picture: Attachment, text: str) -> str:
    name, ending = f"{linkable(picture.name)}-{picture.id}", attachments.ending(picture.name, picture.kind)
    while f"{FOLDER}{name}{ending}" in text:  # it must not be taken for the address that it stands for
        name += "x"
    return name + ending


async def _write_pictures(database: Database, user: int, file: zipfile.ZipFile, leaving: _Leaving) -> None:
    for id, name in leaving.files.items():  # noqa: A001 - the row's own word
        data = await database.read(_bytes, user, id)
        if data is not None and FOLDER + name not in file.NameToInfo:
            info = _dated(FOLDER + name, leaving.note.created, zipfile.ZIP_STORED)
            await asyncio.to_thread(file.writestr, info, data)


def _bytes(user: int, picture: int) -> bytes | None:
    mine = (Attachment.id == picture) & (Attachment.user == user)
    found: Any = Attachment.select(Attachment.data).where(mine).scalar()
    return None if found is None else bytes(found)


def _dated(name: str, moment: datetime, how: int = zipfile.ZIP_DEFLATED) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, min(max(moment.timetuple()[:6], FIRST), LAST))
    info.compress_type, info.create_system, info.external_attr = how, 3, 0o644 << 16
    return info
