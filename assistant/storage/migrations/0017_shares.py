"""What a phone shares, until its person says what becomes of it."""

STATEMENTS = (
    """CREATE TABLE share (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user_id INTEGER REFERENCES user (id) ON DELETE CASCADE,
      token BLOB NOT NULL,
      text TEXT NOT NULL,
      created DATETIME NOT NULL
    )""",
    """CREATE TABLE shared_picture (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      share_id INTEGER NOT NULL REFERENCES share (id) ON DELETE CASCADE,
      name VARCHAR(200) NOT NULL,
      kind VARCHAR(40) NOT NULL,
      data BLOB NOT NULL
    )""",
    "CREATE UNIQUE INDEX share_by_token ON share (token)",
    "CREATE INDEX share_by_user ON share (user_id, created)",
    "CREATE INDEX shared_picture_by_share ON shared_picture (share_id)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
