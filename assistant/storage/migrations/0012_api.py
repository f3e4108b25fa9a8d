"""What the API is entered with, and the answers that a request sent twice gets again."""

import peewee

from assistant.storage.database import KeyField, UTCField


def up(migrator, db):
    class Table(peewee.Model):
        class Meta:
            database = db

    class User(Table):
        id = KeyField()

    class Session(Table):
        id = KeyField()

    class ApiKey(Table):
        id = KeyField()
        user = peewee.ForeignKeyField(User, on_delete="CASCADE")
        name = peewee.CharField(max_length=100)
        token = peewee.BlobField(unique=True)
        ending = peewee.CharField(max_length=4)
        scopes = peewee.CharField(max_length=40)
        created = UTCField()
        expires = UTCField(null=True)
        used = UTCField(null=True)

        class Meta:
            table_name = "api_key"

    class RefreshToken(Table):
        id = KeyField()
        session = peewee.ForeignKeyField(Session, on_delete="CASCADE")
        token = peewee.BlobField(unique=True)
        scopes = peewee.CharField(max_length=40)
        created = UTCField()
        used = UTCField(null=True)

        class Meta:
            table_name = "refresh_token"

    class SigningKey(Table):
        id = KeyField()
        name = peewee.CharField(max_length=40, unique=True)
        secret = peewee.BlobField()
        created = UTCField()

        class Meta:
            table_name = "signing_key"

    class KeptAnswer(Table):
        id = KeyField()
        user = peewee.ForeignKeyField(User, on_delete="CASCADE")
        key = peewee.BlobField()
        request = peewee.BlobField()
        status = peewee.IntegerField()
        location = peewee.CharField(max_length=200, default="")
        body = peewee.TextField(default="")
        created = UTCField()

        class Meta:
            table_name = "kept_answer"
            indexes = ((("user", "key"), True), (("created",), False))

    db.create_tables([ApiKey, RefreshToken, SigningKey, KeptAnswer], safe=False)
