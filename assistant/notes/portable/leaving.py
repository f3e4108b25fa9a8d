"""Writes a user's notes into an archive: Markdown to read, and beside it all that Markdown cannot say."""

import secrets
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from peewee import chunked

from assistant.notes import attachments, front_matter
from assistant.notes.models import SHOWN, Attachment, Note, NoteTag, NoteVersion
from assistant.notes.portable.shapes import AttachmentShape, NoteShape, VersionShape
from assistant.notes.transfer.exporter import identity
from assistant.storage import arrivals
from assistant.storage.file_names import Names, linkable, safe
from assistant.storage.packing import Put

AT_ONCE = 50  # notes that are in memory
FOLDER = "notes/"
HISTORY, ATTACHMENTS = f"{FOLDER}history/", f"{FOLDER}attachments/"
SAME = ("path", "title", "title_set", "version", "pinned", "archived", "colour", "trashed", "created", "updated")


@dataclass(slots=True)
class _Beside:
    """What belongs to some notes: their tags and pictures, and which of them have a history."""

    tags: dict[int, list[str]] = field(default_factory=dict)
    pictures: dict[int, list[Any]] = field(default_factory=dict)
    kept: set[int] = field(default_factory=set)


def counts(user: int) -> dict[str, int]:
    """How many notes, pictures and earlier versions would leave."""
    return {
        "notes": _notes(user).count(),
        "note_versions": NoteVersion.select().join(Note).where(_there(user)).count(),
        "attachments": Attachment.select().join(Note).where(_there(user)).count(),
    }


def write(user: int, put: Put, written: Callable[[int], None]) -> None:
    """Puts all notes, also those in the trash, in the order of their changes; ``written`` hears of each."""
    names, files = Names(), _files(user)
    for some in chunked(_ids(user), AT_ONCE):
        beside = _beside(list(some))
        for note in Note.select().where(Note.id.in_(list(some))).order_by(Note.search_row):
            name = names.take(safe(note.title), "")
            markdown, shape = _shaped(note, f"{FOLDER}{name}.md", files, beside)
            put(f"{FOLDER}{name}.md", [markdown.encode()])
            put(f"{HISTORY}{name}.json", _json(shape, note, files, beside))
            written(1)
    for id, file in files.items():  # noqa: A001 - the row's own word
        data: Any = Attachment.select(Attachment.data).where(Attachment.id == id).scalar()
        put(file, [bytes(data)], packed=False)


def _ids(user: int) -> list[int]:
    rows: Any = Note.select(Note.id).where(_there(user)).order_by(Note.search_row).tuples()
    return [note for (note,) in rows]


def _beside(notes: list[int]) -> _Beside:
    found = _Beside()
    tags: Any = NoteTag.select(NoteTag.note, NoteTag.name).where(NoteTag.note.in_(notes)).order_by(NoteTag.id)
    for note, name in tags.tuples():
        found.tags.setdefault(note, []).append(name)
    columns = (Attachment.id, Attachment.note, Attachment.name, Attachment.kind, Attachment.created)
    for picture in Attachment.select(*columns).where(Attachment.note.in_(notes)).order_by(Attachment.id):
        found.pictures.setdefault(picture.note_id or 0, []).append(picture)
    rows: Any = NoteVersion.select(NoteVersion.note).where(NoteVersion.note.in_(notes)).distinct().tuples()
    found.kept = {kept for (kept,) in rows}
    return found


def _there(user: int) -> Any:
    return (Note.user == user) & (Note.trashed.is_null() | (Note.trashed < arrivals.FIRST))


def _notes(user: int) -> Any:
    return Note.select().where(_there(user))


def _files(user: int) -> dict[int, str]:
    """The path of each picture of the notes. A word that is of this archive alone keeps texts from naming one."""
    word = secrets.token_hex(4)
    rows: Any = Attachment.select(Attachment.id, Attachment.name, Attachment.kind).join(Note).where(_there(user))
    return {
        id: f"{ATTACHMENTS}{linkable(name)}-{id}-{word}{attachments.ending(name, kind)}"
        for id, name, kind in rows.order_by(Attachment.id).tuples()  # noqa: A001 - the row's own word
    }


def _shaped(note: Note, path: str, files: dict[int, str], beside: _Beside) -> tuple[str, NoteShape]:
    tags, own = beside.tags.get(note.id, []), beside.pictures.get(note.id, [])
    fields: dict[str, Any] = {"title": note.title} if note.title_set else {}
    fields |= {"tags": tags} if tags else {}
    fields |= {"created": note.created, "updated": note.updated}
    fields |= {name: True for name in ("pinned", "archived") if getattr(note, name)}
    head = front_matter.written(fields)
    texts = [note.text, *(_texts(note) if note.id in beside.kept else ())]
    shown = {int(found[1]) for text in texts for found in SHOWN.finditer(text)} - {one.id for one in own}
    shape = NoteShape(
        id=note.id, key=identity(note), markdown=path, head=len(head), tags=tuple(tags), versions=(),
        attachments=tuple(
            AttachmentShape(file=files[one.id], name=one.name, kind=one.kind, created=one.created) for one in own
        ),
        borrowed=tuple(files[one] for one in sorted(shown) if one in files),
        **{name: getattr(note, name) for name in SAME},
    )  # fmt: skip
    return head + _named(note.text, files), shape


def _named(text: str, files: dict[int, str]) -> str:
    """The text in which pictures have the names of their files, as seen from beside the Markdown."""
    return SHOWN.sub(lambda found: files.get(int(found[1]), found[0]).removeprefix(FOLDER), text)


def _texts(note: Note) -> Iterator[str]:
    for version in NoteVersion.select(NoteVersion.text).where(NoteVersion.note == note).iterator():
        yield version.text


def _versions(note: Note) -> Iterator[NoteVersion]:
    rows: Iterator[NoteVersion] = (
        NoteVersion.select().where(NoteVersion.note == note).order_by(NoteVersion.id).iterator()
    )
    return rows


def _json(shape: NoteShape, note: Note, files: dict[int, str], beside: _Beside) -> Iterator[bytes]:
    yield (shape.model_dump_json(indent=1, exclude={"versions"}).removesuffix("\n}") + ',\n "versions": [').encode()
    first = True
    for one in _versions(note) if note.id in beside.kept else ():
        version = VersionShape(
            version=one.version, title=one.title, tags=one.tags, reason=one.reason, created=one.created,
            text=_named(one.text, files),
        )  # fmt: skip
        yield ("\n  " if first else ",\n  ").encode() + version.model_dump_json().encode()
        first = False
    yield b"\n ]}\n"
