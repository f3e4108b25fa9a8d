"""What comes from elsewhere: arrivals, and the keys by which conversations are known again."""

STEPS = (
    """CREATE TABLE arrival (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      begun DATETIME NOT NULL,
      whole BOOLEAN NOT NULL,
      rest TEXT NOT NULL
    )""",
    "ALTER TABLE conversation ADD COLUMN key VARCHAR(64)",
    "CREATE UNIQUE INDEX conversation_by_key ON conversation (user, key) WHERE key IS NOT NULL",
    # Rows that are marked are found by their marks, at the end of an arrival and after a crash.
    "CREATE INDEX conversation_by_deleted ON conversation (deleted) WHERE deleted IS NOT NULL",
    "CREATE INDEX message_by_deleted ON message (deleted) WHERE deleted IS NOT NULL",
)


def up(migrator, db):
    for statement in STEPS:
        db.execute_sql(statement)
