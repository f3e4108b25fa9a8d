"""A user's projects: folders of conversations, with what all of them begin with; each function is a unit of work."""

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from peewee import chunked

from assistant.chat.models import Conversation, Project
from assistant.errors import Invalid, NotFound
from assistant.storage.database import changed
from assistant.storage.text import clean, fold, one_line

MOST = 200  # projects of a person
LONGEST = 100  # characters of a name
TEXT_LIMIT = 100_000  # characters of the instructions
TAGS, TAG = 20, 100  # tags of notes, and characters of one
AT_ONCE = 500  # ids of one statement


def listing(user: int, *, words: str = "") -> list[Project]:
    """The user's projects whose names have all the words, by name."""
    rows = list(Project.select().where((Project.user == user) & Project.deleted.is_null()))
    wanted = fold(words).split()
    found = [(fold(row.name), row.id, row) for row in rows]
    return [row for name, _, row in sorted(found) if all(word in name for word in wanted)]


def get(user: int, project: int) -> Project:
    """The user's project; NotFound (field project) when it is deleted or someone else's."""
    found = Project.get_or_none((Project.id == project) & (Project.user == user) & Project.deleted.is_null())
    if found is None:
        raise NotFound("There is no such project.", field="project")
    return found


def add(user: int, *, name: str, now: datetime, system: str = "", tags: Iterable[str] = ()) -> Project:
    """A new project; raises Invalid with the field for what cannot be."""
    if Project.select().where((Project.user == user) & Project.deleted.is_null()).count() >= MOST:
        raise Invalid(f"You have {MOST} projects, which is all there is room for.", field="name")
    values = _valid({"name": name, "system": system, "tags": tags})
    made = Project.create(user=user, opened=True, created=now, updated=now, **values)
    changed(user, "projects", made.id)
    return made


def change(user: int, project: int, *, now: datetime, **values: Any) -> Project:
    """Another name, other instructions (system) or tags; raises Invalid with the field for what cannot be."""
    row = get(user, project)
    for name, value in _valid(values).items():
        setattr(row, name, value)
    row.updated = now
    row.save()
    changed(user, "projects", project)
    return row


def fold_up(user: int, project: int, *, opened: bool) -> None:
    """Lists the project's conversations in it, or only its name."""
    row = get(user, project)
    Project.update(opened=opened).where(Project.id == row.id).execute()
    changed(user, "projects", project)


def delete(user: int, project: int, now: datetime) -> int:
    """Takes the project out of sight, with its documents; its conversations stay, and go on without it.

    Says how many there were; ``restore`` puts all back.
    """
    row = get(user, project)
    held = [one.id for one in Conversation.select(Conversation.id).where(Conversation.project == row)]
    Conversation.update(project=None).where(Conversation.project == row).execute()
    Project.update(deleted=now, held=json.dumps(held)).where(Project.id == row.id).execute()
    _tell(user, project)
    return len(held)


def restore(user: int, project: int) -> Project:
    """Undoes ``delete``; a conversation that was put into another project since stays there."""
    row = Project.get_or_none((Project.id == project) & (Project.user == user))
    if row is None:
        raise NotFound("There is no such project.")
    Project.update(deleted=None, held="[]").where(Project.id == row.id).execute()
    for some in chunked(json.loads(row.held), AT_ONCE):
        free = Conversation.id.in_(list(some)) & (Conversation.user == user) & Conversation.project.is_null()
        Conversation.update(project=row).where(free).execute()
    _tell(user, project)
    return get(user, project)


def purge(before: datetime) -> None:
    """Deletes for good what was deleted before that, with its documents."""
    Project.delete().where(Project.deleted < before).execute()


def tags(row: Project) -> list[str]:
    """The tags of notes of the project."""
    return row.tags.splitlines()


def _tell(user: int, project: int) -> None:
    changed(user, "projects", project)
    changed(user, "conversations")


def _valid(values: dict[str, Any]) -> dict[str, str]:
    found: dict[str, str] = {}
    if "name" in values:
        found["name"] = one_line(values["name"])
        if not 1 <= len(found["name"]) <= LONGEST:
            raise Invalid(f"A name has 1 to {LONGEST} characters.", field="name")
    if "system" in values:
        found["system"] = clean(values["system"]).strip()
        if len(found["system"]) > TEXT_LIMIT:
            raise Invalid(f"The instructions may have {TEXT_LIMIT:,} characters.", field="system")
    if "tags" in values:
        found["tags"] = "\n".join(_valid_tags(values["tags"]))
    return found


def _valid_tags(said: Iterable[str]) -> list[str]:
    names: dict[str, str] = {}
    for tag in said:
        name = one_line(tag).lstrip("#").strip()
        names.setdefault(fold(name), name)
    kept = [name for name in names.values() if name]
    if len(kept) > TAGS:
        raise Invalid(f"A project has at most {TAGS} tags; these are {len(kept)}.", field="tags")
    if any(len(name) > TAG for name in kept):
        raise Invalid(f"A tag has at most {TAG} characters.", field="tags")
    return kept
