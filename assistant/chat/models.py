"""The rows of conversations.

The messages of a conversation are a tree: editing a question or writing an answer again makes a
sibling, so that nothing is lost. The conversation's ``leaf`` says which branch is being read.
"""

import peewee

from assistant.storage.database import KeyField, UTCField

WRITING, DONE, STOPPED, FAILED, INTERRUPTED = "writing", "done", "stopped", "failed", "interrupted"
CUT = "cut"  # at the model's own limit of length


class Conversation(peewee.Model):
    """A conversation of one user; the nullable settings fall back to the installation's."""

    id = KeyField()
    user = peewee.IntegerField()
    key = peewee.CharField(max_length=64, null=True)  # by which it is known again where it came from elsewhere
    title = peewee.CharField(max_length=200, default="")
    title_by = peewee.CharField(max_length=10, default="first")  # first, model or user
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
    think = peewee.CharField(max_length=10, default="")  # "", off, on, low, medium, high

    class Meta:
        table_name = "conversation"
        indexes = ((("user", "updated"), False),)


class Message(peewee.Model):
    """One question or answer. ``key`` makes sending it twice the same as sending it once."""

    id = KeyField()
    conversation_id: int
    parent_id: int | None
    images: "peewee.ModelSelect[Image]"
    conversation = peewee.ForeignKeyField(Conversation, backref="messages", on_delete="CASCADE")
    user = peewee.IntegerField()
    parent = peewee.ForeignKeyField("self", null=True, backref="children", on_delete="CASCADE")
    role = peewee.CharField(max_length=10)  # user or assistant
    text = peewee.TextField(default="")
    thinking = peewee.TextField(default="")
    thinking_seconds = peewee.FloatField(null=True)
    model = peewee.CharField(max_length=200, default="")
    state = peewee.CharField(max_length=12, default=DONE)
    error = peewee.TextField(default="")
    prompt_tokens = peewee.IntegerField(null=True)
    answer_tokens = peewee.IntegerField(null=True)
    seconds = peewee.FloatField(null=True)  # from sending to the last token
    answer_seconds = peewee.FloatField(null=True)  # Ollama's own eval_duration
    left_out = peewee.IntegerField(default=0)  # older messages that no longer fitted
    created = UTCField()
    key = peewee.CharField(max_length=64, null=True)
    deleted = UTCField(null=True)
    writer = peewee.CharField(max_length=40, default="")  # the instance that writes it
    lease = UTCField(null=True)  # until when it does so, where several could

    class Meta:
        table_name = "message"
        indexes = ((("user", "key"), True), (("state",), False))


class Image(peewee.Model):
    """A picture that a question shows the model; without a message until it is sent."""

    id = KeyField()
    user = peewee.IntegerField(index=True)
    message = peewee.ForeignKeyField(Message, null=True, backref="images", on_delete="CASCADE")
    kind = peewee.CharField(max_length=20)  # image/jpeg or image/png
    data = peewee.BlobField()
    width = peewee.IntegerField()
    height = peewee.IntegerField()
    created = UTCField()

    class Meta:
        table_name = "image"


class Prompt(peewee.Model):
    """A prompt that is called by its name; ``key`` is the name as it is compared."""

    id = KeyField()
    user = peewee.IntegerField()
    name = peewee.CharField(max_length=40)
    key = peewee.CharField(max_length=80)
    text = peewee.TextField()
    created = UTCField()
    updated = UTCField()

    class Meta:
        table_name = "prompt"
        indexes = ((("user", "key"), True),)


ALL: list[type[peewee.Model]] = [Conversation, Message, Image, Prompt]
