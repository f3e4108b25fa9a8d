"""What the box of a note sends: all that was typed since it was stored, in one request."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Request, Response
from fastapi.responses import JSONResponse
from peewee import chunked
from pydantic import BaseModel, Field, PlainValidator

from assistant.errors import Invalid
from assistant.notes import attachments, models, notebook
from assistant.notes.models import Note
from assistant.notes.validation import valid_text
from assistant.notes.versions import conflicts, history
from assistant.storage.database import Database
from assistant.users.sessions import who

SHOWN, PIECES = 200_000, 1000  # characters and pieces of two texts that differ
AT_ONCE = 500  # values of one statement


def _as_typed(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("This must be text.")  # noqa: TRY004 - what pydantic turns into an answer
    return value


# Pydantic's own type refuses half characters, which an editor may well send; the room mends them.
Typed = Annotated[str, PlainValidator(_as_typed)]
KEY = r"^[!-~]{1,64}$"


class Draft(BaseModel):
    """What was typed into a note of ``version``; what is left out was not. ``key`` is that of a new one.

    ``unheard`` is a text that was sent before, without an answer. ``beside`` is the other text of a conflict that is
    settled with this one; the history keeps it. ``tags`` come to those that it has.
    """

    text: Typed | None = None
    title: Typed | None = None
    tags: list[Typed] = []
    version: Annotated[int, Field(ge=0, lt=2**31)] = 0
    key: Annotated[str, Field(pattern=KEY)] | None = None
    unheard: Typed | None = None
    beside: Typed | None = None


class Taken(BaseModel):
    """What is stored of it; ``text`` only when it is not what was sent, ``problem`` is that of title or tags."""

    id: int
    version: int
    text: str | None
    problem: dict[str, str] | None


class Made(BaseModel):
    """The new note."""

    id: int


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""

    @routes.put("/api/notes/{note:int}/draft", response_model=Taken)
    async def draft(request: Request, note: int, sent: Draft) -> Taken | Response:
        """Stores text, title and further tags, with 0 in a new note; 409 where two texts cannot be merged."""
        try:
            return await database.run(_take, who(request).user, note, sent, clock())
        except conflicts.Stale as stale:
            return await _conflict(stale, sent.text or "")

    @routes.post("/api/notes/new/{key}", status_code=201)
    async def new(request: Request, key: Annotated[str, Path(pattern=KEY)]) -> Made:
        """Stores the text in the body as a new note, once for each key; 422 when it is too long."""
        text = (await request.body()).decode("utf-8", "replace")
        made = await database.run(notebook.create, who(request).user, clock(), text=text, key=key)
        return Made(id=made.id)


def _take(user: int, note: int, sent: Draft, now: datetime) -> Taken:
    """What is stored now. A title or tags that cannot be are left out, and their problem is told."""
    home, version = _home(user, note, sent, now)
    # Who sent no text and knows an older one goes on with that, until it has read what came since.
    known = home.text if sent.text is None and version == home.version else sent.text
    if sent.text is not None:
        if sent.beside is not None:
            history.keep(home, now, reason="merge", text=valid_text(sent.beside))
        stored = notebook.save(user, home.id, sent.text, version, now=now, unheard=sent.unheard)
        _take_pictures(user, home.id, stored.text)
    problem = _name(user, home.id, sent, now)
    if known is not None:
        home = notebook.get(user, home.id)
        version = home.version
    return Taken(id=home.id, version=version, text=None if known in {None, home.text} else home.text, problem=problem)


def _home(user: int, note: int, sent: Draft, now: datetime) -> tuple[Note, int]:
    if note:
        return notebook.get(user, note), sent.version
    # After an answer that was lost this is the note of that time, with the text of that time.
    home = notebook.create(user, now, text=sent.text or "", title=sent.title or "", key=sent.key)
    return home, home.version


def _name(user: int, note: int, sent: Draft, now: datetime) -> dict[str, str] | None:
    try:
        if sent.title is not None:
            notebook.rename(user, note, sent.title, now)
        if sent.tags:
            notebook.tag_all(user, [note], add=sent.tags, now=now)
    except Invalid as error:
        return {"detail": error.sentence, "field": error.field or ""}
    return None


def _take_pictures(user: int, note: int, text: str) -> None:
    """Gives the note the pictures that its text shows."""
    shown = {int(found[1]) for found in models.SHOWN.finditer(text)}
    for some in chunked(shown, AT_ONCE):
        attachments.bind(user, note, list(some))


async def _conflict(stale: conflicts.Stale, mine: str) -> JSONResponse:
    pieces = await asyncio.to_thread(history.differences, stale.theirs, valid_text(mine))
    body: dict[str, Any] = {
        "type": "about:blank", "title": stale.title, "status": stale.status, "detail": stale.sentence,
        "field": stale.field, "theirs": stale.theirs, "version": stale.version,
        # What both share once, and of what differs first theirs and then mine.
        "both": "\n".join(text for _kind, text in pieces),
        "shown": _shown(pieces),
    }  # fmt: skip
    return JSONResponse(body, stale.status, media_type="application/problem+json")


def _shown(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As much of them as one can read."""
    room = SHOWN
    shown = []
    for kind, text in pieces[:PIECES]:
        shown.append((kind, text[:room]))
        room = max(0, room - len(text))
    return shown
