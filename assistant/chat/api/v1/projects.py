"""Projects: folders of conversations, with what all in one begin with."""

from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.chat import projects
from assistant.chat.api.v1.documents import Document, shape_of
from assistant.chat.documents import shelf
from assistant.chat.models import Project as Row
from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Flag, Given, Id, Piece, Sent, Told
from assistant.rest.shapes import Row as RowId
from assistant.storage.text import clean
from assistant.users.sessions import who

Name = Annotated[str, Field(min_length=1, max_length=projects.LONGEST, examples=["House"])]
System = Annotated[
    str,
    Field(
        max_length=projects.TEXT_LIMIT, examples=["Answer for a layman."],
        description="Instructions that models get in its conversations, after the conversation's own.",
    ),
]  # fmt: skip
Tags = Annotated[
    list[Annotated[str, Field(max_length=1000)]],
    Field(
        max_length=100, examples=[["house"]],
        description="Tags of notes: its conversations that are answered from your notes are answered from these.",
    ),
]  # fmt: skip
Shelved = Annotated[
    list[RowId],
    Field(min_length=1, max_length=shelf.MOST, description="Ids of documents, see `POST /files`.", examples=[[7]]),
]


class Project(BaseModel):
    """A project."""

    id: int = Field(examples=[4])
    name: str = Field(examples=["House"])
    system: str = Field(description="Instructions for models.", examples=["Answer for a layman."])
    tags: list[str] = Field(description="Tags of notes.", examples=[["house"]])
    opened: bool = Field(description="Whether pages list its conversations.")
    created: Told
    updated: Told


class NewProject(Sent):
    """A project to begin."""

    name: Name
    system: System = ""
    tags: Tags = Field(default=[])


class ProjectChange(Sent):
    """What to change of a project; what is left out stays."""

    name: Annotated[Name | None, Given] = None
    system: Annotated[System | None, Given] = None
    tags: Annotated[Tags | None, Given] = None
    opened: Annotated[Flag | None, Given] = None


class Shelving(Sent):
    """Documents for a project."""

    documents: Shelved


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""
    _listed(routes, door)
    _kept(routes, door)
    _shelved(routes, door)


def _listed(routes: APIRouter, door: Door) -> None:
    @routes.get("/projects", **says("read"))
    async def list_projects(
        request: Request,
        q: Annotated[str, Query(max_length=1000, description="Only with these words in their names.")] = "",
    ) -> Piece[Project]:
        """Your projects, by name; `GET /conversations?project=…` lists what is in one."""
        rows = await door.read(projects.listing, who(request).user, words=clean(q))
        return Piece(items=[_project(row) for row in rows])

    @routes.post("/projects", status_code=201, response_model=Project, **says("write", body=True, keyed=True))
    async def begin_project(request: Request, new: NewProject) -> Response:
        """Begin a project."""
        user, now = who(request).user, door.clock()

        def unit() -> Project:
            return _project(projects.add(user, name=new.name, system=new.system, tags=new.tags, now=now))

        return await door.once(request, unit, place="/api/v1/projects/{id}")


def _kept(routes: APIRouter, door: Door) -> None:
    @routes.get("/projects/{project:int}", response_model=Project, **says("read", 404))
    async def get_project(request: Request, project: Id) -> Response:
        """A project, and its version as ETag."""
        return etags.answer(request, await door.read(_own, who(request).user, project))

    @routes.patch("/projects/{project:int}", response_model=Project, **says("write", 404, versioned=True, body=True))
    async def change_project(request: Request, project: Id, change: ProjectChange) -> Response:
        """Change name, instructions or tags of a project, on the version that If-Match names."""
        user, now = who(request).user, door.clock()
        said: dict[str, Any] = {name: getattr(change, name) for name in change.model_fields_set - {"opened"}}

        def unit() -> Project:
            etags.check(request, _own(user, project))
            if change.opened is not None:
                projects.fold_up(user, project, opened=change.opened)
            if said:
                projects.change(user, project, now=now, **said)
            return _own(user, project)

        return etags.answer(request, await door.run(unit))

    @routes.delete("/projects/{project:int}", status_code=204, **says("write", 404))
    async def delete_project(request: Request, project: Id) -> None:
        """Delete a project with its documents, which can be restored for a day; its conversations stay without it."""
        await door.run(projects.delete, who(request).user, project, door.clock())

    @routes.post("/projects/{project:int}/restore", response_model=Project, **says("write", 404, keyed=True))
    async def restore_project(request: Request, project: Id) -> Response:
        """Take back a deleted project, with the conversations that were in it and are in no other by now."""
        user = who(request).user
        return await door.once(request, lambda: _project(projects.restore(user, project)), status=200)


def _shelved(routes: APIRouter, door: Door) -> None:
    @routes.get("/projects/{project:int}/documents", **says("read", 404))
    async def list_project_documents(request: Request, project: Id) -> Piece[Document]:
        """The documents of a project, in the order in which they came."""
        rows = await door.read(shelf.listing, who(request).user, project)
        return Piece(items=[shape_of(row) for row in rows])

    @routes.post("/projects/{project:int}/documents", status_code=204, **says("write", 404, body=True))
    async def add_project_documents(request: Request, project: Id, new: Shelving) -> None:
        """Add documents that were sent by `POST /files` and belong to nothing yet; a project has at most 20."""
        await door.run(shelf.put, who(request).user, project, new.documents)

    @routes.delete("/projects/{project:int}/documents/{document:int}", status_code=204, **says("write", 404))
    async def remove_project_document(request: Request, project: Id, document: Id) -> None:
        """Remove a document from a project, which can be restored for a day."""
        await door.run(shelf.take, who(request).user, project, document, door.clock())

    @routes.post("/projects/{project:int}/documents/{document:int}/restore", status_code=204, **says("write", 404))
    async def restore_project_document(request: Request, project: Id, document: Id) -> None:
        """Put a removed document back."""
        await door.run(shelf.put_back, who(request).user, project, document)


def _own(user: int, project: int) -> Project:
    return _project(projects.get(user, project))


def _project(row: Row) -> Project:
    told = {name: getattr(row, name) for name in Project.model_fields.keys() - {"tags"}}
    return Project.model_validate(told | {"tags": projects.tags(row)})
