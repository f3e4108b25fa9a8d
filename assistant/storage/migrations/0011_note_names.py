"""Notes are known by the files that they came from, and by aliases."""

STATEMENTS = (
    "ALTER TABLE note ADD COLUMN path VARCHAR(1000) NOT NULL DEFAULT ''",
    """CREATE TABLE note_name (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      note_id INTEGER NOT NULL REFERENCES note (id) ON DELETE CASCADE,
      user INTEGER NOT NULL,
      key TEXT NOT NULL,
      rank INTEGER NOT NULL
    )""",
    "CREATE UNIQUE INDEX note_name_by_note ON note_name (note_id, key)",
    "CREATE INDEX note_name_by_key ON note_name (user, key)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
