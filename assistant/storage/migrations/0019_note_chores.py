"""Work on many notes that is done a few at a time, first to look for links that older versions passed over."""

STATEMENTS = (
    """CREATE TABLE note_chore (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      note_id INTEGER REFERENCES note (id) ON DELETE CASCADE,
      kind VARCHAR(10) NOT NULL,
      at INTEGER NOT NULL DEFAULT 0,
      names TEXT NOT NULL DEFAULT '{}'
    )""",
    "CREATE INDEX note_chore_by_note ON note_chore (note_id)",
    "INSERT INTO note_chore (kind) SELECT 'links' WHERE EXISTS (SELECT 1 FROM note)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
