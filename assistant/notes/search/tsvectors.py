"""The index of notes in PostgreSQL: a table of vectors, one of titles and tags and one of all words."""

from collections.abc import Iterable
from typing import Any

from peewee import chunked

from assistant.notes.models import Note
from assistant.notes.search.fts5 import Document, execute
from assistant.notes.search.query import Term
from assistant.storage.database import later
from assistant.storage.engines import tsvector
from assistant.storage.tokens import cut, has_words

AT_ONCE = 500  # notes that are sent at a time
MOST = 5000  # names that are gathered where few of what was found anyway has the words in its name
WEIGHTS = {"title": "A", "named": "", "everywhere": ""}
HAS = "strpos(s.written, ?) > 0"
MATCHING = """
SELECT {columns}, s.named @@ ?::tsquery, s.named @@ ?::tsquery
FROM note_search s JOIN note n ON n.search_row = s.row_number
WHERE s.document @@ ?::tsquery AND {where} ORDER BY s.row_number DESC LIMIT ?
"""
# Set apart, because a beginning is taken for common, and then all notes are walked through.
NAMED = """
WITH far AS MATERIALIZED (SELECT row_number FROM note_search WHERE named @@ ?::tsquery LIMIT ?)
SELECT {columns} FROM far m JOIN note_search s ON s.row_number = m.row_number JOIN note n ON n.search_row = m.row_number
WHERE (s.document @@ ?::tsquery) IS NOT TRUE AND {where} ORDER BY m.row_number DESC LIMIT ?
"""
AMONG = "= ANY (string_to_array(?, ',')::bigint[])"
# An array, because a join for each of a dozen tags takes a second to plan.
TAGGED = "n.id = ANY (ARRAY(SELECT note_id FROM note_tag WHERE user = ? AND key IN ({})))"
ROW = "s.row_number"
NUMBERS = "SELECT row_number FROM note_search"
INSERT = """
INSERT INTO note_search (row_number, named, document, written) VALUES (?, ?::tsvector, ?::tsvector, ?)
ON CONFLICT (row_number) DO UPDATE SET named = excluded.named, document = excluded.document, written = excluded.written
"""


def put(row: int, owner: int, document: Document) -> None:
    """Puts a note's words under its row."""
    later(Note, INSERT, (row, *_vectors(owner, document)))


def move(stood: int, row: int, owner: int, document: Document) -> None:
    """Puts what has become of a note's words under its row, which may be another than that where they stood."""
    if stood != row:
        drop(stood)
    put(row, owner, document)


def drop(row: int) -> None:
    """Takes the row out."""
    later(Note, "DELETE FROM note_search WHERE row_number = ?", (row,))


def holds(row: int, owner: int, document: Document) -> bool | None:
    """Whether these are the words under the row; None where there is no such row."""
    same = "named = ?::tsvector AND document = ?::tsvector AND written = ?"
    sql = f"SELECT {same} FROM note_search WHERE row_number = ?"  # noqa: S608 - a constant
    found = execute(sql, (*_vectors(owner, document), row)).fetchone()
    return None if found is None else bool(found[0])


def renew(rows: Iterable[tuple[int, int, Document]]) -> None:
    """Makes the whole index of these rows."""
    database: Any = Note._meta.database  # noqa: SLF001 - Peewee's own way to the database
    execute("DELETE FROM note_search")
    with database.without_indexes("note_search"):
        for some in chunked(rows, AT_ONCE):
            filled = [(row, *_vectors(owner, document)) for row, owner, document in some]
            database.fill("note_search", ("row_number", "named", "document", "written"), filled)


def matching(columns: str, where: str) -> dict[str, str]:
    """The statement for each place that words may stand in; first come the expressions, last the limit.

    Behind the ``columns`` of what was found anywhere stand whether its title, and its title and tags, have the words:
    what is in very many names is in enough of these, and to gather and sort all names would take long.
    """
    return {
        place: (MATCHING if place == "everywhere" else NAMED).format(columns=columns, where=where) for place in WEIGHTS
    }


def expressions(user: int, terms: list[Term], place: str) -> list[Any]:
    """What the vectors are asked for, with the words in the place; what must not be there, may be nowhere."""
    without = [_phrase(term, "") for term in terms if term.negative and not term.literals]
    if place == "everywhere":
        return [_in_names(user, terms, "title"), _in_names(user, terms, "named"),
                tsvector.query(user, _wanted(terms, place), without)]  # fmt: skip
    return [_in_names(user, terms, place), MOST, " | ".join(without) or None]


def _in_names(user: int, terms: list[Term], place: str) -> str:
    return tsvector.query(user, _wanted(terms, place))


def _wanted(terms: list[Term], place: str) -> list[str]:
    return [_phrase(term, WEIGHTS[place]) for term in terms if not term.negative and has_words(term.words)]


def _phrase(term: Term, weight: str) -> str:
    return tsvector.phrase(cut(term.words), prefix=term.prefix, weight=weight)


def _vectors(owner: int, document: Document) -> tuple[str, str, str]:
    title, tags, text = document
    named = [("A", title), ("B", tags)]
    # All that is written in a note; its tags as one writes them.
    written = f"{title}\n{'#' if tags else ''}{tags.replace(chr(10), ' #')}{text}"
    return tsvector.vector(owner, named), tsvector.vector(owner, [*named, ("D", text)]), written
