"""Documents of questions: the file, the texts of its pages, and the questions to which it belongs."""

STATEMENTS = (
    """CREATE TABLE document (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      conversation_id INTEGER REFERENCES conversation (id) ON DELETE CASCADE,
      name VARCHAR(200) NOT NULL,
      kind VARCHAR(10) NOT NULL,
      size INTEGER NOT NULL,
      pages INTEGER NOT NULL,
      words INTEGER NOT NULL,
      text_size INTEGER NOT NULL,
      scanned BOOLEAN NOT NULL DEFAULT FALSE,
      addresses TEXT NOT NULL DEFAULT '[]',
      mark VARCHAR(20) NOT NULL DEFAULT '',
      created DATETIME NOT NULL,
      data BLOB NOT NULL
    )""",
    "CREATE INDEX document_by_user ON document (user)",
    "CREATE INDEX document_by_conversation ON document (conversation_id)",
    """CREATE TABLE document_page (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE,
      number INTEGER NOT NULL,
      text TEXT NOT NULL
    )""",
    "CREATE UNIQUE INDEX document_page_by_number ON document_page (document_id, number)",
    """CREATE TABLE message_document (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      document_id INTEGER NOT NULL REFERENCES document (id) ON DELETE CASCADE
    )""",
    "CREATE INDEX message_document_by_message ON message_document (message_id)",
    "CREATE INDEX message_document_by_document ON message_document (document_id)",
)
# It only adds tables: while instances are replaced one after the other, those before it go on.
OLDEST_READER = 20


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
