"""What an answer was given to read, passage by passage; which conversations ask about the person's notes."""

STATEMENTS = (
    """CREATE TABLE source (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      user INTEGER NOT NULL,
      number INTEGER NOT NULL,
      kind VARCHAR(10) NOT NULL,
      of INTEGER NOT NULL DEFAULT 0,
      title VARCHAR(300) NOT NULL DEFAULT '',
      place TEXT NOT NULL DEFAULT '',
      address TEXT NOT NULL DEFAULT '',
      foreign_to TEXT NOT NULL DEFAULT '',
      text TEXT NOT NULL DEFAULT ''
    )""",
    "CREATE UNIQUE INDEX source_by_message ON source (message_id, number)",
    "ALTER TABLE conversation ADD COLUMN knows VARCHAR(10) NOT NULL DEFAULT ''",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
