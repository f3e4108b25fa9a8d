"""The addresses at which calendars read a person's reminders."""

TABLES = (
    """CREATE TABLE calendar_feed (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      token BLOB NOT NULL,
      created DATETIME NOT NULL,
      read DATETIME
    )""",
)

INDEXES = (
    "CREATE UNIQUE INDEX calendar_feed_by_user ON calendar_feed (user)",
    "CREATE UNIQUE INDEX calendar_feed_by_token ON calendar_feed (token)",
)


def up(migrator, db):
    for statement in (*TABLES, *INDEXES):
        db.execute_sql(statement)
