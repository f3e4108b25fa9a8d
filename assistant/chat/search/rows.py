"""The rows of what messages mean; all of them are made again from the messages."""

import peewee

from assistant.chat.models import Message
from assistant.retrieval.meaning.rows import DueRow, SetRow, VectorRow


class MessageSet(SetRow):
    """The vectors of messages of one version of a model."""

    class Meta:
        table_name = "message_set"


class MessageVector(VectorRow):
    """What a part of a message means."""

    set = peewee.ForeignKeyField(MessageSet, backref="vectors", on_delete="CASCADE")
    item = peewee.ForeignKeyField(
        Message, on_delete="CASCADE", column_name="message_id", object_id_name="item_id"
    )  # fmt: skip

    class Meta:
        table_name = "message_vector"


class MessageDue(DueRow):
    """A message whose vectors have yet to be made."""

    set = peewee.ForeignKeyField(MessageSet, on_delete="CASCADE")
    item = peewee.ForeignKeyField(
        Message, on_delete="CASCADE", column_name="message_id", object_id_name="item_id"
    )  # fmt: skip

    class Meta:
        table_name = "message_due"
        primary_key = peewee.CompositeKey("set", "item")


ALL: list[type[peewee.Model]] = [MessageSet, MessageVector, MessageDue]
