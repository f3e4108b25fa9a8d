"""Codes of an app as a second step of the login."""

TABLES = (
    """CREATE TABLE two_step (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
      secret VARCHAR(64) NOT NULL,
      step INTEGER NOT NULL,
      created DATETIME NOT NULL
    )""",
    """CREATE TABLE half_login (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
      token BLOB NOT NULL,
      expires DATETIME NOT NULL
    )""",
)
INDEXES = (
    "CREATE UNIQUE INDEX two_step_by_user ON two_step (user_id)",
    "CREATE UNIQUE INDEX half_login_by_token ON half_login (token)",
    "CREATE INDEX half_login_by_user ON half_login (user_id)",
)


def up(migrator, db):
    for statement in (*TABLES, *INDEXES):
        db.execute_sql(statement)
