"""Brings notes in: first said what would come, then stored, and the same a second time never twice.

1. The files are read one by one, for their keys and what else the preview says; nothing is kept.
2. Notes whose key is there already are left alone, whatever became of them here; only where they are from is kept.
3. The others are stored, oldest change first, in small transactions between which others write.
"""

import asyncio
import hashlib
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, tzinfo
from typing import Any

from peewee import chunked

from assistant.errors import Invalid
from assistant.notes import attachments, models, notebook
from assistant.notes.links import names
from assistant.notes.models import Attachment, Note
from assistant.notes.transfer.archive_reader import Source, shown
from assistant.notes.transfer.exporter import identity
from assistant.notes.transfer.imported_note import ImportedNote, Picture
from assistant.notes.transfer.scanner import Found, Progress, Remarks, Scan, open_scan
from assistant.notes.validation import tag_key, tag_name
from assistant.notes.versions import revisions
from assistant.storage.database import Database
from assistant.storage.text import clean, one_line

AT_ONCE = 50  # notes of one transaction
WEIGHT = 16_000_000  # bytes of pictures, or of texts, that are in memory
KEYS_AT_ONCE = 500
TITLES_SHOWN = 20
IDENTITY = re.compile(r"note-(\d{1,18})--?\d{1,18}", re.ASCII)

IN_TRASH = "It is in your trash here."
UNREADABLE = "It cannot be read."

Cancelled = Callable[[], bool]


@dataclass(slots=True)
class Plan:
    """What an import would do: how many notes are new or here already, and what comes with the new ones."""

    new: int = 0
    here: int = 0
    skipped: Remarks = field(default_factory=list)
    remarks: Remarks = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    attachments: int = 0
    size: int = 0  # bytes of the new ones
    titles: list[str] = field(default_factory=list)
    apps: dict[str, int] = field(default_factory=dict)  # how many of the new ones are from which app
    hashtags: list[str] = field(default_factory=list)  # words in texts that may become tags


@dataclass(slots=True)
class Report:
    """What an import did; ``skipped`` is about what did not come, ``remarks`` about notes that did.

    After ``cancelled``, what was created before stays.
    """

    created: int = 0
    unchanged: int = 0
    skipped: Remarks = field(default_factory=list)
    remarks: Remarks = field(default_factory=list)
    attachments: int = 0
    cancelled: bool = False


async def preview(
    database: Database,
    user: int,
    source: Source,
    *,
    zone: tzinfo = UTC,
    inline_tags: bool = False,
    month_first: bool = False,
    progress: Progress | None = None,
) -> Plan:
    """What ``run`` would do with the same source; nothing is written.

    ``zone`` is that of dates without one; ``inline_tags`` makes tags of ``#words`` in texts;
    with ``month_first``, 3/4 is 4 March.
    ``progress`` hears of files read and of all. Raises Invalid (field file) for what cannot be opened.
    """
    async with open_scan(source, zone, inline_tags=inline_tags, month_first=month_first, progress=progress) as scan:
        known = await database.read(_known, user, list(scan.notes))
    fresh = [note for key, note in scan.notes.items() if key not in known]
    tags = {tag_key(tag): tag for note in reversed(fresh) for tag in note.tags}
    return Plan(
        new=len(fresh), here=len(known) + scan.twice, skipped=scan.skipped, remarks=_remarks(scan, known),
        tags=[tags[key] for key in sorted(tags)], attachments=sum(note.pictures for note in fresh),
        size=sum(note.size for note in fresh),
        titles=[note.title for note in fresh[:TITLES_SHOWN]],
        apps=dict(Counter(note.source.app for note in fresh if note.source.app).most_common()),
        hashtags=_hashtags(fresh),
    )  # fmt: skip


async def run(
    database: Database,
    user: int,
    source: Source,
    *,
    now: datetime,
    zone: tzinfo = UTC,
    inline_tags: bool = False,
    month_first: bool = False,
    progress: Progress | None = None,
    cancelled: Cancelled | None = None,
) -> Report:
    """Stores the notes that are not here yet, and says what came and what did not.

    ``progress`` hears of notes stored and of all that are new; ``cancelled`` is asked between
    transactions. Raises Invalid (field file) for what cannot be opened; else as ``preview``.
    """
    async with open_scan(source, zone, inline_tags=inline_tags, month_first=month_first) as scan:
        known = await database.read(_known, user, list(scan.notes))
        report = Report(0, len(known) + scan.twice, scan.skipped, _remarks(scan, known))
        fresh = [note for key, note in scan.notes.items() if key not in known]
        fresh.sort(key=lambda note: note.updated or now)
        portions, done = _portions(scan, fresh), 0
        while (portion := await asyncio.to_thread(next, portions, None)) is not None:
            report.cancelled = cancelled is not None and cancelled()
            if report.cancelled:
                break
            await database.run(_store, user, *portion, now=now, report=report)
            done += len(portion[0])
            if progress:
                progress(done, len(fresh))
        homes = {key: scan.notes[key].home for key in known if scan.notes[key].home}
        for some in chunked(homes, AT_ONCE):
            await database.run(_place, user, {key: homes[key] for key in some})
    return report


def _place(user: int, homes: dict[str, str]) -> None:
    """Tells notes that came before paths were kept where they are from, so that links by path lead to them."""
    chosen = (Note.user == user) & Note.key.in_(list(homes)) & (Note.path == "")
    for note in list(Note.select().where(chosen)):
        note.path = homes[note.key or ""][: notebook.PATH_LIMIT]
        note.save(only=[Note.path])
        names.store(note)


def _hashtags(fresh: Iterable[Found]) -> list[str]:
    words = {tag_key(tag): tag_name(tag) for note in fresh for tag in note.hashtags}
    words.pop("", None)
    return [words[key] for key in sorted(words)]


def _known(user: int, keys: list[str]) -> dict[str, bool]:
    """Those of the keys whose notes are here, and whether they are in the trash."""
    found: dict[str, bool] = {}
    for some in chunked(keys, KEYS_AT_ONCE):
        ids = [int(own[1]) for own in map(IDENTITY.fullmatch, some) if own]
        wanted = set(some)
        columns = (Note.id, Note.key, Note.created, Note.trashed)
        mine = (Note.user == user) & (Note.key.in_(list(some)) | Note.id.in_(ids))
        for note in Note.select(*columns).where(mine):
            if identity(note) in wanted:
                found[identity(note)] = note.trashed is not None
    return found


def _remarks(scan: Scan, known: dict[str, bool]) -> Remarks:
    remarks: Remarks = []
    for key, note in scan.notes.items():
        about = [IN_TRASH] if known.get(key) else [] if key in known else note.remarks
        remarks += [(shown(note.source.path), sentence) for sentence in about]
    return remarks


def _portions(scan: Scan, fresh: Iterable[Found]) -> Iterator[tuple[list[ImportedNote], list[Picture]]]:
    """What goes into one transaction each: notes, and pictures of these or of the note that comes next."""
    notes: list[ImportedNote] = []
    pictures: list[Picture] = []
    for found in fresh:
        note = found.source.read()
        for picture in note.pictures:
            if refused := _loaded(picture):
                scan.skipped.append((shown(picture.entry.path), refused))
                continue
            pictures.append(picture)
            if sum(len(each.data) for each in pictures) > WEIGHT:
                yield notes, pictures
                notes, pictures = [], []
        notes.append(note)
        if len(notes) >= AT_ONCE or sum(len(each.text) for each in notes) > WEIGHT:
            yield notes, pictures
            notes, pictures = [], []
    if notes:
        yield notes, pictures


def _loaded(picture: Picture) -> str:
    if picture.entry.size > attachments.SIZE_LIMIT:
        return attachments.too_large(picture.entry.path)
    try:
        picture.data = picture.entry.read()
        name = "" if picture.entry.in_letters else picture.entry.path
        picture.kind = attachments.kind_of_any(picture.data, name) if name else attachments.kind_of(picture.data)
    except Invalid as error:
        picture.data = b""
        return error.sentence
    except Exception:  # noqa: BLE001 - each kind of broken picture fails in its own way, and none may stop the rest
        picture.data = b""
        return UNREADABLE
    return ""


def _store(user: int, notes: list[ImportedNote], pictures: list[Picture], *, now: datetime, report: Report) -> None:
    for picture in pictures:
        data, picture.data = picture.data, b""
        picture.row = Attachment.create(
            user=user, note=None, name=one_line(picture.name)[: attachments.NAME_LIMIT], kind=picture.kind,
            size=len(data), digest=hashlib.sha256(data).hexdigest(), created=now, data=data,
        ).id  # fmt: skip
    known = _known(user, [note.key for note in notes])  # the same import may run elsewhere at the same time
    for note in notes:
        rows = [picture.row for picture in note.pictures if picture.row is not None]
        try:
            if note.key in known:
                report.unchanged += 1
                _forget(rows)
            else:
                _store_note(user, note, rows, now, report)
        except Invalid as error:
            report.skipped.append((shown(note.path), error.sentence))
            _forget(rows)


def _store_note(user: int, note: ImportedNote, rows: list[int], now: datetime, report: Report) -> None:
    values: dict[str, Any] = {name: getattr(note, name) for name in ("title", "tags", "key", "pinned", "archived")}
    created, updated = min(note.created or now, now), min(note.updated or now, now)
    text = note.filled(lambda picture: f"{models.ADDRESS}{picture.row}" if picture.row else "")
    values |= {
        "colour": note.colour,
        "path": clean(note.home)[: notebook.PATH_LIMIT],
        "created": created,
        "updated": updated,
    }
    made = revisions.begin(user, now, text=text, **values)  # whose key is new, as was seen for many at once
    if rows:
        attachments.bind(user, made.id, rows)
    report.created += 1
    report.attachments += len(rows)


def _forget(pictures: list[int]) -> None:
    if pictures:
        Attachment.delete().where(Attachment.id.in_(pictures)).execute()
