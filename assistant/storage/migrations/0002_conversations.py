"""Conversations, their messages and pictures, and the index that finds words in them."""

import peewee

from assistant.storage.database import KeyField, UTCField

# The index holds finished texts only: a checkpoint each second would rewrite it each second.
# The owner is a word of its own column, so that the index itself keeps people apart.
SEARCH = (
    """CREATE VIEW message_words AS SELECT id, 'u' || user AS owner, text FROM message""",
    """CREATE VIRTUAL TABLE message_search USING fts5(
      owner, text, content='message_words', content_rowid='id', tokenize="unicode61 remove_diacritics 2"
    )""",
    """CREATE TRIGGER message_search_add AFTER INSERT ON message WHEN new.state <> 'writing' BEGIN
      INSERT INTO message_search(rowid, owner, text) VALUES (new.id, 'u' || new.user, new.text);
    END""",
    """CREATE TRIGGER message_search_remove AFTER DELETE ON message WHEN old.state <> 'writing' BEGIN
      INSERT INTO message_search(message_search, rowid, owner, text)
        VALUES ('delete', old.id, 'u' || old.user, old.text);
    END""",
    """CREATE TRIGGER message_search_leave AFTER UPDATE OF text, state ON message WHEN old.state <> 'writing' BEGIN
      INSERT INTO message_search(message_search, rowid, owner, text)
        VALUES ('delete', old.id, 'u' || old.user, old.text);
    END""",
    """CREATE TRIGGER message_search_enter AFTER UPDATE OF text, state ON message WHEN new.state <> 'writing' BEGIN
      INSERT INTO message_search(rowid, owner, text) VALUES (new.id, 'u' || new.user, new.text);
    END""",
)


def up(migrator, db):
    class Table(peewee.Model):
        class Meta:
            database = db

    class Conversation(Table):
        id = KeyField()
        user = peewee.IntegerField()
        title = peewee.CharField(max_length=200, default="")
        title_by = peewee.CharField(max_length=10, default="first")
        pinned = peewee.BooleanField(default=False)
        archived = peewee.BooleanField(default=False)
        deleted = UTCField(null=True)
        created = UTCField()
        updated = UTCField()
        leaf = peewee.IntegerField(null=True)
        model = peewee.CharField(max_length=200, default="")
        system = peewee.TextField(default="")
        temperature = peewee.FloatField(null=True)
        num_ctx = peewee.IntegerField(null=True)
        keep_alive = peewee.CharField(max_length=20, default="")
        think = peewee.CharField(max_length=10, default="")

        class Meta:
            indexes = ((("user", "updated"), False),)

    class Message(Table):
        id = KeyField()
        conversation = peewee.ForeignKeyField(Conversation, on_delete="CASCADE")
        user = peewee.IntegerField()
        parent = peewee.ForeignKeyField("self", null=True, on_delete="CASCADE")
        role = peewee.CharField(max_length=10)
        text = peewee.TextField(default="")
        thinking = peewee.TextField(default="")
        thinking_seconds = peewee.FloatField(null=True)
        model = peewee.CharField(max_length=200, default="")
        state = peewee.CharField(max_length=12, default="done")
        error = peewee.TextField(default="")
        prompt_tokens = peewee.IntegerField(null=True)
        answer_tokens = peewee.IntegerField(null=True)
        seconds = peewee.FloatField(null=True)
        answer_seconds = peewee.FloatField(null=True)
        left_out = peewee.IntegerField(default=0)
        created = UTCField()
        key = peewee.CharField(max_length=64, null=True)
        deleted = UTCField(null=True)

        class Meta:
            indexes = ((("user", "key"), True), (("state",), False))

    class Image(Table):
        id = KeyField()
        user = peewee.IntegerField(index=True)
        message = peewee.ForeignKeyField(Message, null=True, on_delete="CASCADE")
        kind = peewee.CharField(max_length=20)
        data = peewee.BlobField()
        width = peewee.IntegerField()
        height = peewee.IntegerField()
        created = UTCField()

    db.create_tables([Conversation, Message, Image], safe=False)
    for statement in SEARCH if isinstance(db, peewee.SqliteDatabase) else ():
        db.execute_sql(statement)
