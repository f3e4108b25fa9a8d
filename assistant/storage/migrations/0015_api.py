"""What the API is entered with, and the answers that a request sent twice gets again."""

TABLES = (
    """CREATE TABLE api_key (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
      name VARCHAR(100) NOT NULL,
      token BLOB NOT NULL,
      ending VARCHAR(4) NOT NULL,
      scopes VARCHAR(40) NOT NULL,
      created DATETIME NOT NULL,
      expires DATETIME,
      used DATETIME
    )""",
    """CREATE TABLE refresh_token (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      session_id INTEGER NOT NULL REFERENCES session (id) ON DELETE CASCADE,
      token BLOB NOT NULL,
      scopes VARCHAR(40) NOT NULL,
      created DATETIME NOT NULL,
      used DATETIME
    )""",
    """CREATE TABLE signing_key (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      name VARCHAR(40) NOT NULL,
      secret BLOB NOT NULL,
      created DATETIME NOT NULL
    )""",
    """CREATE TABLE kept_answer (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user_id INTEGER NOT NULL REFERENCES user (id) ON DELETE CASCADE,
      key BLOB NOT NULL,
      request BLOB NOT NULL,
      status INTEGER NOT NULL,
      location VARCHAR(200) NOT NULL DEFAULT '',
      body TEXT NOT NULL DEFAULT '',
      created DATETIME NOT NULL
    )""",
)
INDEXES = (
    "CREATE UNIQUE INDEX api_key_by_token ON api_key (token)",
    "CREATE INDEX api_key_by_user ON api_key (user_id)",
    "CREATE UNIQUE INDEX refresh_token_by_token ON refresh_token (token)",
    "CREATE INDEX refresh_token_by_session ON refresh_token (session_id)",
    "CREATE UNIQUE INDEX signing_key_by_name ON signing_key (name)",
    "CREATE UNIQUE INDEX kept_answer_by_key ON kept_answer (user_id, key)",
    "CREATE INDEX kept_answer_by_created ON kept_answer (created)",
)


def up(migrator, db):
    for statement in (*TABLES, *INDEXES):
        db.execute_sql(statement)
