"""Many notes at once."""

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from fastapi import APIRouter, Request, Response
from pydantic import Field

from assistant.notes import notebook, trash
from assistant.notes.api.v1.shapes import Tags
from assistant.rest.bulk import AllDone, Ids, each
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Sent
from assistant.users.sessions import who


class NoteActs(Sent):
    """What to do with which notes."""

    action: Literal["trash", "restore", "archive", "unarchive", "pin", "unpin", "tag", "untag"] = Field(
        description="What to do with each."
    )
    ids: Ids
    tags: Tags = Field(default=[], description="For `tag` and `untag`.", examples=[["kitchen"]])


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.post("/notes/bulk", response_model=AllDone, **says("write", body=True, keyed=True))
    async def change_notes(request: Request, sent: NoteActs) -> Response:
        """Do the same to many notes; each is answered for."""
        act = _act(who(request).user, sent, door.clock())
        return await door.once(request, lambda: each(door.database, sent.ids, act), status=200)


def _act(user: int, sent: NoteActs, now: datetime) -> Callable[[int], object]:
    acts: dict[str, Callable[[int], object]] = {
        "trash": lambda note: trash.trash(user, note, now),
        "restore": lambda note: trash.restore(user, note),
        "archive": lambda note: notebook.archive(user, note),
        "unarchive": lambda note: notebook.archive(user, note, on=False),
        "pin": lambda note: notebook.pin(user, note),
        "unpin": lambda note: notebook.pin(user, note, on=False),
        "tag": lambda note: notebook.tag_all(user, [note], add=sent.tags, now=now),
        "untag": lambda note: notebook.tag_all(user, [note], remove=sent.tags, now=now),
    }
    return acts[sent.action]
