"""People and what lets them in."""

import peewee

from assistant.storage.database import KeyField, UTCField


def up(migrator, db):
    class Table(peewee.Model):
        class Meta:
            database = db

    class User(Table):
        id = KeyField()
        name = peewee.CharField(max_length=32)
        key = peewee.CharField(max_length=32, unique=True)
        password = peewee.TextField()
        owner = peewee.BooleanField(default=False)
        disabled = UTCField(null=True)
        created = UTCField()
        preferences = peewee.TextField(default="{}")

    class Session(Table):
        id = KeyField()
        user = peewee.ForeignKeyField(User, on_delete="CASCADE")
        token = peewee.BlobField(unique=True)
        created = UTCField()
        seen = UTCField()
        agent = peewee.CharField(max_length=200, default="")

    class RecoveryCode(Table):
        id = KeyField()
        user = peewee.ForeignKeyField(User, on_delete="CASCADE")
        code = peewee.BlobField(unique=True)
        used = UTCField(null=True)

        class Meta:
            table_name = "recovery_code"

    class Invitation(Table):
        id = KeyField()
        token = peewee.BlobField(unique=True)
        created = UTCField()
        expires = UTCField()
        used = UTCField(null=True)

    class Attempt(Table):
        id = KeyField()
        key = peewee.CharField(max_length=100)
        at = UTCField()

        class Meta:
            indexes = ((("key", "at"), False),)

    class HouseholdSetting(Table):
        name = peewee.CharField(max_length=40, primary_key=True)
        value = peewee.TextField()

        class Meta:
            table_name = "household_setting"

    db.create_tables([User, Session, RecoveryCode, Invitation, Attempt, HouseholdSetting], safe=False)
