"""Prompts that people keep, and call by their names."""

STATEMENTS = (
    """CREATE TABLE prompt (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      name VARCHAR(40) NOT NULL,
      key VARCHAR(80) NOT NULL,
      text TEXT NOT NULL,
      created DATETIME NOT NULL,
      updated DATETIME NOT NULL
    )""",
    "CREATE UNIQUE INDEX prompt_by_name ON prompt (user, key)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
