"""Reminders, their tags, and what rang when."""

# Long texts stand last in their rows, so that reading the other columns does not walk through them.
TABLES = (
    """CREATE TABLE reminder (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      uid VARCHAR(255) NOT NULL,
      text VARCHAR(500) NOT NULL,
      priority INTEGER NOT NULL,
      local VARCHAR(19),
      zone VARCHAR(64) NOT NULL,
      follows BOOLEAN NOT NULL,
      rule VARCHAR(500) NOT NULL,
      after_done VARCHAR(20) NOT NULL,
      leads TEXT NOT NULL,
      at DATETIME,
      due DATETIME,
      state VARCHAR(10) NOT NULL,
      created DATETIME NOT NULL,
      updated DATETIME NOT NULL,
      done DATETIME,
      deleted DATETIME,
      link_kind VARCHAR(10) NOT NULL,
      link_id INTEGER,
      note TEXT NOT NULL,
      words TEXT NOT NULL
    )""",
    """CREATE TABLE reminder_tag (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      reminder_id INTEGER NOT NULL REFERENCES reminder (id) ON DELETE CASCADE,
      user INTEGER NOT NULL,
      name VARCHAR(100) NOT NULL,
      key VARCHAR(300) NOT NULL
    )""",
    """CREATE TABLE ring (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      reminder_id INTEGER NOT NULL REFERENCES reminder (id) ON DELETE CASCADE,
      user INTEGER NOT NULL,
      occurrence DATETIME NOT NULL,
      lead INTEGER NOT NULL,
      due DATETIME NOT NULL,
      rang DATETIME,
      state VARCHAR(10) NOT NULL,
      answered DATETIME,
      snoozed_until DATETIME,
      late INTEGER NOT NULL,
      missed INTEGER NOT NULL
    )""",
)

# The wake-up reads the first row of two small indexes; each list reads only its own rows.
INDEXES = (
    "CREATE UNIQUE INDEX reminder_by_uid ON reminder (user, uid)",
    "CREATE INDEX reminder_by_due ON reminder (due) WHERE due IS NOT NULL AND deleted IS NULL",
    "CREATE INDEX reminder_by_time ON reminder (user, state, at, id) WHERE deleted IS NULL",
    "CREATE INDEX reminder_by_done ON reminder (user, done, id) WHERE deleted IS NULL AND done IS NOT NULL",
    "CREATE INDEX reminder_by_rule ON reminder (user, id) WHERE deleted IS NULL AND rule <> ''",
    "CREATE INDEX reminder_by_link ON reminder (user, link_kind, link_id) WHERE link_kind <> ''",
    "CREATE INDEX reminder_by_deleted ON reminder (deleted) WHERE deleted IS NOT NULL",
    "CREATE UNIQUE INDEX reminder_tag_by_reminder ON reminder_tag (reminder_id, key)",
    "CREATE INDEX reminder_tag_by_key ON reminder_tag (user, key, name, reminder_id)",
    "CREATE UNIQUE INDEX ring_by_occurrence ON ring (reminder_id, occurrence, lead)",
    "CREATE INDEX ring_by_time ON ring (user, occurrence)",
    "CREATE INDEX ring_by_due ON ring (due)",
    "CREATE INDEX ring_by_snoozed ON ring (snoozed_until) WHERE snoozed_until IS NOT NULL",
    "CREATE INDEX ring_by_waiting ON ring (user, state, rang) WHERE state IN ('ringing', 'snoozed')",
)


def up(migrator, db):
    for statement in (*TABLES, *INDEXES):
        db.execute_sql(statement)
