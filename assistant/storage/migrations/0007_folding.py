"""Messages and reminders are found as notes are: folded alike, in runs of characters, by emoji and signs.

Takes about a minute for a hundred thousand messages of a thousand characters.
"""

import peewee

from assistant.storage.text import fold

OLD = (
    *(f"DROP TRIGGER message_search_{name}" for name in ("add", "remove", "leave", "enter")),
    "DROP TABLE message_search",
    "DROP VIEW message_words",
)

# The index holds finished texts only: a checkpoint each second would rewrite it each second.
# The owner is a word of its own column, so that the index itself keeps people apart. ``index_words``
# is a function that the product brings along, so that all texts fold alike.
SEARCH = (
    """CREATE VIRTUAL TABLE message_search USING fts5(
      owner, text, prefix='1 2 3', tokenize="unicode61 remove_diacritics 2 categories 'L* N* M* So Co Cn'"
    )""",
    """CREATE TRIGGER message_search_add AFTER INSERT ON message WHEN new.state <> 'writing' BEGIN
      INSERT INTO message_search (rowid, owner, text) VALUES (new.id, 'u' || new.user, index_words(new.text));
    END""",
    """CREATE TRIGGER message_search_remove AFTER DELETE ON message BEGIN
      DELETE FROM message_search WHERE rowid = old.id;
    END""",
    """CREATE TRIGGER message_search_change AFTER UPDATE OF text, state ON message
      WHEN old.state <> 'writing' OR new.state <> 'writing' BEGIN
      DELETE FROM message_search WHERE rowid = old.id;
      INSERT INTO message_search (rowid, owner, text)
        SELECT new.id, 'u' || new.user, index_words(new.text) WHERE new.state <> 'writing';
    END""",
    """INSERT INTO message_search (rowid, owner, text)
      SELECT id, 'u' || user, index_words(text) FROM message WHERE state <> 'writing' ORDER BY id""",
)

# Words are cut in Python, of which a trigger there knows nothing: it notes what is to be indexed before the unit ends.
POSTGRES = (
    """CREATE TABLE message_search (
      message_id INTEGER PRIMARY KEY REFERENCES message (id) ON DELETE CASCADE,
      document TSVECTOR NOT NULL,
      written TEXT NOT NULL
    )""",
    "CREATE INDEX message_search_by_word ON message_search USING gin (document) WITH (fastupdate = off)",
    "CREATE TABLE message_unindexed (message_id INTEGER NOT NULL)",
    """CREATE FUNCTION message_unindexed() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
      INSERT INTO message_unindexed (message_id) VALUES (new.id);
      RETURN NULL;
    END $$""",
    """CREATE TRIGGER message_search_add AFTER INSERT ON message
      FOR EACH ROW WHEN (new.state <> 'writing') EXECUTE FUNCTION message_unindexed()""",
    """CREATE TRIGGER message_search_change AFTER UPDATE OF text, state ON message
      FOR EACH ROW WHEN (old.state <> 'writing' OR new.state <> 'writing') EXECUTE FUNCTION message_unindexed()""",
)


def up(migrator, db):
    for statement in (*OLD, *SEARCH) if isinstance(db, peewee.SqliteDatabase) else POSTGRES:
        db.execute_sql(statement)
    for row, text, note in db.execute_sql("SELECT id, text, note FROM reminder").fetchall():
        db.execute_sql("UPDATE reminder SET words = ? WHERE id = ?", (fold(f"{text}\n{note}"), row))
