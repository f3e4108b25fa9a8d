"""Titles and tags of notes have an index of their own: in that of all words a title is found by walking through texts.

Takes two seconds for a hundred thousand notes. PostgreSQL has had one from the beginning.
"""

import peewee

SEARCH = (
    """CREATE VIRTUAL TABLE note_name_search USING fts5(
      owner, title, tags, prefix='1 2 3 4 5', tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* So Co Cn'"
    )""",
    """INSERT INTO note_name_search (rowid, owner, title, tags)
      SELECT rowid, owner, title, tags FROM note_search ORDER BY rowid""",
)


def up(migrator, db):
    for statement in SEARCH if isinstance(db, peewee.SqliteDatabase) else ():
        db.execute_sql(statement)
