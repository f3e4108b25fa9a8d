"""The rows of notes.

A note's ``version`` counts the changes of its text, title and tags. A ``NoteStep`` leads back from
one version to the one before it, for merging; a ``NoteVersion`` is a whole text kept for people.
"""

import re

import peewee

from assistant.retrieval.meaning.rows import DueRow, SetRow, VectorRow
from assistant.storage.database import KeyField, UTCField

COLOURS = ("", "red", "orange", "yellow", "green", "blue", "purple", "grey")

ADDRESS = "/notes/attachments/"  # of a picture or file in a note's text, followed by its id
SHOWN = re.compile(re.escape(ADDRESS) + r"(\d{1,18})\b", re.ASCII)


class Note(peewee.Model):
    """A note of one user; ``excerpt`` is there so that lists never read the text."""

    id = KeyField()
    user = peewee.IntegerField()
    key = peewee.CharField(max_length=64, null=True)  # makes creating it twice the same as once
    title = peewee.CharField(max_length=300, default="")
    title_set = peewee.BooleanField(default=False)  # chosen by the user rather than from the first line
    title_key = peewee.CharField(default="")  # as links name it
    sort_key = peewee.CharField(default="")  # as the alphabet sorts it
    excerpt = peewee.CharField(default="")
    version = peewee.IntegerField(default=1)
    pinned = peewee.BooleanField(default=False)
    archived = peewee.BooleanField(default=False)
    colour = peewee.CharField(max_length=10, default="")
    trashed = UTCField(null=True)
    created = UTCField()
    updated = UTCField()
    path = peewee.CharField(max_length=1000, default="")  # of the file that it came from, and will be again
    search_row = peewee.IntegerField(unique=True)  # its row in note_search; higher is changed later
    text = peewee.TextField(default="")

    class Meta:
        table_name = "note"


class NoteStep(peewee.Model):
    """The way from the version after ``version`` back to it: ``middle`` stood between head and tail."""

    id = KeyField()
    note_id: int
    note = peewee.ForeignKeyField(Note, backref="steps", on_delete="CASCADE")
    version = peewee.IntegerField()
    title = peewee.CharField(max_length=300, default="")  # the title that was set then, if any
    head = peewee.IntegerField()  # characters that both texts begin with
    tail = peewee.IntegerField()  # characters that both texts end with
    size = peewee.IntegerField()
    created = UTCField()
    middle = peewee.TextField()

    class Meta:
        table_name = "note_step"
        indexes = ((("note", "version"), True),)


class NoteVersion(peewee.Model):
    """A text that was kept, with the title and tags of that time; ``created`` is when it was written."""

    id = KeyField()
    note_id: int
    note = peewee.ForeignKeyField(Note, backref="versions", on_delete="CASCADE")
    version = peewee.IntegerField()
    title = peewee.CharField(max_length=300, default="")
    tags = peewee.TextField(default="[]")
    reason = peewee.CharField(max_length=10)  # edit, merge, restore or import
    size = peewee.IntegerField()  # bytes of the text
    created = UTCField()
    text = peewee.TextField()

    class Meta:
        table_name = "note_version"


class NoteTag(peewee.Model):
    """A tag of a note; ``key`` is the name as it is compared."""

    id = KeyField()
    note_id: int
    note = peewee.ForeignKeyField(Note, backref="tags", on_delete="CASCADE")
    user = peewee.IntegerField()
    name = peewee.CharField(max_length=100)
    key = peewee.CharField(max_length=300)

    class Meta:
        table_name = "note_tag"
        indexes = ((("note", "key"), True), (("user", "key"), False))


class NoteName(peewee.Model):
    """What a note is called by beside its title: an alias, or the end of its path; of equal ones the lowest rank."""

    id = KeyField()
    note_id: int
    note = peewee.ForeignKeyField(Note, backref="names", on_delete="CASCADE")
    user = peewee.IntegerField()
    key = peewee.CharField()
    rank = peewee.IntegerField()

    class Meta:
        table_name = "note_name"
        indexes = ((("note", "key"), True), (("user", "key"), False))


class NoteLink(peewee.Model):
    """A link in a note; ``key`` is what it names, a title or a path, as it is compared and whether or not it exists."""

    id = KeyField()
    note_id: int
    note = peewee.ForeignKeyField(Note, backref="links", on_delete="CASCADE")
    user = peewee.IntegerField()
    key = peewee.CharField()

    class Meta:
        table_name = "note_link"
        indexes = ((("note", "key"), True), (("user", "key"), False))


class NoteChore(peewee.Model):
    """Work on many notes that is done a few at a time: what kind, for which note, and after which one it goes on."""

    id = KeyField()
    note_id: int | None
    note = peewee.ForeignKeyField(Note, null=True, backref="chores", on_delete="CASCADE")
    kind = peewee.CharField(max_length=10)
    at = peewee.IntegerField(default=0)
    names = peewee.TextField(default="{}")

    class Meta:
        table_name = "note_chore"


class Attachment(peewee.Model):
    """A picture of a note, or a file; without a note until the note that shows it is saved."""

    id = KeyField()
    note_id: int | None
    user = peewee.IntegerField()
    note = peewee.ForeignKeyField(Note, null=True, backref="attachments", on_delete="CASCADE")
    name = peewee.CharField(max_length=200, default="")
    kind = peewee.CharField(max_length=20)
    size = peewee.IntegerField()
    digest = peewee.CharField(max_length=64)
    created = UTCField()
    data = peewee.BlobField()

    class Meta:
        table_name = "attachment"
        indexes = ((("user", "digest"), False),)


class NotePassage(peewee.Model):
    """A passage of a note, from the character ``start`` on; ``place`` are the headings above it."""

    id = KeyField()
    note_id: int
    note = peewee.ForeignKeyField(Note, backref="passages", on_delete="CASCADE")
    user = peewee.IntegerField()
    number = peewee.IntegerField()  # its place among those of the note
    start = peewee.IntegerField()
    place = peewee.TextField()
    digest = peewee.CharField(max_length=32)
    text = peewee.TextField()

    class Meta:
        table_name = "note_passage"


class NoteUnsplit(peewee.Model):
    """A note whose passages have yet to be made from what it has become."""

    note_id: int
    note = peewee.ForeignKeyField(Note, primary_key=True, on_delete="CASCADE")

    class Meta:
        table_name = "note_unsplit"


class VectorSet(SetRow):
    """The vectors of passages of one version of a model."""

    class Meta:
        table_name = "vector_set"
        indexes = ((("digest", "dimension", "cutter"), True),)


class PassageVector(VectorRow):
    """What a passage means."""

    set = peewee.ForeignKeyField(VectorSet, backref="vectors", on_delete="CASCADE")
    item = peewee.ForeignKeyField(
        NotePassage, backref="vectors", on_delete="CASCADE", column_name="passage_id", object_id_name="item_id"
    )

    class Meta:
        table_name = "passage_vector"
        indexes = ((("item", "set"), True),)


class PassageDue(DueRow):
    """A passage whose vector has yet to be made."""

    set = peewee.ForeignKeyField(VectorSet, on_delete="CASCADE")
    item = peewee.ForeignKeyField(
        NotePassage, on_delete="CASCADE", column_name="passage_id", object_id_name="item_id"
    )  # fmt: skip

    class Meta:
        table_name = "passage_due"
        primary_key = peewee.CompositeKey("set", "item")


DERIVED: list[type[peewee.Model]] = [
    NotePassage,
    NoteUnsplit,
    VectorSet,
    PassageVector,
    PassageDue,
]  # what is made again from the others
ALL: list[type[peewee.Model]] = [
    Note, NoteStep, NoteVersion, NoteTag, NoteName, NoteLink, NoteChore, Attachment, *DERIVED,
]  # fmt: skip
