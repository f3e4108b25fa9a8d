"""What comes by itself: a brief of the day, questions that are asked at set times, and notices that lead to them."""

import peewee

TABLES = (
    """CREATE TABLE brief (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      plan VARCHAR(100) NOT NULL,
      due DATETIME,
      day VARCHAR(10) NOT NULL DEFAULT '',
      conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL
    )""",
    "CREATE UNIQUE INDEX brief_by_user ON brief (user)",
    "CREATE INDEX brief_by_conversation ON brief (conversation_id)",
    """CREATE TABLE scheduled_question (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      text TEXT NOT NULL,
      local VARCHAR(19) NOT NULL,
      rule VARCHAR(500) NOT NULL,
      zone VARCHAR(64) NOT NULL,
      model VARCHAR(200) NOT NULL DEFAULT '',
      knows VARCHAR(10) NOT NULL DEFAULT '',
      paused BOOLEAN NOT NULL DEFAULT FALSE,
      due DATETIME,
      conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL,
      wanted DATETIME,
      next_try DATETIME,
      answer_id INTEGER REFERENCES message (id) ON DELETE SET NULL,
      last DATETIME,
      outcome VARCHAR(10) NOT NULL DEFAULT '',
      problem TEXT NOT NULL DEFAULT '',
      created DATETIME NOT NULL,
      updated DATETIME NOT NULL,
      deleted DATETIME
    )""",
    "CREATE INDEX scheduled_question_by_user ON scheduled_question (user)",
    "CREATE INDEX scheduled_question_by_due ON scheduled_question (due) WHERE due IS NOT NULL",
    "CREATE INDEX scheduled_question_by_try ON scheduled_question (next_try) WHERE next_try IS NOT NULL",
    "CREATE INDEX scheduled_question_by_conversation ON scheduled_question (conversation_id)",
    "CREATE INDEX scheduled_question_by_answer ON scheduled_question (answer_id)",
)
# What is sent is a ring, or a notice with words of its own.
POSTGRES = (
    "ALTER TABLE delivery ALTER COLUMN ring_id DROP NOT NULL",
    "ALTER TABLE delivery ADD COLUMN title VARCHAR(300) NOT NULL DEFAULT ''",
    "ALTER TABLE delivery ADD COLUMN body VARCHAR(300) NOT NULL DEFAULT ''",
    "ALTER TABLE delivery ADD COLUMN address VARCHAR(200) NOT NULL DEFAULT ''",
)
# SQLite makes no column optional that was not; ids go on where they were, as receivers know them.
SQLITE = (
    """CREATE TABLE delivery_new (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      channel_id INTEGER NOT NULL REFERENCES channel (id) ON DELETE CASCADE,
      ring_id INTEGER REFERENCES ring (id) ON DELETE CASCADE,
      rang DATETIME NOT NULL,
      state VARCHAR(10) NOT NULL,
      attempts INTEGER NOT NULL,
      next_try DATETIME NOT NULL,
      title VARCHAR(300) NOT NULL DEFAULT '',
      body VARCHAR(300) NOT NULL DEFAULT '',
      address VARCHAR(200) NOT NULL DEFAULT ''
    )""",
    "INSERT INTO sqlite_sequence (name, seq) SELECT 'delivery_new', seq FROM sqlite_sequence WHERE name = 'delivery'",
    """INSERT INTO delivery_new (id, channel_id, ring_id, rang, state, attempts, next_try)
      SELECT id, channel_id, ring_id, rang, state, attempts, next_try FROM delivery""",
    "DROP TABLE delivery",
    "ALTER TABLE delivery_new RENAME TO delivery",
    "CREATE UNIQUE INDEX delivery_by_ring ON delivery (ring_id, channel_id, rang)",
    "CREATE INDEX delivery_by_channel ON delivery (channel_id)",
    "CREATE INDEX delivery_by_next ON delivery (next_try) WHERE state = 'waiting'",
)


def up(migrator, db):
    for statement in (*TABLES, *(SQLITE if isinstance(db, peewee.SqliteDatabase) else POSTGRES)):
        db.execute_sql(statement)
