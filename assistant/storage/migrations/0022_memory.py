"""What a model is told about a person in every conversation, fact by fact."""

OLDEST_READER = 21

STATEMENTS = (
    """CREATE TABLE fact (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      text TEXT NOT NULL,
      source VARCHAR(12) NOT NULL,
      program VARCHAR(40) NOT NULL DEFAULT '',
      conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL,
      active BOOLEAN NOT NULL DEFAULT TRUE,
      created DATETIME NOT NULL,
      updated DATETIME NOT NULL
    )""",
    "CREATE INDEX fact_by_user ON fact (user)",
    "CREATE INDEX fact_by_conversation ON fact (conversation_id)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
