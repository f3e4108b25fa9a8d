"""The rows of conversations, and of what was done in them.

The messages of a conversation are a tree: editing a question or writing an answer again makes a
sibling, so that nothing is lost. The conversation's ``leaf`` says which branch is being read.
"""

import peewee

from assistant.storage.database import KeyField, UTCField

WRITING, DONE, STOPPED, FAILED, INTERRUPTED = "writing", "done", "stopped", "failed", "interrupted"
CUT = "cut"  # at the model's own limit of length
# What becomes of an act: it waits for a yes, or its time has passed; it was done, taken back, or could not be done.
PROPOSED, REFUSED, VOID, ACTED, UNDONE, UNABLE = "proposed", "refused", "void", "done", "undone", "failed"
CLAIMED = "claimed"  # by the model, while nothing was done
# Where a fact about a person is from: written in the settings, kept by a yes in a chat, brought from elsewhere.
TYPED, SAID, BROUGHT = "typed", "conversation", "import"
BRIEF, SCHEDULED = "brief ", "scheduled "  # how the keys of questions begin that nobody was there to ask


class Project(peewee.Model):
    """A folder of conversations, with what all of them begin with.

    ``tags`` are of notes, one a line; ``opened`` says whether its conversations are listed. ``held`` are the ids of the
    conversations that were in it when it was deleted, as JSON: they go on without it.
    """

    id = KeyField()
    user = peewee.IntegerField(index=True)
    key = peewee.CharField(max_length=64, null=True)  # by which it is known again where it came from elsewhere
    name = peewee.CharField(max_length=100)
    system = peewee.TextField(default="")
    tags = peewee.TextField(default="")
    opened = peewee.BooleanField(default=False)
    held = peewee.TextField(default="[]")
    deleted = UTCField(null=True)
    created = UTCField()
    updated = UTCField()

    class Meta:
        table_name = "project"


class Conversation(peewee.Model):
    """A conversation of one user; the nullable settings fall back to the installation's."""

    id = KeyField()
    project_id: int | None
    user = peewee.IntegerField()
    project = peewee.ForeignKeyField(Project, null=True, backref="conversations", on_delete="SET NULL")
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
    allows = peewee.CharField(max_length=40, default="")  # kinds of acts that need no yes here, with spaces between
    knows = peewee.CharField(max_length=10, default="")  # "notes" where it asks about the person's notes

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
    clipped = peewee.BooleanField(default=False)  # Ollama read less than it was sent
    created = UTCField()
    key = peewee.CharField(max_length=64, null=True)
    deleted = UTCField(null=True)
    writer = peewee.CharField(max_length=40, default="")  # the instance that writes it
    lease = UTCField(null=True)  # until when it does so, where several could

    class Meta:
        table_name = "message"
        indexes = ((("user", "key"), True), (("state",), False))


class Image(peewee.Model):
    """A picture that a question shows the model, or that came with an answer; without a message until it is sent."""

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


class Document(peewee.Model):
    """A file that questions are about: of a conversation, once one is sent with it, or of a project.

    ``words`` are those of all its pages, ``text_size`` their bytes. Most pages of what is ``scanned`` have no text.
    ``mark`` fences its text in a prompt; ``addresses`` are those of the web that stand in it, as JSON. One that was
    ``removed`` from its project can be put back for a day.
    """

    id = KeyField()
    conversation_id: int | None
    project_id: int | None
    user = peewee.IntegerField(index=True)
    conversation = peewee.ForeignKeyField(Conversation, null=True, backref="documents", on_delete="CASCADE")
    project = peewee.ForeignKeyField(Project, null=True, backref="documents", on_delete="CASCADE")
    removed = UTCField(null=True)
    name = peewee.CharField(max_length=200)
    kind = peewee.CharField(max_length=10)
    size = peewee.IntegerField()  # of the file, in bytes
    pages = peewee.IntegerField()
    words = peewee.IntegerField()
    text_size = peewee.IntegerField()
    scanned = peewee.BooleanField(default=False)
    addresses = peewee.TextField(default="[]")
    mark = peewee.CharField(max_length=20, default="")
    created = UTCField()
    data = peewee.BlobField()

    class Meta:
        table_name = "document"


class DocumentPage(peewee.Model):
    """The text of a page, or of a part of what has no pages; numbered from 1."""

    id = KeyField()
    document = peewee.ForeignKeyField(Document, backref="texts", on_delete="CASCADE")
    number = peewee.IntegerField()
    text = peewee.TextField()

    class Meta:
        table_name = "document_page"
        indexes = ((("document", "number"), True),)


class MessageDocument(peewee.Model):
    """That a question brings a document along; an edited question brings the same."""

    id = KeyField()
    message = peewee.ForeignKeyField(Message, backref="brought", on_delete="CASCADE")
    document = peewee.ForeignKeyField(Document, backref="brought", on_delete="CASCADE")

    class Meta:
        table_name = "message_document"


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


class Fact(peewee.Model):
    """Something about a person that models are told in every conversation, unless it is not ``active``.

    ``source`` says where it is from, with the conversation or the program.
    """

    id = KeyField()
    conversation_id: int | None
    user = peewee.IntegerField(index=True)
    text = peewee.TextField()
    source = peewee.CharField(max_length=12)
    program = peewee.CharField(max_length=40, default="")
    conversation = peewee.ForeignKeyField(Conversation, null=True, on_delete="SET NULL")
    active = peewee.BooleanField(default=True)
    created = UTCField()
    updated = UTCField()

    class Meta:
        table_name = "fact"


class Act(peewee.Model):
    """One step of an answer beside its words: something looked up, offered, done.

    It outlives its conversation, so that what was done can be seen and taken back; what a ``program`` of the person's
    asks for from outside has none. ``content`` is what it does,
    ``card`` the same for people, ``way_back`` what undoing needs, ``sources`` the texts of others that the model had
    read: all as JSON. ``digest`` binds a yes to exactly this.
    """

    id = KeyField()
    conversation_id: int | None
    message_id: int | None
    user = peewee.IntegerField()
    conversation = peewee.ForeignKeyField(Conversation, null=True, backref="acts", on_delete="SET NULL")
    message = peewee.ForeignKeyField(Message, null=True, backref="acts", on_delete="SET NULL")
    number = peewee.IntegerField()  # its place among the steps of the answer
    round = peewee.IntegerField()  # the model's, from 1; 0 is before the model was asked
    origin = peewee.CharField(max_length=10)  # words, tools, schema, again, mcp, selection
    program = peewee.CharField(max_length=100, default="")  # the name of its key
    tool = peewee.CharField(max_length=20)
    deed = peewee.CharField(max_length=20, default="")  # empty for what only reads
    said = peewee.TextField(default="{}")  # by the model, as JSON
    content = peewee.TextField(default="{}")
    card = peewee.TextField(default="{}")
    digest = peewee.CharField(max_length=64, default="")
    state = peewee.CharField(max_length=10)
    allowed = peewee.CharField(max_length=10, default="")  # by a yes (person), an allowance (always) or its key
    sources = peewee.TextField(default="[]")
    result = peewee.TextField(default="")  # what the model is told of it
    address = peewee.CharField(max_length=200, default="")  # where what was done is
    way_back = peewee.TextField(default="{}")
    model = peewee.CharField(max_length=200, default="")
    created = UTCField()
    expires = UTCField(null=True)
    decided = UTCField(null=True)

    class Meta:
        table_name = "act"
        indexes = ((("user", "created"), False),)


class Source(peewee.Model):
    """A passage that an answer was given to read, as it stood then; the answer names it by its ``number``.

    The number 0 says that nothing was found in what ``title`` names. ``place`` is where in the source it stands,
    ``address`` where it opens, ``foreign`` where it is from, when the person did not write it.
    """

    id = KeyField()
    message_id: int
    message = peewee.ForeignKeyField(Message, backref="sources", on_delete="CASCADE")
    user = peewee.IntegerField()
    number = peewee.IntegerField()
    kind = peewee.CharField(max_length=10)  # note, message, document; none for the number 0
    of = peewee.IntegerField(default=0)  # the row's id
    title = peewee.CharField(max_length=300, default="")
    place = peewee.TextField(default="")
    address = peewee.TextField(default="")
    foreign = peewee.TextField(default="", column_name="foreign_to")
    text = peewee.TextField(default="")

    class Meta:
        table_name = "source"
        indexes = ((("message", "number"), True),)


ALL: list[type[peewee.Model]] = [
    Project, Conversation, Message, Image, Document, DocumentPage, MessageDocument, Prompt, Fact, Act, Source,
]  # fmt: skip
