"""Several instances: who is alive, whose turn it is, secrets of the house, and who writes an answer."""

STEPS = (
    """CREATE TABLE instance (
      name VARCHAR(40) NOT NULL PRIMARY KEY,
      address VARCHAR(200) NOT NULL,
      begun DATETIME NOT NULL,
      seen DATETIME NOT NULL
    )""",
    """CREATE TABLE turn (
      name VARCHAR(100) NOT NULL PRIMARY KEY,
      holder VARCHAR(40) NOT NULL,
      until DATETIME NOT NULL
    )""",
    "CREATE TABLE house_key (name VARCHAR(40) NOT NULL PRIMARY KEY, secret BLOB NOT NULL)",
    "ALTER TABLE message ADD COLUMN writer VARCHAR(40) NOT NULL DEFAULT ''",
    "ALTER TABLE message ADD COLUMN lease DATETIME",
    # The schema, and the oldest code that gets along with it, by their newest steps; see ``schema``.
    "CREATE TABLE schema_reader (newest INTEGER NOT NULL, oldest INTEGER NOT NULL)",
)


def up(migrator, db):
    for statement in STEPS:
        db.execute_sql(statement)
