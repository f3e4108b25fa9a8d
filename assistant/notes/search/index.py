"""The full-text index of notes, and finding in it.

The index is written by whoever writes a note, in the same transaction. The number of a note's row
in it grows with each change, so that reading the rows backwards gives the latest changes first:
a bounded set of matches is read that way and ranked here, however common a word is.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from peewee import fn

from assistant.notes.models import Note
from assistant.notes.search.highlight import Highlighter
from assistant.notes.search.query import Query, Term, parse
from assistant.storage.database import UTCField
from assistant.storage.text import compose, fold
from assistant.storage.tokens import cut, has_words, index_words

MATCHES = 300  # that are ranked
NAMED_MATCHES = 100  # by title and tags alone, so that newer texts cannot push them out
FEW = 5000  # notes that pass the filters
BATCH = 500  # notes that are indexed anew at a time

TITLE, NAMED, EVERYWHERE = "title", "{title tags}", "{title tags body}"
TEXTS = "SELECT id, substr(text, 1, 200000) FROM note WHERE id IN (SELECT value FROM json_each(?))"
TAGS = "SELECT note_id, name FROM note_tag WHERE note_id IN (SELECT value FROM json_each(?)) ORDER BY id"
COLUMNS = "n.id, n.search_row, n.title, n.updated"
# All that is written in a note; its tags as one writes them.
WRITTEN = "s.title || char(10) || CASE s.tags WHEN '' THEN '' ELSE '#' || replace(s.tags, char(10), ' #') END || s.body"
WHERE = "n.user = ? AND n.trashed IS NULL"
MATCHING = f"""
SELECT {COLUMNS} FROM note_search s CROSS JOIN note n ON n.search_row = s.rowid
WHERE s.note_search MATCH ? AND {WHERE}
"""  # noqa: S608 - constants
ALL = f"SELECT {COLUMNS} FROM note n WHERE {WHERE}"  # noqa: S608
TAGGED = "n.id IN (SELECT note_id FROM note_tag WHERE user = ? AND key IN (SELECT value FROM json_each(?)))"
KEYS = "SELECT DISTINCT key FROM note_tag WHERE user = ?"


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that was found; title and snippet are safe HTML in which the hits stand in <mark>."""

    id: int
    title: str
    snippet: str
    tags: tuple[str, ...]
    updated: datetime


@dataclass(frozen=True, slots=True)
class _Match:
    id: int
    row: int
    title: str
    updated: str
    named: bool = False  # found by title and tags alone


def find(user: int, text: str, *, zone: tzinfo, limit: int = 50) -> list[Hit]:
    """The user's notes that match what was typed, best first; whatever was typed, none at worst.

    Words in the title count over words in the tags, these over words in the text; the latest
    change is first on a tie. Dates are days in ``zone``.
    """
    query = parse(text, zone)
    if query.empty:
        return []
    found = _matches(user, query) if query.terms else _filtered(user, query, limit)
    wanted = [term for term in query.terms if not term.negative]
    found.sort(key=lambda match: (_in_title(wanted, match.title), match.named), reverse=True)
    return _hits(found[:limit], Highlighter(wanted))


def write(note: Note, tags: Iterable[str]) -> None:
    """Puts the note into the index, or what has become of it, under its ``search_row``."""
    remove([note.search_row])
    _execute(
        "INSERT INTO note_search (rowid, owner, title, tags, body) VALUES (?, ?, ?, ?, ?)",
        (note.search_row, *_document(note, tags)),
    )


def remove(rows: Iterable[int]) -> None:
    """Takes these rows out of the index."""
    for row in rows:
        _execute("DELETE FROM note_search WHERE rowid = ?", (row,))


def next_row() -> int:
    """A number above that of every row in the index."""
    return int(Note.select(fn.MAX(Note.search_row)).scalar() or 0) + 1


def check(user: int | None = None) -> list[str]:
    """What the index and the notes (of one user, or all) disagree about, a sentence each."""
    findings = []
    for note, tags in _everything(user):
        found = _execute("SELECT owner, title, tags, body FROM note_search WHERE rowid = ?", (note.search_row,))
        row = found.fetchone()
        if row is None:
            findings.append(f"Note {note.id} is missing from the index.")
        elif tuple(row) != _document(note, tags):
            findings.append(f"Note {note.id} stands in the index with another text.")
    orphans = "SELECT rowid FROM note_search WHERE rowid NOT IN (SELECT search_row FROM note)"
    findings += [f"Row {row} of the index belongs to no note." for (row,) in _execute(orphans)]
    return findings


def rebuild() -> int:
    """Makes the index anew from the notes; says how many there are."""
    _execute("DELETE FROM note_search")
    count = 0
    for note, tags in _everything(None):
        write(note, tags)
        count += 1
    _execute("INSERT INTO note_search (note_search) VALUES ('optimize')")
    return count


def _matches(user: int, query: Query) -> list[_Match]:
    filters, values = _narrowed(user, query)
    signs, literals = _signs(query.terms)
    filters, values = filters + signs, [*values, *literals]
    sql = f"{MATCHING} {filters} ORDER BY s.rowid DESC LIMIT ?"
    columns = [(TITLE, NAMED_MATCHES), (NAMED, NAMED_MATCHES), (EVERYWHERE, MATCHES)]
    if all(term.negative or not has_words(term.words) for term in query.terms):
        columns = columns[2:]
    found: dict[int, _Match] = {}
    for place, count in columns:
        rows = _execute(sql, (_expression(user, query.terms, place), user, *values, count))
        for id, row, title, updated in rows:  # noqa: A001 - the row's own word
            found.setdefault(id, _Match(id, row, title, updated, named=place != EVERYWHERE))
    return sorted(found.values(), key=lambda match: match.row, reverse=True)


def _filtered(user: int, query: Query, limit: int) -> list[_Match]:
    filters, values = _filters(user, query)
    rows = _execute(f"{ALL} {filters} ORDER BY n.updated DESC LIMIT ?", (user, *values, limit))
    return [_Match(*row) for row in rows]


def _narrowed(user: int, query: Query) -> tuple[str, list[Any]]:
    filters, values = _filters(user, query)
    if not filters:
        return "", []
    # Where few notes pass, walking backwards through all matches would take long to find them;
    # where many do, the walk ends soon, and listing them first would take long.
    passing = f"SELECT n.search_row FROM note n WHERE {WHERE}{filters}"  # noqa: S608 - constants
    (count,) = _execute(f"SELECT COUNT(*) FROM ({passing} LIMIT {FEW})", (user, *values)).fetchone()  # noqa: S608
    if count < FEW:
        return f" AND +s.rowid IN ({passing})", [user, *values]
    # The plus keeps the planner from going through the tag's notes again for each match.
    return filters.replace("n.id IN", "+n.id IN"), values


def _filters(user: int, query: Query) -> tuple[str, list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []
    for name, value in (("pinned", query.pinned), ("archived", query.archived)):
        if value is not None:
            clauses.append(f"n.{name} = ?")
            values.append(int(value))
    if query.pinned is not None and query.archived is None:
        clauses.append("n.archived IN (0, 1)")  # always so, but it leads the planner to the index of the lists
    for sign, instant in (("<", query.before), (">=", query.after)):
        if instant is not None:
            clauses.append(f"n.updated {sign} ?")
            values.append(str(UTCField().db_value(instant)))
    known = _folded_tags(user) if query.tags else {}
    for key, wanted in query.tags:
        clauses.append(TAGGED if wanted else f"NOT {TAGGED}")
        values += [user, json.dumps(_keys(known, key))]
    return "".join(f" AND {clause}" for clause in clauses), values


def _folded_tags(user: int) -> dict[str, str]:
    """The keys of the user's tags, each as it folds."""
    return {key: fold(key) for (key,) in _execute(KEYS, (user,))}


def _keys(known: dict[str, str], wanted: str) -> list[str]:
    """The keys of the known tags that are the wanted one, or below it, however they are accented."""
    folded = fold(wanted)
    return [key for key, one in known.items() if one == folded or one.startswith(f"{folded}/")]


def _expression(user: int, terms: Iterable[Term], place: str) -> str:
    wanted = " AND ".join(_phrase(term) for term in terms if not term.negative and has_words(term.words))
    without = " OR ".join(_phrase(term) for term in terms if term.negative and not term.literals)
    mine = f"owner:u{user}" + (f" AND {place}:({wanted})" if wanted else "")
    return f"({mine}) NOT {EVERYWHERE}:({without})" if without else mine


def _signs(terms: Iterable[Term]) -> tuple[str, list[str]]:
    """What the texts must have, or must not, beside the words that the index sees."""
    clauses, values = [], list[str]()
    for term in (term for term in terms if term.literals):
        has = " AND ".join(f"instr({WRITTEN}, ?) > 0" for _ in term.literals)
        clauses.append(f" AND {'NOT ' if term.negative else ''}({has})")
        values += map(cut, term.literals)
    return "".join(clauses), values


def _phrase(term: Term) -> str:
    quoted = cut(term.words).replace('"', " ")
    return f'"{quoted}"*' if term.prefix else f'"{quoted}"'


def _in_title(wanted: list[Term], title: str) -> int:
    folded = fold(title)
    return sum(term.found_in(folded) for term in wanted)


def _hits(found: list[_Match], highlighter: Highlighter) -> list[Hit]:
    ids = [match.id for match in found]
    tags, texts = _tags(ids), dict(_execute(TEXTS, (json.dumps(ids),)))
    instant: Any = UTCField().python_value
    return [
        Hit(
            match.id,
            highlighter.highlight(compose(match.title)),
            highlighter.snippet(texts.get(match.id, ""), match.title),
            tags.get(match.id, ()),
            instant(match.updated),
        )
        for match in found
    ]


def _tags(notes: list[int]) -> dict[int, tuple[str, ...]]:
    found: dict[int, tuple[str, ...]] = {}
    for note, name in _execute(TAGS, (json.dumps(notes),)):
        found[note] = (*found.get(note, ()), name)
    return found


def _document(note: Note, tags: Iterable[str]) -> tuple[str, str, str, str]:
    return f"u{note.user}", index_words(note.title), index_words("\n".join(tags)), index_words(note.text)


def _everything(user: int | None) -> Iterable[tuple[Note, tuple[str, ...]]]:
    at = 0
    while True:
        chosen = Note.select().where(Note.id > at)
        if user is not None:
            chosen = chosen.where(Note.user == user)
        batch = list(chosen.order_by(Note.id).limit(BATCH))
        if not batch:
            return
        tags = _tags([note.id for note in batch])
        yield from ((note, tags.get(note.id, ())) for note in batch)
        at = batch[-1].id


def _execute(sql: str, values: tuple[Any, ...] = ()) -> Any:
    return Note._meta.database.execute_sql(sql, values)  # noqa: SLF001 - Peewee's own way to the database
