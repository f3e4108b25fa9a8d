"""Projects: folders of conversations with instructions, documents and tags of notes of their own."""

STATEMENTS = (
    """CREATE TABLE project (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      user INTEGER NOT NULL,
      key VARCHAR(64),
      name VARCHAR(100) NOT NULL,
      system TEXT NOT NULL DEFAULT '',
      tags TEXT NOT NULL DEFAULT '',
      opened BOOLEAN NOT NULL DEFAULT FALSE,
      held TEXT NOT NULL DEFAULT '[]',
      deleted DATETIME,
      created DATETIME NOT NULL,
      updated DATETIME NOT NULL
    )""",
    "CREATE INDEX project_by_user ON project (user)",
    "ALTER TABLE conversation ADD COLUMN project_id INTEGER REFERENCES project (id) ON DELETE SET NULL",
    "CREATE INDEX conversation_by_project ON conversation (project_id)",
    "ALTER TABLE document ADD COLUMN project_id INTEGER REFERENCES project (id) ON DELETE CASCADE",
    "ALTER TABLE document ADD COLUMN removed DATETIME",
    "CREATE INDEX document_by_project ON document (project_id)",
)


def up(migrator, db):
    for statement in STATEMENTS:
        db.execute_sql(statement)
