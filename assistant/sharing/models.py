"""The rows of what was shared."""

import peewee

from assistant.storage.database import KeyField, UTCField
from assistant.users.models import User


class Share(peewee.Model):
    """Something shared; without a user it came from somebody who was not logged in."""

    id = KeyField()
    user_id: int | None
    user = peewee.ForeignKeyField(User, null=True, on_delete="CASCADE")
    token = peewee.BlobField(unique=True)  # SHA-256 of what stands in its address
    text = peewee.TextField()
    created = UTCField()

    class Meta:
        table_name = "share"
        indexes = ((("user", "created"), False),)


class SharedPicture(peewee.Model):
    """A picture that was shared with it."""

    id = KeyField()
    share_id: int
    share = peewee.ForeignKeyField(Share, on_delete="CASCADE")
    name = peewee.CharField(max_length=200)
    kind = peewee.CharField(max_length=40)
    data = peewee.BlobField()

    class Meta:
        table_name = "shared_picture"
        indexes = ((("share",), False),)


ALL: list[type[peewee.Model]] = [Share, SharedPicture]
