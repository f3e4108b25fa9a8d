"""Notes are cut into passages, among which questions are answered; they are made again from the notes at any time.

The first time takes a minute for ten thousand notes, in the background.
"""

import peewee

STATEMENTS = (
    """CREATE TABLE note_passage (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      user INTEGER NOT NULL,
      number INTEGER NOT NULL,
      start INTEGER NOT NULL,
      place TEXT NOT NULL,
      digest VARCHAR(32) NOT NULL,
      text TEXT NOT NULL
    )""",
    "CREATE INDEX note_passage_by_note ON note_passage (note_id, number)",
    "CREATE INDEX note_passage_by_user ON note_passage (user)",
    "CREATE TABLE note_unsplit (note_id INTEGER PRIMARY KEY REFERENCES note (id) ON DELETE CASCADE)",
    "INSERT INTO note_unsplit (note_id) SELECT id FROM note",
)
# Only which words stand in a passage is kept, not where in it.
SQLITE = (
    """CREATE VIRTUAL TABLE note_passage_search USING fts5(
      owner, words, detail=column, prefix='4 6', tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* So Co Cn'"
    )""",
    """CREATE TRIGGER note_passage_search_remove AFTER DELETE ON note_passage BEGIN
      DELETE FROM note_passage_search WHERE rowid = old.id;
    END""",
)
POSTGRES = (
    """CREATE TABLE note_passage_search (
      passage_id INTEGER PRIMARY KEY REFERENCES note_passage (id) ON DELETE CASCADE,
      document TSVECTOR NOT NULL
    )""",
    "CREATE INDEX note_passage_search_by_word ON note_passage_search USING gin (document)",
)


def up(migrator, db):
    search = SQLITE if isinstance(db, peewee.SqliteDatabase) else POSTGRES
    for statement in (*STATEMENTS, *search):
        db.execute_sql(statement)
