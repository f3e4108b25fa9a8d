"""The documents of a user's project; each function is part of a unit of work."""

from collections.abc import Sequence
from datetime import datetime

from assistant.chat import projects
from assistant.chat.documents.library import ABOUT, get
from assistant.chat.models import Document
from assistant.errors import Invalid, NotFound
from assistant.storage.database import changed

MOST = 20  # documents of a project


def listing(user: int, project: int) -> list[Document]:
    """The documents of the user's project, without the files, in the order in which they came; raises NotFound."""
    return of_project(projects.get(user, project).id)


def of_project(project: int | None) -> list[Document]:
    """The same of any project; of none there are none."""
    if not project:
        return []
    there = (Document.project == project) & Document.removed.is_null()
    return list(Document.select(*ABOUT).where(there).order_by(Document.id))


def put(user: int, project: int, documents: Sequence[int]) -> None:
    """Lets these documents, which belong to nothing else, belong to the project; raises NotFound where one is gone.

    Raises Invalid (field documents) where there is no room for them.
    """
    row = projects.get(user, project)
    there = {one.id for one in of_project(row.id)}
    if len(there | set(documents)) > MOST:
        raise Invalid(f"A project has at most {MOST} documents.", field="documents")
    new = set(documents) - there
    free = Document.conversation.is_null() & Document.project.is_null()
    mine = (Document.user == user) & Document.id.in_(list(new)) & free
    if Document.update(project=row).where(mine).execute() != len(new):
        raise NotFound("One of the documents is gone. Add it again.", field="documents")
    changed(user, "projects", project)


def take(user: int, project: int, document: int, now: datetime) -> None:
    """Takes the document out of the project; ``put_back`` undoes it for a day. Raises NotFound."""
    row = _own(user, project, document)
    Document.update(removed=now).where(Document.id == row.id).execute()
    changed(user, "projects", project)


def put_back(user: int, project: int, document: int) -> None:
    """Undoes ``take``; raises NotFound, and Invalid where there is no room for it any more."""
    row = _own(user, project, document)
    if row.removed is not None and len(of_project(project)) >= MOST:
        raise Invalid(f"A project has at most {MOST} documents.", field="documents")
    Document.update(removed=None).where(Document.id == row.id).execute()
    changed(user, "projects", project)


def _own(user: int, project: int, document: int) -> Document:
    row = get(user, document)
    if row.project_id != projects.get(user, project).id:
        raise NotFound("There is no such document.")
    return row
