"""The index of notes in SQLite: a table of FTS5, whose row numbers are the notes' own."""

from collections.abc import Iterable
from typing import Any

from assistant.notes.models import Note
from assistant.notes.search.query import Term
from assistant.storage.tokens import cut, has_words

COLUMNS = {"title": "title", "named": "{title tags}", "everywhere": "{title tags body}"}
# All that is written in a note; its tags as one writes them.
WRITTEN = "s.title || char(10) || CASE s.tags WHEN '' THEN '' ELSE '#' || replace(s.tags, char(10), ' #') END || s.body"
HAS = f"instr({WRITTEN}, ?) > 0"
MATCHING = """
SELECT {columns} FROM note_search s CROSS JOIN note n ON n.search_row = s.rowid
WHERE s.note_search MATCH ? AND {where} ORDER BY s.rowid DESC LIMIT ?
"""
TAGGED = "n.id IN (SELECT note_id FROM note_tag WHERE user = ? AND key IN ({}))"
ROW = "s.rowid"
NUMBERS = "SELECT rowid FROM note_search"

Document = tuple[str, str, str]  # title, tags, text, folded and cut


def put(row: int, owner: int, document: Document) -> None:
    """Puts a note's words under its row."""
    drop(row)
    execute("INSERT INTO note_search (rowid, owner, title, tags, body) VALUES (?, ?, ?, ?, ?)",
            (row, f"u{owner}", *document))  # fmt: skip


def drop(row: int) -> None:
    """Takes the row out."""
    execute("DELETE FROM note_search WHERE rowid = ?", (row,))


def holds(row: int, owner: int, document: Document) -> bool | None:
    """Whether these are the words under the row; None where there is no such row."""
    found = execute("SELECT owner, title, tags, body FROM note_search WHERE rowid = ?", (row,)).fetchone()
    return None if found is None else tuple(found) == (f"u{owner}", *document)


def renew(rows: Iterable[tuple[int, int, Document]]) -> None:
    """Makes the whole index of these rows."""
    execute("DELETE FROM note_search")
    for row, owner, document in rows:
        put(row, owner, document)
    execute("INSERT INTO note_search (note_search) VALUES ('optimize')")


def matching(columns: str, where: str) -> dict[str, str]:
    """The statement for each place that words may stand in; first come the expressions, last the limit."""
    return dict.fromkeys(COLUMNS, MATCHING.format(columns=columns, where=where))


def expressions(user: int, terms: list[Term], place: str) -> list[str]:
    """What FTS5 is asked for, with the words in the place; what must not be there, may be nowhere."""
    wanted = " AND ".join(_phrase(term) for term in terms if not term.negative and has_words(term.words))
    without = " OR ".join(_phrase(term) for term in terms if term.negative and not term.literals)
    mine = f"owner:u{user}" + (f" AND {COLUMNS[place]}:({wanted})" if wanted else "")
    return [f"({mine}) NOT {COLUMNS['everywhere']}:({without})" if without else mine]


def execute(sql: str, values: tuple[Any, ...] = ()) -> Any:
    """What the database answers."""
    return Note._meta.database.execute_sql(sql, values)  # noqa: SLF001 - Peewee's own way to the database


def _phrase(term: Term) -> str:
    quoted = cut(term.words).replace('"', " ")
    return f'"{quoted}"*' if term.prefix else f'"{quoted}"'
