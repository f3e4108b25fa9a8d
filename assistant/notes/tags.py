"""Tags: the tree that notes hang on, nested by ``/``."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from peewee import Expression, fn

from assistant.errors import Invalid, NotFound
from assistant.notes.models import Note, NoteTag
from assistant.notes.validation import TAG_LIMIT, tag_key, tag_name, valid_tags
from assistant.notes.versions import revisions
from assistant.storage.text import fold


@dataclass(frozen=True, slots=True)
class Branch:
    """A tag in the tree; ``count`` is of the notes outside the trash that have it or one below it."""

    name: str
    count: int
    depth: int
    parent: bool


def listed(user: int) -> list[tuple[str, int]]:
    """The user's tags in alphabetical order, each with the number of notes outside the trash."""
    # Counted from the index alone; reading every note to leave out the trash takes ten times as long.
    counted = NoteTag.select(NoteTag.key, fn.MIN(NoteTag.name), fn.COUNT(NoteTag.id)).where(NoteTag.user == user)
    rows: Any = counted.group_by(NoteTag.key).order_by(NoteTag.key)
    away = NoteTag.select(NoteTag.key, fn.COUNT(NoteTag.id)).join(Note).group_by(NoteTag.key)
    trashed: Any = away.where((Note.user == user) & Note.trashed.is_null(is_null=False))
    less = dict(trashed.tuples())
    return [(name, count - less.get(key, 0)) for key, name, count in rows.tuples() if count > less.get(key, 0)]


def tree(user: int) -> list[Branch]:
    """The user's tags, each below the one that it nests in, which need not be a note's own tag."""
    named = {tag_key(name): (name, count) for name, count in listed(user)}
    parents: dict[str, str] = {}
    for name, _ in named.values():
        levels = name.split("/")
        for depth in range(1, len(levels)):
            above = "/".join(levels[:depth])
            parents.setdefault(tag_key(above), above)
    for key, name in parents.items():
        inside = NoteTag.select(NoteTag.note).distinct().join(Note).where(below(user, name) & Note.trashed.is_null())
        named[key] = (named.get(key, (name, 0))[0], inside.count())
    return [
        Branch(name, count, key.count("/"), parent=key in parents)
        for key, (name, count) in sorted(named.items(), key=lambda item: item[0].split("/"))
    ]


def complete(user: int, prefix: str, limit: int = 10) -> list[str]:
    """The user's tags that begin with what was typed, or of which a lower level does."""
    folded = fold(tag_key(prefix))
    names = [name for name, _ in listed(user)]
    first = [name for name in names if fold(name).startswith(folded)]
    inside = [name for name in names if f"/{folded}" in fold(name) and name not in first]
    return [*first, *inside][:limit]


def rename(user: int, old: str, new: str, now: datetime) -> int:
    """Gives the tag, and those below it, another name; returns how many notes had it.

    A tag that has the new name already takes the notes in. Raises NotFound when no note of the
    user has the old one, Invalid (field tags) for a name that cannot be.
    """
    name = tag_name(new)
    if not name:
        raise Invalid("A tag needs a name.", field="tags")
    rows: Any = NoteTag.select(NoteTag.note, NoteTag.name).where(below(user, old))
    longest = max((len(_moved(tag, old, name)) for _, tag in rows.tuples()), default=0)
    if not longest:
        raise NotFound("There is no such tag.")
    if longest > TAG_LIMIT:
        raise Invalid(f"A tag has at most {TAG_LIMIT} characters.", field="tags")
    notes = Note.select().where(Note.id.in_(NoteTag.select(NoteTag.note).where(below(user, old))))
    count = 0
    for note in list(notes):
        tags = [_moved(tag, old, name) for tag in revisions.tag_names(note.id)]
        revisions.write(note, now, tags=tags, quiet=True)
        count += 1
    return count


def parse(typed: str) -> list[str]:
    """The tags in what was typed, separated by commas or written with number signs.

    Raises Invalid (field tags) when they are too many or too long.
    """
    return valid_tags(re.split(r"[,;\n]|\s+(?=#)", typed))


def below(user: int, tag: str) -> Expression:
    """What holds for the rows of this tag of the user, and of those below it."""
    key = tag_key(tag)
    under = (NoteTag.key >= f"{key}/") & (NoteTag.key < f"{key}0")  # "0" is the character after "/"
    return (NoteTag.user == user) & ((NoteTag.key == key) | under)


def _moved(tag: str, old: str, new: str) -> str:
    levels, depth = tag.split("/"), len(tag_name(old).split("/"))
    mine = tag_key("/".join(levels[:depth])) == tag_key(old)
    return "/".join([new, *levels[depth:]]) if mine else tag
