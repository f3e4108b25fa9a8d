"""The index of notes in SQLite: tables of FTS5, one of all words and one of titles and tags.

Their row numbers are the notes' own.
"""

from collections.abc import Iterable
from typing import Any

from assistant.notes.models import Note
from assistant.notes.search.query import Term
from assistant.storage.tokens import cut, has_words

COLUMNS = {"title": "title", "named": "{title tags}", "everywhere": "{title tags body}"}
NOTHING = '""'  # what FTS5 finds nowhere
# All that is written in a note; its tags as one writes them.
WRITTEN = "s.title || char(10) || CASE s.tags WHEN '' THEN '' ELSE '#' || replace(s.tags, char(10), ' #') END || s.body"
HAS = f"instr({WRITTEN}, ?) > 0"
MATCHING = """
SELECT {columns} FROM note_search s CROSS JOIN note n ON n.search_row = s.rowid
WHERE s.note_search MATCH ? AND {where} ORDER BY s.rowid DESC LIMIT ?
"""
# What must not be there may stand in the text, which the index of names does not know.
NAMED = """
SELECT {columns} FROM note_name_search m CROSS JOIN note_search s ON s.rowid = m.rowid
CROSS JOIN note n ON n.search_row = m.rowid
WHERE m.note_name_search MATCH ? AND m.rowid NOT IN (SELECT rowid FROM note_search WHERE note_search MATCH ?)
AND {where} ORDER BY m.rowid DESC LIMIT ?
"""
AMONG = "IN (SELECT value FROM json_each('[' || ? || ']'))"
TAGGED = "n.id IN (SELECT note_id FROM note_tag WHERE user = ? AND key IN ({}))"
ROW = "s.rowid"
NUMBERS = "SELECT rowid FROM note_search UNION SELECT rowid FROM note_name_search"
HELD = """
SELECT s.owner, s.title, s.tags, s.body, m.owner, m.title, m.tags
FROM note_search s JOIN note_name_search m ON m.rowid = s.rowid WHERE s.rowid = ?
"""

Document = tuple[str, str, str]  # title, tags, text, folded and cut


def put(row: int, owner: int, document: Document) -> None:
    """Puts a note's words under its row, which is free."""
    title, tags, body = document
    mine = (row, f"u{owner}", title, tags)
    execute("INSERT INTO note_search (rowid, owner, title, tags, body) VALUES (?, ?, ?, ?, ?)", (*mine, body))
    execute("INSERT INTO note_name_search (rowid, owner, title, tags) VALUES (?, ?, ?, ?)", mine)


def move(stood: int, row: int, owner: int, document: Document) -> None:
    """Puts what has become of a note's words under its row, which may be another than that where they stood."""
    for one in {stood, row}:
        drop(one)
    put(row, owner, document)


def drop(row: int) -> None:
    """Takes the row out."""
    execute("DELETE FROM note_search WHERE rowid = ?", (row,))
    execute("DELETE FROM note_name_search WHERE rowid = ?", (row,))


def holds(row: int, owner: int, document: Document) -> bool | None:
    """Whether these are the words under the row; None where there is no such row."""
    found, mine = execute(HELD, (row,)).fetchone(), f"u{owner}"
    return None if found is None else tuple(found) == (mine, *document, mine, *document[:2])


def renew(rows: Iterable[tuple[int, int, Document]]) -> None:
    """Makes the whole index of these rows."""
    execute("DELETE FROM note_search")
    execute("DELETE FROM note_name_search")
    for row, owner, document in rows:
        put(row, owner, document)
    execute("INSERT INTO note_search (note_search) VALUES ('optimize')")
    execute("INSERT INTO note_name_search (note_name_search) VALUES ('optimize')")


def matching(columns: str, where: str) -> dict[str, str]:
    """The statement for each place that words may stand in; first come the expressions, last the limit.

    ``columns`` are all that it says: whether a note that was found anywhere has the words in its name is asked apart.
    """
    return {
        place: (MATCHING if place == "everywhere" else NAMED).format(columns=columns, where=where) for place in COLUMNS
    }


def expressions(user: int, terms: list[Term], place: str) -> list[Any]:
    """What FTS5 is asked for, with the words in the place; what must not be there, may be nowhere."""
    wanted = " AND ".join(_phrase(term) for term in terms if not term.negative and has_words(term.words))
    without = " OR ".join(_phrase(term) for term in terms if term.negative and not term.literals)
    mine = f"owner:u{user}" + (f" AND {COLUMNS[place]}:({wanted})" if wanted else "")
    without = without and f"{COLUMNS['everywhere']}:({without})"
    if place != "everywhere":
        return [mine, f"owner:u{user} AND {without}" if without else NOTHING]
    return [f"({mine}) NOT {without}" if without else mine]


def execute(sql: str, values: tuple[Any, ...] = ()) -> Any:
    """What the database answers."""
    return Note._meta.database.execute_sql(sql, values)  # noqa: SLF001 - Peewee's own way to the database


def _phrase(term: Term) -> str:
    quoted = cut(term.words).replace('"', " ")
    return f'"{quoted}"*' if term.prefix else f'"{quoted}"'
