"""Lists of a user's notes, a page at a time, without reading their texts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import Expression, ModelSelect, Tuple, fn

from assistant.errors import Invalid, NotFound
from assistant.notes import tags
from assistant.notes.links import names
from assistant.notes.links.written import title_key, wiki_key
from assistant.notes.models import Note, NoteTag
from assistant.storage import arrivals
from assistant.storage.database import UTCField
from assistant.storage.text import clean, fold

PAGE_LIMIT = 200
IDS_LIMIT = 10_000
TEMPLATE = "template"
NOTES, ARCHIVE, TRASH = "notes", "archive", "trash"
CURSOR = re.compile(r"([01])\.(\d{1,18})\.(.*)", re.ASCII | re.DOTALL)
SORTS: dict[str, Any] = {"changed": Note.updated, "created": Note.created, "title": Note.sort_key}
COLUMNS: tuple[Any, ...] = (
    Note.id, Note.title, Note.excerpt, Note.version, Note.pinned, Note.archived, Note.colour, Note.trashed,
    Note.created, Note.updated, Note.sort_key,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Listed:
    """A note as lists show it."""

    id: int
    title: str
    excerpt: str
    version: int
    pinned: bool
    archived: bool
    colour: str
    trashed: datetime | None
    created: datetime
    updated: datetime
    tags: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A piece of a list; ``next`` leads to the piece after it, where there is one."""

    rows: list[Listed]
    next: str | None


@dataclass(frozen=True, slots=True)
class Window:
    """Some rows from the middle of a list: the first of them is number ``start`` of ``total``."""

    start: int
    rows: list[Listed]
    total: int


@dataclass(frozen=True, slots=True)
class Counts:
    """How many notes are where."""

    notes: int
    archive: int
    trash: int


def listing(
    user: int,
    *,
    where: str = NOTES,
    tag: str | None = None,
    sort: str = "changed",
    after: str | None = None,
    limit: int = 50,
) -> Page:
    """The notes that come after the cursor: pinned first, then the latest (or by title) first.

    Raises Invalid for an order or a place that does not exist, NotFound for such a cursor.
    """
    if sort not in SORTS or where not in {NOTES, ARCHIVE, TRASH}:
        raise Invalid("This list does not exist.")
    limit = max(1, min(limit, PAGE_LIMIT))
    base = _placed(user, where)
    if tag is not None:
        base &= Note.id.in_(NoteTag.select(NoteTag.note).where(tags.below(user, tag)))
    rows: list[Note] = []
    pinned_after, *rest = _parsed(after, sort) if after else (True,)
    for pinned in (True, False):
        if pinned and not pinned_after:
            continue
        start = rest if pinned == pinned_after else []
        rows.extend(_ordered(base & (Note.pinned == pinned), sort, start).limit(limit + 1 - len(rows)))
        if len(rows) > limit:
            return Page(_listed(rows[:limit]), _cursor(rows[limit - 1], sort))
    return Page(_listed(rows), None)


def window(user: int, start: int, count: int, *, where: str = NOTES, tag: str = "", sort: str = "changed") -> Window:
    """``count`` rows of the list from number ``start`` on; what lies beyond its end is left out.

    The order is that of ``listing``; in the trash what was deleted last comes first.
    """
    base, total, rows = _chosen(user, where, tag), 0, list[Note]()
    for part in _parts(base, where):
        size = Note.select().where(part).count()
        if total + size > start and len(rows) < count:
            wanted = _sorted(part, where, sort).offset(max(0, start - total)).limit(count - len(rows))
            rows.extend(wanted)
        total += size
    return Window(min(start, total), _listed(rows), total)


def position(user: int, note: int, *, where: str = NOTES, tag: str = "", sort: str = "changed") -> int | None:
    """The note's number in the list that ``window`` shows; None where it is not in it."""
    base = _chosen(user, where, tag)
    found = Note.select(*COLUMNS).where(base & (Note.id == note)).first()
    if found is None:
        return None
    if where == TRASH:
        return int(Note.select().where(base & (Tuple(Note.trashed, Note.id) > Tuple(found.trashed, note))).count())
    field = SORTS[sort]
    here, edge = Tuple(field, Note.id), Tuple(getattr(found, field.name), note)
    before = Note.select().where(base & (Note.pinned == found.pinned))
    count = before.where(here < edge if sort == "title" else here > edge).count()
    pinned = 0 if found.pinned else Note.select().where(base & (Note.pinned == True)).count()  # noqa: E712
    return int(count + pinned)


def ids(user: int, *, where: str = NOTES, tag: str = "", limit: int = IDS_LIMIT) -> list[int]:
    """The ids of the notes in a list, at most ``limit``."""
    rows: Any = Note.select(Note.id).where(_chosen(user, where, tag)).limit(limit)
    return [note for (note,) in rows.tuples()]


def get_listed(user: int, note: int) -> Listed:
    """The user's note, in the trash or not, without its text; NotFound when it is gone or someone else's."""
    found = _listed(Note.select(*COLUMNS).where((Note.user == user) & (Note.id == note)))
    if not found:
        raise NotFound("There is no such note.")
    return found[0]


def counts(user: int) -> Counts:
    """How many notes the user has in the list, the archive and the trash."""
    return Counts(*(Note.select().where(_placed(user, where)).count() for where in (NOTES, ARCHIVE, TRASH)))


def templates(user: int) -> list[Listed]:
    """The user's notes with the tag ``template``, by title."""
    return listing(user, tag=TEMPLATE, sort="title", limit=PAGE_LIMIT).rows


def backlinks(user: int, note: int) -> list[Listed]:
    """The user's other notes that link to this one's title, latest change first.

    Raises NotFound when the note is someone else's.
    """
    known = Note.select(Note.id, Note.user, Note.title_key).where((Note.id == note) & (Note.user == user))
    home = known.first()
    if home is None:
        raise NotFound("There is no such note.")
    linking = names.linking(user, {home.title_key, *names.leading_to(home)} - {""})
    chosen = (Note.user == user) & Note.trashed.is_null() & (Note.id != note) & Note.id.in_(linking)
    return _listed(Note.select(*COLUMNS).where(chosen).order_by(Note.updated.desc()).limit(PAGE_LIMIT))


def titles(user: int, prefix: str, limit: int = 10) -> list[str]:
    """Titles and aliases to complete a link with: first those that begin as typed, then those that contain it."""
    key, folded = title_key(prefix), " ".join(fold(prefix).split())
    here = (Note.user == user) & Note.trashed.is_null() & (Note.title_key != "")
    starts = (Note.title_key >= key) & (Note.title_key < f"{key}\U0010ffff")
    inside = Note.sort_key.contains(folded)
    found: dict[str, str] = {}
    for condition in (starts, inside) if key else (starts,):
        rows: Any = Note.select(Note.title_key, fn.MIN(Note.title)).where(here & condition).group_by(Note.title_key)
        found |= dict(rows.order_by(Note.title_key).limit(limit - len(found)).tuples()) if len(found) < limit else {}
        if key and condition is starts:
            # Some room stays for aliases, also where many titles begin so.
            aliases = names.aliases(user, key, limit // 2)
            found = dict(list(found.items())[: limit - len(aliases.keys() - found.keys())])
            found |= {alias: spelled for alias, spelled in aliases.items() if alias not in found}
    return list(found.values())


def by_title(user: int, title: str) -> int | None:
    """The note that ``[[title]]`` leads to, the oldest of several; None when there is none."""
    key = wiki_key(title)
    return names.found(user, [key]).get(key)


def _placed(user: int, where: str) -> Expression:
    if where == TRASH:
        return (Note.user == user) & (Note.trashed < arrivals.FIRST)
    return (Note.user == user) & (Note.archived == (where == ARCHIVE)) & Note.trashed.is_null()


def _chosen(user: int, where: str, tag: str) -> Expression:
    base = _placed(user, where)
    return base & Note.id.in_(NoteTag.select(NoteTag.note).where(tags.below(user, tag))) if tag else base


def _parts(base: Expression, where: str) -> list[Expression]:
    """The pinned notes and the others: each in its own order, so that an index has them ready."""
    return [base] if where == TRASH else [base & (Note.pinned == pinned) for pinned in (True, False)]


def _sorted(part: Expression, where: str, sort: str) -> "ModelSelect[Note]":
    if where == TRASH:
        return Note.select(*COLUMNS).where(part).order_by(Note.trashed.desc(), Note.id.desc())
    return _ordered(part, sort, [])


def _ordered(base: Expression, sort: str, start: list[Any]) -> "ModelSelect[Note]":
    field = SORTS[sort]
    if start:
        place, edge = Tuple(field, Note.id), Tuple(*start)
        base &= place > edge if sort == "title" else place < edge
    order = (field, Note.id) if sort == "title" else (field.desc(), Note.id.desc())
    return Note.select(*COLUMNS).where(base).order_by(*order)


def _listed(notes: Iterable[Note]) -> list[Listed]:
    notes = list(notes)
    named: dict[int, list[str]] = {note.id: [] for note in notes}
    rows: Any = NoteTag.select(NoteTag.note, NoteTag.name).where(NoteTag.note.in_(list(named)))
    for note, name in rows.order_by(NoteTag.id).tuples():
        named[note].append(name)
    return [
        Listed(
            n.id, n.title, n.excerpt, n.version, n.pinned, n.archived, n.colour, n.trashed, n.created, n.updated,
            tuple(named[n.id]),
        )
        for n in notes
    ]  # fmt: skip


def _cursor(note: Note, sort: str) -> str:
    value = getattr(note, SORTS[sort].name)
    return f"{int(note.pinned)}.{note.id}.{value if sort == 'title' else UTCField().db_value(value)}"


def _parsed(cursor: str, sort: str) -> tuple[bool, str, int]:
    found = CURSOR.fullmatch(clean(cursor))
    value: Any = found[3] if found and sort == "title" else found and _instant(found[3])
    if found is None or value is None:
        raise NotFound("This place in the list does not exist. Begin anew.", field="after")
    return found[1] == "1", value, int(found[2])


def _instant(text: str) -> str | None:
    """The instant as rows have it, or None where it is none."""
    try:
        return str(datetime.fromisoformat(text).replace(tzinfo=None))
    except ValueError:
        return None
