"""In which passages a word stands, in PostgreSQL: a table of vectors."""

from assistant.notes.models import NotePassage
from assistant.storage.engines import tsvector

STANDING = """
SELECT passage_id FROM note_passage_search WHERE document @@ ?::tsquery ORDER BY passage_id DESC LIMIT ?
"""


def put(passage: int, owner: int, words: str) -> None:
    """Puts the folded words of a new passage into the index; they leave it with the passage."""
    sql = "INSERT INTO note_passage_search (passage_id, document) VALUES (?, ?::tsvector)"
    vector = tsvector.vector(owner, [("D", words)])
    NotePassage._meta.database.execute_sql(sql, (passage, vector))  # noqa: SLF001 - Peewee's own way to the database


def standing(owner: int, word: str, *, prefix: bool, limit: int) -> list[int]:
    """The latest passages of the person in which the folded word stands, or one that begins so."""
    match = tsvector.query(owner, [tsvector.phrase(word, prefix=prefix)])
    rows = NotePassage._meta.database.execute_sql(STANDING, (match, limit)).fetchall()  # noqa: SLF001
    return [int(row) for (row,) in rows]
