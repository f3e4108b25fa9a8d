"""What notes are called by beside their titles, and which note a link leads to.

A note has the aliases that its fields give it, and where it came from: the whole path, and each end of it, as
``[[folder/x]]`` may stand for any. A title comes first, then an alias, then the shortest path.
"""

import json
import re
from collections.abc import Iterable
from typing import Any

from peewee import chunked, fn

from assistant.notes import front_matter
from assistant.notes.links import written
from assistant.notes.links.written import path_key, title_key
from assistant.notes.models import Note, NoteLink, NoteName
from assistant.storage.database import later
from assistant.storage.file_names import safe

AT_ONCE = 500  # values of one statement
LINKS_LIMIT = 2000  # links of one note that are followed and shown as backlinks
ALIASES_LIMIT, STEPS_LIMIT = 50, 30
ALIASES = ("aliases", "alias")
WHOLE, ALIAS, PART, FORMER = 0, 1, 2, 100  # the first that a link leads to
PROPERTY = re.compile(r"(?:(?!alias::)[\w/-]{1,60}:: ?[^\n]*\n){0,20}alias:: ?([^\n]{1,2000})")  # of Logseq
ENDING = ".md"

# Every save and every imported note goes through these, so they are written out.
READ = """
SELECT 'name', id, key, rank FROM note_name WHERE note_id = ?
UNION ALL SELECT 'link', id, key, 0 FROM note_link WHERE note_id = ?
UNION ALL SELECT 'former', id, names, 0 FROM note_chore WHERE note_id = ?
"""
DELETE = {"name": "DELETE FROM note_name WHERE id IN ({})", "link": "DELETE FROM note_link WHERE id IN ({})"}
ADD = {
    "name": "INSERT INTO note_name (note_id, user, key, rank) VALUES {}",
    "link": "INSERT INTO note_link (note_id, user, key) VALUES {}",
}


def store(note: Note, *, fresh: bool = False) -> None:
    """Keeps the rows of the note's names and links as it has them; a ``fresh`` one has none yet."""
    rows = [] if fresh else list(_execute(READ, note.id, note.id, note.id))
    former = _former(note, (key for kind, _, key, _ in rows if kind == "former"))
    names = dict.fromkeys(former, FORMER) | _names(note)
    links = dict.fromkeys(sorted(written.keys(note.text, note.path))[:LINKS_LIMIT], 0)
    for kind, wanted in (("name", names), ("link", links)):
        known = {(key, rank): row for what, row, key, rank in rows if what == kind}
        gone = [row for one, row in known.items() if one not in wanted.items()]
        if gone:
            _execute(DELETE[kind].format(", ".join("?" * len(gone))), *gone)
        new = [one for one in wanted.items() if one not in known]
        if new:
            values = [(note.id, note.user, *(one if kind == "name" else one[:1])) for one in new]
            marks = f"({', '.join('?' * len(values[0]))})"
            later(Note, ADD[kind].format(", ".join([marks] * len(values))), [value for row in values for value in row])


def found(user: int, keys: Iterable[str]) -> dict[str, int]:
    """The note that a link to each of these leads to; what leads nowhere is left out."""
    tries = {key: _tries(key) for key in keys if key}
    asked = sorted({one for some in tries.values() for one in some})
    titles, names = _titled(user, asked), _named(user, asked)
    leading: dict[str, int] = {}
    for key, some in tries.items():
        ranked = ((titles.get(one), names.get(one)) for one in some)
        note = next((title or name for title, name in ranked if title or name), None)
        if note is not None:
            leading[key] = note
    return leading


def leading_to(note: Note) -> set[str]:
    """What links name that lead to this note, as far as its names go."""
    known: Any = NoteName.select(NoteName.key).where(NoteName.note == note).tuples()
    keys = {note.title_key, *(key for (key,) in known)} - {""}
    keys |= {key + ENDING for key in keys if not key.startswith("/")} | ({f"/{note.title_key}"} - {"/"})
    leading = found(note.user, keys)
    return {key for key in keys if leading.get(key) == note.id}


def aliases(user: int, begun: str, limit: int) -> dict[str, str]:
    """The aliases of the user's notes whose keys begin so, by their keys, as the notes spell them."""
    begins = (NoteName.key >= begun) & (NoteName.key < f"{begun}\U0010ffff") & (NoteName.rank == ALIAS)
    rows: Any = NoteName.select(NoteName.key, Note.text).join(Note).where((NoteName.user == user) & begins)
    there = rows.where(Note.trashed.is_null()).order_by(NoteName.key, Note.id)
    found: dict[str, str] = {}
    for key, text in there.limit(limit * 2).tuples():
        spelled = next((alias for alias in _aliases(text) if title_key(alias) == key), None)
        if spelled and len(found) < limit:
            found.setdefault(key, spelled)
    return found


def linking(user: int, keys: Iterable[str]) -> Any:
    """What chooses the user's notes that have a link to one of these."""
    return NoteLink.select(NoteLink.note).where((NoteLink.user == user) & NoteLink.key.in_(sorted(keys)))


def _names(note: Note) -> dict[str, int]:
    """The names by their keys, each with how far it comes after others."""
    names: dict[str, int] = {}
    if note.path:
        whole = path_key(note.path)
        steps = whole[1:].split("/")
        names[whole] = WHOLE
        names |= {"/".join(steps[at:]): PART + at for at in range(max(0, len(steps) - STEPS_LIMIT), len(steps))}
    file = title_key(safe(note.title)) if note.title else ""
    names |= {title_key(alias): ALIAS for alias in [file, *_aliases(note.text)]}
    return {key[: written.LONGEST_KEY]: rank for key, rank in names.items() if key and key != note.title_key}


def _former(note: Note, chores: Iterable[str]) -> list[str]:
    """What the note was called, as long as there are links that have yet to follow."""
    meant = [key for names in chores for keys in json.loads(names).values() for key in keys]
    return [key for key in meant if key != note.title_key]


def _aliases(text: str) -> list[str]:
    """The names that a text gives itself in its fields."""
    given = front_matter.split(text)[0].listed(*ALIASES) if text.startswith("---") else []
    if own := PROPERTY.match(text):
        given = [*given, *(name.strip().removeprefix("[[").removesuffix("]]") for name in own[1].split(","))]
    return given[:ALIASES_LIMIT]


def _tries(key: str) -> list[str]:
    """What is looked for, one after another: a path from the top may also be the end of one, or a title."""
    tries = [key, key[1:]] if key.startswith("/") else [key]
    return [*tries, *(written.ENDING.sub("", one) for one in tries if written.ENDING.search(one))]


def _titled(user: int, keys: list[str]) -> dict[str, int]:
    titles: dict[str, int] = {}
    for some in chunked(keys, AT_ONCE):
        chosen = (Note.user == user) & Note.title_key.in_(list(some)) & Note.trashed.is_null()
        rows: Any = Note.select(Note.title_key, fn.MIN(Note.id)).where(chosen).group_by(Note.title_key)
        titles |= dict(rows.tuples())
    return titles


def _named(user: int, keys: list[str]) -> dict[str, int]:
    names: dict[str, tuple[int, int]] = {}
    for some in chunked(keys, AT_ONCE):
        chosen = (NoteName.user == user) & NoteName.key.in_(list(some)) & Note.trashed.is_null()
        rows: Any = NoteName.select(NoteName.key, NoteName.rank, NoteName.note).join(Note).where(chosen)
        for key, rank, note in rows.tuples():
            names[key] = min(names.get(key, (rank, note)), (rank, note))
    return {key: note for key, (_, note) in names.items()}


def _execute(statement: str, *values: object) -> Any:
    return Note._meta.database.execute_sql(statement, values)  # noqa: SLF001 - Peewee's own way to the database
