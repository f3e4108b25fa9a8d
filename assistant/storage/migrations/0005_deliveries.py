"""Where a person's reminders ring outside the page, and what is still to be sent there."""

# A session's end takes its browser's subscription along, also when another process ends it.
TABLES = (
    """CREATE TABLE channel (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      kind VARCHAR(10) NOT NULL,
      name VARCHAR(100) NOT NULL,
      address VARCHAR(2000) NOT NULL,
      p256dh VARCHAR(100) NOT NULL,
      auth VARCHAR(40) NOT NULL,
      secret VARCHAR(200) NOT NULL,
      session_id INTEGER REFERENCES session (id) ON DELETE CASCADE,
      created DATETIME NOT NULL,
      last_ok DATETIME,
      last_error VARCHAR(300) NOT NULL,
      failures INTEGER NOT NULL
    )""",
    """CREATE TABLE delivery (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      channel_id INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
      ring_id INTEGER NOT NULL REFERENCES ring (id) ON DELETE CASCADE,
      rang DATETIME NOT NULL,
      state VARCHAR(10) NOT NULL,
      attempts INTEGER NOT NULL,
      next_try DATETIME NOT NULL
    )""",
)

# The wake-up reads the first row of an index that holds only what is still to be sent.
INDEXES = (
    "CREATE UNIQUE INDEX channel_by_address ON channel (user, kind, address)",
    "CREATE UNIQUE INDEX channel_by_push ON channel (address) WHERE kind = 'push'",
    "CREATE INDEX channel_by_session ON channel (session_id) WHERE session_id IS NOT NULL",
    "CREATE UNIQUE INDEX delivery_by_ring ON delivery (ring_id, channel_id, rang)",
    "CREATE INDEX delivery_by_channel ON delivery (channel_id)",
    "CREATE INDEX delivery_by_next ON delivery (next_try) WHERE state = 'waiting'",
)


def up(migrator, db):
    for statement in (*TABLES, *INDEXES):
        db.execute_sql(statement)
