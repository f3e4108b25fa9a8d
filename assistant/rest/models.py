"""The rows of answers that are given again."""

import peewee

from assistant.storage.database import KeyField, UTCField
from assistant.users.models import User


class KeptAnswer(peewee.Model):
    """What a request with an Idempotency-Key was answered."""

    id = KeyField()
    user = peewee.ForeignKeyField(User, on_delete="CASCADE")
    key = peewee.BlobField()  # SHA-256 of it
    request = peewee.BlobField()  # SHA-256 of method, address and body
    status = peewee.IntegerField()
    location = peewee.CharField(max_length=200, default="")
    body = peewee.TextField(default="")
    created = UTCField()

    class Meta:
        table_name = "kept_answer"
        indexes = ((("user", "key"), True), (("created",), False))


ALL: list[type[peewee.Model]] = [KeptAnswer]
