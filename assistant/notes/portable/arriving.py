"""Takes notes of an archive in: compared first, then stored under a mark, a few at a time."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from pydantic import ValidationError

from assistant.errors import Invalid
from assistant.notes import attachments
from assistant.notes.links import names
from assistant.notes.models import ADDRESS, COLOURS, SHOWN, Attachment, Note, NoteTag, NoteVersion
from assistant.notes.portable.leaving import FOLDER
from assistant.notes.portable.shapes import AttachmentShape, NoteShape
from assistant.notes.search import index
from assistant.notes.transfer.exporter import own_identity
from assistant.notes.transfer.importer import IN_TRASH
from assistant.notes.validation import tag_key, valid_tags, valid_text, valid_title
from assistant.notes.versions import revisions
from assistant.storage import arrivals
from assistant.storage.database import changed
from assistant.storage.packing import UNREADABLE, Get

AT_ONCE = 100  # rows of one statement
TWICE = "It was changed both here and in the file: what is in the file is kept as a second note."
NEWER_HERE = "It was changed here since: it stays as it is here."


@dataclass(slots=True)
class Incoming:
    """Notes of one user that come in: what came of them, or would come; ``remarks`` are about single ones, by title.

    ``notes`` are the ids as they were and are, ``trashed`` when those got there that are in the trash, ``files`` the
    pictures' new ids.
    """

    user: int
    get: Get
    new: int = 0
    here: int = 0
    pictures: int = 0
    remarks: list[tuple[str, str]] = field(default_factory=list)
    notes: dict[int, int] = field(default_factory=dict)
    trashed: dict[int, str] = field(default_factory=dict)
    files: dict[str, int] = field(default_factory=dict)
    known: dict[str, int] | None = None

    @property
    def counts(self) -> dict[str, int]:
        """What is new and what is here already, as it is told."""
        return {"new notes": self.new, "attachments of notes": self.pictures, "notes here already": self.here}

    @property
    def then(self) -> dict[str, Any]:
        """What ``land`` has to know."""
        return {"trashed": self.trashed}

    def plan(self, paths: Iterable[str]) -> Iterator[None]:
        """Says what would come of the notes in these files, one at each step; reads only."""
        for path in paths:
            self._judge(read(self.get, path))
            yield

    def store(self, paths: Iterable[str], mark: datetime) -> Iterator[None]:
        """Writes the notes that are not here yet under the mark, one at each step."""
        borrowing: list[tuple[int, str]] = []
        for path in paths:
            shape = read(self.get, path)
            key = self._judge(shape)
            if key:
                note = self._write(shape, key, mark)
                if shape.borrowed:
                    borrowing.append((note.id, path))
                elif shape.attachments:
                    self._fill(note, shape)
            yield
        for id, path in borrowing:  # noqa: A001 - the row's own word
            self._fill(revisions.get_own(self.user, id), read(self.get, path))
            yield

    def _judge(self, shape: NoteShape) -> str:
        """The key under which the note is to be stored; empty where it is here already."""
        here, key = self._known(shape.key), shape.key
        if here is not None:
            self.notes[shape.id] = here.id
            said = _compared(here, shape, self.get)
            if said is not None:
                self.here += 1
                self.remarks += [(shape.title, said)] if said else []
                return ""
            key = hashlib.sha256(f"second\0{shape.key}\0{shape.model_dump_json()}".encode()).hexdigest()
            if self._known(key) is not None:
                self.here += 1
                return ""
            self.remarks.append((shape.title, TWICE))
        self.new += 1
        self.pictures += len(shape.attachments)
        return key

    def _known(self, key: str) -> Note | None:
        """The note of that key; what was here at the beginning is read once, as most of what comes is new."""
        if self.known is None:
            rows: Any = Note.select(Note.id, Note.key, Note.created).where(Note.user == self.user).tuples()
            self.known = {key or own_identity(note, created): note for note, key, created in rows.iterator()}
        return Note.get_or_none(Note.id == self.known[key]) if key in self.known else None

    def _write(self, shape: NoteShape, key: str, mark: datetime) -> Note:
        whole = not shape.attachments and not shape.borrowed
        note = Note(
            user=self.user, key=key, text=self._text(shape) if whole else "", version=shape.version,
            pinned=shape.pinned, archived=shape.archived, colour=shape.colour, path=shape.path, trashed=mark,
            created=shape.created, updated=shape.updated, search_row=index.next_row(),
        )  # fmt: skip
        revisions.name(note, valid_title(shape.title) if shape.title_set else "")
        note.id = arrivals.insert(Note, **{name: note.__data__[name] for name in note.__data__ if name != "id"})
        tags = valid_tags(shape.tags)
        arrivals.insert_all(
            NoteTag, [{"note": note.id, "user": self.user, "name": tag, "key": tag_key(tag)} for tag in tags]
        )
        if whole:
            self._keep(note, shape, tags)
        for picture in shape.attachments:
            self.files[picture.file] = self._attach(note, picture)
        self.notes[shape.id] = note.id
        if shape.trashed is not None:
            self.trashed[note.id] = shape.trashed.isoformat()
        return note

    def _text(self, shape: NoteShape) -> str:
        return valid_text(_addressed(_body(shape, self.get), self._addresses(shape)))

    def _addresses(self, shape: NoteShape) -> dict[str, str]:
        shown = [*(one.file for one in shape.attachments), *shape.borrowed]
        return {file.removeprefix(FOLDER): f"{ADDRESS}{self.files[file]}" for file in shown if file in self.files}

    def _attach(self, note: Note, picture: AttachmentShape) -> int:
        with self.get(picture.file) as file:
            data = file.read(attachments.SIZE_LIMIT + 1)
        judged = attachments.kind_of_any(data, picture.name if picture.kind == attachments.FILE else "x.png")
        kind = attachments.FILE if picture.kind == attachments.FILE else judged
        digest = hashlib.sha256(data).hexdigest()
        row = Attachment.insert(
            user=self.user, note=note.id, name=picture.name, kind=kind, size=len(data), created=picture.created,
            digest=digest, data=data,
        )  # fmt: skip
        return int(row.execute())

    def _fill(self, note: Note, shape: NoteShape) -> None:
        """Gives the note its text, now that the pictures that it shows have their addresses."""
        note.text = self._text(shape)
        revisions.name(note, valid_title(shape.title) if shape.title_set else "")
        note.save()
        self._keep(note, shape, valid_tags(shape.tags))

    def _keep(self, note: Note, shape: NoteShape, tags: list[str]) -> None:
        """Puts the note into the index, and keeps what its text names, and its history."""
        index.write(note, tags)
        names.store(note, fresh=True)
        addresses = self._addresses(shape)
        for one in shape.versions:
            text = _addressed(one.text, addresses)
            arrivals.insert(
                NoteVersion, note=note.id, version=one.version, title=one.title, tags=one.tags, reason=one.reason,
                size=len(text.encode()), created=one.created, text=text,
            )  # fmt: skip


def read(get: Get, path: str) -> NoteShape:
    """The note in that file; raises Invalid with the file for what is none."""
    try:
        with get(path) as file:
            shape = NoteShape.model_validate_json(file.read())
    except ValidationError:
        raise Invalid(UNREADABLE.format(path)) from None
    if shape.colour not in COLOURS or not all(_is_list(version.tags) for version in shape.versions):
        raise Invalid(UNREADABLE.format(path))
    return shape


def _is_list(tags: str) -> bool:
    try:
        found = json.loads(tags)
    except ValueError:
        return False
    return isinstance(found, list) and all(isinstance(tag, str) for tag in found)


def land(user: int, mark: datetime, trashed: dict[int, str]) -> Iterator[None]:
    """Takes the mark off, some notes at each step."""
    rows: Any = Note.select(Note.id).where((Note.user == user) & (Note.trashed == mark)).limit(AT_ONCE)
    while ids := [note for (note,) in rows.clone().tuples()]:
        Note.update(trashed=None).where(Note.id.in_([note for note in ids if note not in trashed])).execute()
        for note in ids:
            if note in trashed:
                Note.update(trashed=datetime.fromisoformat(trashed[note])).where(Note.id == note).execute()
        changed(user, "notes")
        yield


def undo(mark: datetime) -> bool:
    """Removes some notes that bear the mark; whether there are more."""
    rows: Any = Note.select(Note.id, Note.search_row).where(Note.trashed == mark).limit(AT_ONCE).tuples()
    found = list(rows)
    index.remove(row for _, row in found)
    return bool(Note.delete().where(Note.id.in_([note for note, _ in found])).execute())


def _compared(here: Note, shape: NoteShape, get: Get) -> str | None:
    """What is to be said of a note that is here and stays as it is, if anything; None where the two are different."""
    digests = _digests(shape, get)
    text = _addressed(_body(shape, get), {name: f"<{digest}>" for name, digest in digests.items()})
    tags = {tag_key(tag) for tag in revisions.tag_names(here.id)}
    if (_told(here, here.text), here.title, tags) == (text, shape.title, {tag_key(tag) for tag in shape.tags}):
        return IN_TRASH if here.trashed is not None and shape.trashed is None else ""
    return NEWER_HERE if here.updated >= shape.updated and _was_here(here, text) else None


def _was_here(here: Note, text: str) -> bool:
    """Whether the text, pictures told by their sums, was the note's once, as far as its history knows."""
    own = {f"<{one.digest}>": f"{ADDRESS}{one.id}" for one in attachments.of_note(here.user, here.id)}
    if _told(here, here.text) == text or revisions.had_since(here, 0, _addressed(text, own)):
        return True
    kept = NoteVersion.select(NoteVersion.text).where(NoteVersion.note == here)
    return any(_told(here, version.text) == text for version in kept.iterator())


def _told(here: Note, text: str) -> str:
    """The text in which pictures are told by their sums, which are the same in every account."""
    ids = {int(found[1]) for found in SHOWN.finditer(text)}
    rows: Any = Attachment.select(Attachment.id, Attachment.digest)
    mine = (Attachment.user == here.user) & Attachment.id.in_(sorted(ids))
    digests = dict(rows.where(mine).tuples()) if ids else {}
    return SHOWN.sub(lambda found: f"<{digests[int(found[1])]}>" if int(found[1]) in digests else found[0], text)


def _digests(shape: NoteShape, get: Get) -> dict[str, str]:
    """The sums of the pictures that the note shows, by the names that its text has for them."""
    found = {}
    for path in [*(one.file for one in shape.attachments), *shape.borrowed]:
        with get(path) as file:
            found[path.removeprefix(FOLDER)] = hashlib.sha256(file.read(attachments.SIZE_LIMIT)).hexdigest()
    return found


def _addressed(text: str, addresses: dict[str, str]) -> str:
    for name, address in addresses.items():
        text = text.replace(name, address)
    return text


def _body(shape: NoteShape, get: Get) -> str:
    with get(shape.markdown) as file:
        try:
            return file.read().decode()[shape.head :]
        except UnicodeDecodeError:
            raise Invalid(UNREADABLE.format(shape.markdown)) from None
