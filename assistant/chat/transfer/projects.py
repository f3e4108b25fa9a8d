"""Projects that go along in an archive, each with its documents; which conversation is in which, those say."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Annotated, Any

from pydantic import Field, ValidationError

from assistant.chat import projects
from assistant.chat.documents import shelf
from assistant.chat.models import Document, Project
from assistant.chat.transfer import documents, leaving
from assistant.chat.transfer.shapes import TEXT, DocumentShape
from assistant.errors import Invalid
from assistant.storage import arrivals
from assistant.storage.packing import UNREADABLE, Get, Instant, Put, Shape, streamed
from assistant.storage.text import clean, one_line

FILE = "projects.json"
FIELDS = ("name", "system", "opened", "created", "updated")


class ProjectShape(Shape):
    """A folder of conversations; ``key`` tells it from every other, here and wherever it is imported."""

    key: Annotated[str, Field(min_length=1, max_length=64)]
    name: Annotated[str, Field(min_length=1, max_length=projects.LONGEST)]
    system: Annotated[str, Field(max_length=TEXT)] = ""
    tags: tuple[Annotated[str, Field(max_length=projects.TAG)], ...] = ()
    opened: bool = False
    created: Instant
    updated: Instant
    documents: tuple[DocumentShape, ...] = ()


class ProjectsFile(Shape):
    """The whole file."""

    projects: tuple[ProjectShape, ...]


def counts(user: int) -> dict[str, int]:
    """How many projects would leave."""
    return {"projects": len(projects.listing(user))}


def write(user: int, put: Put) -> None:
    """Puts the projects that are not deleted, with their documents."""
    rows = sorted(projects.listing(user), key=lambda row: row.id)
    held = {row.id: shelf.of_project(row.id) for row in rows}
    made = ProjectsFile(projects=tuple(_shape(row, held[row.id]) for row in rows))
    put(FILE, [made.model_dump_json(indent=1).encode()])
    for one in (one for some in held.values() for one in some):
        documents.put_one(one, put)


def _shape(row: Project, held: list[Document]) -> ProjectShape:
    return ProjectShape(
        key=leaving.project_identity(row), tags=tuple(projects.tags(row)),
        documents=tuple(documents.shape(one) for one in held), **{name: getattr(row, name) for name in FIELDS},
    )  # fmt: skip


@dataclass(slots=True)
class Incoming:
    """Projects of one user that come in; ``ids`` are theirs here, by their keys, with those that were here before."""

    user: int
    get: Get
    new: int = 0
    here: int = 0
    documents: int = 0
    ids: dict[str, int] = field(default_factory=dict)

    @property
    def counts(self) -> dict[str, int]:
        """What is new and what is here already, as it is told."""
        return {"new projects": self.new, "projects here already": self.here}

    def plan(self, paths: list[str]) -> Iterator[None]:
        """Says what would come of the projects in these files, one at each step; reads only."""
        return self._each(paths, lambda _one: 0)

    def store(self, paths: list[str], mark: datetime) -> Iterator[None]:
        """Writes those that are not here yet under the mark; those that are stay as they are."""
        return self._each(paths, lambda one: self._write(one, mark))

    def _each(self, paths: list[str], write: Callable[[ProjectShape], int]) -> Iterator[None]:
        known = {leaving.project_identity(row): row.id for row in projects.listing(self.user)}
        for one in _shapes(self.get, paths):
            if one.key in known or one.key in self.ids:
                self.here += 1
                self.ids.setdefault(one.key, known.get(one.key, 0))
            else:
                self.new += 1
                self.documents += len(one.documents)
                self.ids[one.key] = write(one)
            yield

    def _write(self, one: ProjectShape, mark: datetime) -> int:
        values: dict[str, Any] = one.model_dump(include={"key", "opened", "created", "updated"})
        texts = {
            "name": one_line(one.name) or "Untitled", "system": clean(one.system),
            "tags": "\n".join(filter(None, map(one_line, one.tags))),
        }  # fmt: skip
        row = arrivals.insert(Project, user=self.user, deleted=mark, **values, **texts)
        for document in one.documents:
            documents.store(self.user, self.get, document, project=row)
        return row


def _shapes(get: Get, paths: list[str]) -> Iterator[ProjectShape]:
    for path in paths:
        for value in streamed(get(path), "projects")[1]:
            try:
                yield ProjectShape.model_validate(value)
            except ValidationError:
                raise Invalid(UNREADABLE.format(path)) from None
