"""The full-text index of notes, and finding in it.

The index is written by whoever writes a note, in the same transaction. The number of a note's row
in it grows with each change, so that reading the rows backwards gives the latest changes first:
a bounded set of matches is read that way and ranked here, however common a word is.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, tzinfo
from typing import Any, NamedTuple, Protocol

from assistant.notes.models import Note
from assistant.notes.passages import keeping
from assistant.notes.search import fts5, tsvectors
from assistant.notes.search.fts5 import Document, execute
from assistant.notes.search.highlight import Highlighter
from assistant.notes.search.query import Query, Term, parse
from assistant.storage.database import UTCField, fitting
from assistant.storage.text import compose, fold
from assistant.storage.tokens import cut, has_words, index_words

MATCHES = 300  # that are ranked
NAMED_MATCHES = 100  # by title and tags alone, so that newer texts cannot push them out
FEW = 5000  # notes that pass the filters
BATCH = 500  # notes that are indexed anew at a time

READ = 200_000  # characters of a text that are looked at for a snippet

TITLE, NAMED, EVERYWHERE = "title", "named", "everywhere"
NAMES = (NAMED, TITLE)  # titles apart, where a word in very many tags could push them out
COLUMNS = "n.id, n.search_row, n.title, n.updated"
WHERE = "n.user = ? AND n.trashed IS NULL"
ALL = f"SELECT {COLUMNS} FROM note n WHERE {WHERE}"  # noqa: S608
KEYS = "SELECT DISTINCT key FROM note_tag WHERE user = ?"
TEXTS = "SELECT id, substr(text, 1, ?) FROM note WHERE id {}"
TAGS = "SELECT note_id, name FROM note_tag WHERE note_id {} ORDER BY id"


@dataclass(frozen=True, slots=True)
class Hit:
    """A note that was found; title and snippet are safe HTML in which the hits stand in <mark>."""

    id: int
    title: str
    snippet: str
    tags: tuple[str, ...]
    updated: datetime


class _Match(NamedTuple):
    id: int
    row: int
    title: str
    updated: str | datetime
    titled: bool | None = None  # whether its title has the words; None where the index does not say
    named: bool | None = None  # whether its title and tags have them


class _Words(Protocol):
    """The index, as either database keeps it."""

    HAS: str
    ROW: str
    NUMBERS: str
    TAGGED: str
    AMONG: str

    def put(self, row: int, owner: int, document: Document) -> None: ...
    def move(self, stood: int, row: int, owner: int, document: Document) -> None: ...
    def drop(self, row: int) -> None: ...
    def holds(self, row: int, owner: int, document: Document) -> bool | None: ...
    def renew(self, rows: Iterable[tuple[int, int, Document]]) -> None: ...
    def matching(self, columns: str, where: str) -> dict[str, str]: ...
    def expressions(self, user: int, terms: list[Term], place: str) -> list[Any]: ...


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
    found.sort(key=lambda match: _in_title(wanted, match.title), reverse=True)
    return _hits(found[:limit], Highlighter(wanted))


def write(note: Note, tags: Iterable[str], *, stood: int = 0) -> None:
    """Puts the note into the index under its ``search_row``, or what has become of it; its passages are due.

    ``stood`` is the row that it had, 0 for a note that is new.
    """
    document = _document(note.title, tags, note.text)
    if stood:
        _words().move(stood, note.search_row, note.user, document)
    else:
        _words().put(note.search_row, note.user, document)
    keeping.mark(note.id)


def remove(rows: Iterable[int]) -> None:
    """Takes these rows out of the index."""
    for row in rows:
        _words().drop(row)


def next_row() -> int:
    """A number above that of every row in the index."""
    (last,) = execute("SELECT MAX(search_row) FROM note").fetchone()
    return int(last or 0) + 1


def check(user: int | None = None) -> list[str]:
    """What the index and the notes (of one user, or all) disagree about, a sentence each."""
    findings = []
    for note, row, owner, document in _everything(user):
        holds = _words().holds(row, owner, document)
        if holds is None:
            findings.append(f"Note {note} is missing from the index.")
        elif not holds:
            findings.append(f"Note {note} stands in the index with another text.")
    orphans = f"{_words().NUMBERS} EXCEPT SELECT search_row FROM note"  # noqa: S608 - constants
    findings += [f"Row {row} of the index belongs to no note." for (row,) in execute(orphans)]
    return findings


def rebuild() -> int:
    """Makes the index anew from the notes; says how many there are."""
    _words().renew((row, owner, document) for _, row, owner, document in _everything(None))
    return Note.select().count()


def _matches(user: int, query: Query) -> list[_Match]:
    """Those that have the words in their names first, then the latest."""
    filters, values = _narrowed(user, query)
    signs, literals = _signs(query.terms)
    # Beginnings are put together from all words that begin so: of a word that is in hundreds of texts as it is typed,
    # those are what is ranked.
    whole = [replace(term, prefix=term.prefix and term.negative) for term in query.terms]
    filters, values = filters + signs, [*values, *literals]
    statements = _words().matching(COLUMNS, f"{WHERE} {filters}")

    def matching(terms: list[Term], place: str, count: int) -> list[Any]:
        wanted = _words().expressions(user, terms, place)
        return list(execute(statements[place], (*wanted, user, *values, count)))

    rows = matching(whole, EVERYWHERE, MATCHES) if whole != query.terms else []
    rows = rows if len(rows) == MATCHES else matching(query.terms, EVERYWHERE, MATCHES)
    everywhere = [_Match(*row) for row in rows]
    some = len(rows) == MATCHES  # there may be more, which only their names would bring up
    found, named = {match.id: match for match in everywhere}, set[int]()
    places = [] if not rows or all(term.negative or not has_words(term.words) for term in query.terms) else NAMES
    for place in places:
        names = [match for match in everywhere if (match.titled if place == TITLE else match.named)]
        if everywhere[0].named is None or (some and len(names) < NAMED_MATCHES):
            names = [_Match(*row) for row in matching(query.terms, place, NAMED_MATCHES)]
        found |= {match.id: match for match in names[:NAMED_MATCHES]}
        named |= {match.id for match in names[:NAMED_MATCHES]}
        if not some or len(names) < NAMED_MATCHES:
            break
    return sorted(found.values(), key=lambda match: (match.id in named, match.row), reverse=True)


def _filtered(user: int, query: Query, limit: int) -> list[_Match]:
    filters, values = _filters(user, query)
    rows = execute(f"{ALL} {filters} ORDER BY n.updated DESC LIMIT ?", (user, *values, limit))
    return [_Match(*row) for row in rows]


def _narrowed(user: int, query: Query) -> tuple[str, list[Any]]:
    filters, values = _filters(user, query)
    if not filters:
        return "", []
    # Where few notes pass, walking backwards through all matches would take long to find them;
    # where many do, the walk ends soon, and listing them first would take long.
    passing = f"SELECT n.search_row FROM note n WHERE {WHERE}{filters}"  # noqa: S608 - constants
    (count,) = execute(f"SELECT COUNT(*) FROM ({passing} LIMIT {FEW}) few", (user, *values)).fetchone()  # noqa: S608
    if count < FEW:
        return f" AND +{_words().ROW} IN ({passing})", [user, *values]
    # The plus keeps the planner from going through the tag's notes again for each match.
    return filters.replace("n.id IN", "+n.id IN"), values


def _filters(user: int, query: Query) -> tuple[str, list[Any]]:
    clauses: list[str] = []
    values: list[Any] = []
    for name, value in (("pinned", query.pinned), ("archived", query.archived)):
        if value is not None:
            clauses.append(f"n.{name} = ?")
            values.append(value)
    if query.pinned is not None and query.archived is None:
        clauses.append("n.archived IN (FALSE, TRUE)")  # always so, but it leads the planner to the index of the lists
    for sign, instant in (("<", query.before), (">=", query.after)):
        if instant is not None:
            clauses.append(f"n.updated {sign} ?")
            values.append(str(UTCField().db_value(instant)))
    known = _folded_tags(user) if query.tags else {}
    for key, wanted in query.tags:
        keys = _keys(known, key)
        tagged = _words().TAGGED.format(", ".join("?" * len(keys)) or "NULL")
        clauses.append(tagged if wanted else f"NOT {tagged}")
        values += [user, *keys]
    return "".join(f" AND {clause}" for clause in clauses), values


def _folded_tags(user: int) -> dict[str, str]:
    """The keys of the user's tags, each as it folds."""
    return {key: fold(key) for (key,) in execute(KEYS, (user,))}


def _keys(known: dict[str, str], wanted: str) -> list[str]:
    """The keys of the known tags that are the wanted one, or below it, however they are accented."""
    folded = fold(wanted)
    return [key for key, one in known.items() if one == folded or one.startswith(f"{folded}/")]


def _signs(terms: Iterable[Term]) -> tuple[str, list[str]]:
    """What the texts must have, or must not, beside the words that the index sees."""
    clauses, values = [], list[str]()
    for term in (term for term in terms if term.literals):
        has = " AND ".join(_words().HAS for _ in term.literals)
        clauses.append(f" AND {'NOT ' if term.negative else ''}({has})")
        values += map(cut, term.literals)
    return "".join(clauses), values


def _in_title(wanted: list[Term], title: str) -> int:
    folded = fold(title)
    return sum(term.found_in(folded) for term in wanted)


def _hits(found: list[_Match], highlighter: Highlighter) -> list[Hit]:
    ids = [match.id for match in found]
    texts = dict(execute(TEXTS.format(_words().AMONG), (READ, _list(ids))))
    tags = _tags(ids)
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
    for note, name in execute(TAGS.format(_words().AMONG), (_list(notes),)):
        found[note] = (*found.get(note, ()), name)
    return found


def _list(ids: list[int]) -> str:
    """One value for any number of them: a statement that is always the same is understood once."""
    return ",".join(map(str, ids))


def _document(title: str, tags: Iterable[str], text: str) -> Document:
    return index_words(title), index_words("\n".join(tags)), index_words(text)


def _everything(user: int | None) -> Iterator[tuple[int, int, int, Document]]:
    """All notes (of one user): the id, the row in the index, whose it is, and the words."""
    at = 0
    while True:
        chosen = Note.select(Note.id, Note.search_row, Note.user, Note.title, Note.text).where(Note.id > at)
        if user is not None:
            chosen = chosen.where(Note.user == user)
        batch: list[Any] = list(chosen.order_by(Note.id).limit(BATCH).tuples())
        if not batch:
            return
        at = batch[-1][0]
        tags = _tags([row[0] for row in batch])
        for note, row, owner, title, text in batch:
            yield note, row, owner, _document(title, tags.get(note, ()), text)


def _words() -> _Words:
    return fitting(Note, sqlite=fts5, postgres=tsvectors)
