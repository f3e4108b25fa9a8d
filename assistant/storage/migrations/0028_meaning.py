"""What messages mean is kept as what notes mean is; what has yet to be made is put down where something changes.

So a change costs as much as what has changed, and several instances make each vector once. All of it is made again
from the rows at any time. Titles of conversations are looked through in an index that holds all that it takes.
"""

import peewee

DUE = """CREATE TABLE {name} (
      set_id INTEGER NOT NULL REFERENCES {sets} (id) ON DELETE CASCADE,
      {item}_id INTEGER NOT NULL REFERENCES {items} (id) ON DELETE CASCADE,
      token VARCHAR(40) NOT NULL DEFAULT '',
      until DATETIME,
      PRIMARY KEY (set_id, {item}_id)
    )"""
STATEMENTS = (
    "ALTER TABLE vector_set ADD COLUMN walked INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE vector_set ADD COLUMN probes BLOB",
    "UPDATE vector_set SET walked = 1 + COALESCE((SELECT MAX(id) FROM note_passage), 0)",
    "ALTER TABLE passage_vector ADD COLUMN number INTEGER NOT NULL DEFAULT 0",
    "DROP INDEX passage_vector_by_user",
    "CREATE INDEX passage_vector_by_user ON passage_vector (set_id, user, id)",
    DUE.format(name="passage_due", sets="vector_set", item="passage", items="note_passage"),
    "CREATE INDEX passage_due_by_passage ON passage_due (passage_id)",
    """CREATE TABLE message_set (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      model VARCHAR(200) NOT NULL,
      digest VARCHAR(100) NOT NULL,
      dimension INTEGER NOT NULL,
      cutter INTEGER NOT NULL,
      counted INTEGER NOT NULL DEFAULT 0,
      mean BLOB NOT NULL,
      whole BOOLEAN NOT NULL DEFAULT FALSE,
      walked INTEGER NOT NULL DEFAULT 0,
      probes BLOB
    )""",
    """CREATE TABLE message_vector (
      id INTEGER PRIMARY KEY AUTOINCREMENT,
      set_id INTEGER NOT NULL REFERENCES message_set (id) ON DELETE CASCADE,
      message_id INTEGER NOT NULL REFERENCES message (id) ON DELETE CASCADE,
      number INTEGER NOT NULL DEFAULT 0,
      user INTEGER NOT NULL,
      bits BLOB NOT NULL,
      scale REAL NOT NULL,
      body BLOB NOT NULL
    )""",
    "CREATE UNIQUE INDEX message_vector_by_message ON message_vector (message_id, set_id, number)",
    "CREATE INDEX message_vector_by_user ON message_vector (set_id, user, id)",
    DUE.format(name="message_due", sets="message_set", item="message", items="message"),
    "CREATE INDEX message_due_by_message ON message_due (message_id)",
    """CREATE INDEX conversation_by_title
      ON conversation (user, pinned, updated, id, archived, project_id, deleted, title)""",
)
PUT_DOWN = """INSERT INTO message_due (set_id, message_id) SELECT id, new.id FROM message_set WHERE TRUE
      ON CONFLICT (set_id, message_id) DO UPDATE SET token = '';"""
SQLITE = (
    f"CREATE TRIGGER message_due_add AFTER INSERT ON message WHEN new.state <> 'writing' BEGIN {PUT_DOWN} END",
    f"""CREATE TRIGGER message_due_change AFTER UPDATE OF text, state ON message WHEN new.state <> 'writing' BEGIN
      {PUT_DOWN} END""",
)
POSTGRES = (
    f"""CREATE FUNCTION message_due() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      {PUT_DOWN}
      RETURN NULL;
    END $$""",
    """CREATE TRIGGER message_due_add AFTER INSERT ON message
      FOR EACH ROW WHEN (new.state <> 'writing') EXECUTE FUNCTION message_due()""",
    """CREATE TRIGGER message_due_change AFTER UPDATE OF text, state ON message
      FOR EACH ROW WHEN (new.state <> 'writing') EXECUTE FUNCTION message_due()""",
)


def up(migrator, db):
    triggers = SQLITE if isinstance(db, peewee.SqliteDatabase) else POSTGRES
    for statement in (*STATEMENTS, *triggers):
        db.execute_sql(statement)
