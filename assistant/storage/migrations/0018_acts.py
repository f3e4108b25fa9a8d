"""What the assistant offered to do, and did; which conversations let it do so without asking."""

STATEMENTS = (
    """CREATE TABLE act (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      conversation_id INTEGER REFERENCES conversation (id) ON DELETE SET NULL,
      message_id INTEGER REFERENCES message (id) ON DELETE SET NULL,
      number INTEGER NOT NULL,
      round INTEGER NOT NULL,
      origin VARCHAR(10) NOT NULL,
      tool VARCHAR(20) NOT NULL,
      deed VARCHAR(20) NOT NULL DEFAULT '',
      said TEXT NOT NULL DEFAULT '{}',
      content TEXT NOT NULL DEFAULT '{}',
      card TEXT NOT NULL DEFAULT '{}',
      digest VARCHAR(64) NOT NULL DEFAULT '',
      state VARCHAR(10) NOT NULL,
      allowed VARCHAR(10) NOT NULL DEFAULT '',
      sources TEXT NOT NULL DEFAULT '[]',
      result TEXT NOT NULL DEFAULT '',
      address VARCHAR(200) NOT NULL DEFAULT '',
      way_back TEXT NOT NULL DEFAULT '{}',
      model VARCHAR(200) NOT NULL DEFAULT '',
      created DATETIME NOT NULL,
      expires DATETIME,
      decided DATETIME
    )""",
    "CREATE INDEX act_by_message ON act (message_id)",
    "CREATE INDEX act_by_conversation ON act (conversation_id)",
    "CREATE INDEX act_by_user ON act (user, created)",
    "ALTER TABLE conversation ADD COLUMN allows VARCHAR(40) NOT NULL DEFAULT ''",
    "ALTER TABLE message ADD COLUMN clipped BOOLEAN NOT NULL DEFAULT FALSE",
    "ALTER TABLE reminder ADD COLUMN imported BOOLEAN NOT NULL DEFAULT FALSE",
    # Those that are here were made by a form, by the API, or by a calendar, whose names for them are others.
    "UPDATE reminder SET imported = TRUE WHERE uid NOT LIKE '________-____-4___-____-____________'"
    " AND (uid LIKE '%@%' OR uid NOT LIKE '%-%-%-%')",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
