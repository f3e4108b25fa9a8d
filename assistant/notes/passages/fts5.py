"""In which passages a word stands, in SQLite: a table of FTS5, whose row numbers are the passages' own."""

from assistant.notes.models import NotePassage

STANDING = "SELECT rowid FROM note_passage_search WHERE note_passage_search MATCH ? ORDER BY rowid DESC LIMIT ?"


def put(passage: int, owner: int, words: str) -> None:
    """Puts the folded words of a new passage into the index; they leave it with the passage."""
    sql = "INSERT INTO note_passage_search (rowid, owner, words) VALUES (?, ?, ?)"
    NotePassage._meta.database.execute_sql(sql, (passage, f"u{owner}", words))  # noqa: SLF001 - Peewee's own way


def standing(owner: int, word: str, *, prefix: bool, limit: int) -> list[int]:
    """The latest passages of the person in which the folded word stands, or one that begins so."""
    match = f'owner:u{owner} AND words:"{word}"{"*" if prefix else ""}'
    rows = NotePassage._meta.database.execute_sql(STANDING, (match, limit))  # noqa: SLF001
    return [int(row) for (row,) in rows]
