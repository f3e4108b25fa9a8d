"""A picture of each person, and how much room each has."""

STATEMENTS = (
    """CREATE TABLE profile_picture (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
      kind VARCHAR(20) NOT NULL,
      data BLOB NOT NULL
    )""",
    "CREATE UNIQUE INDEX profile_picture_by_user ON profile_picture (user_id)",
    "ALTER TABLE user ADD COLUMN quota INTEGER",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
