"""What the box of a note sends: all that was typed since it was stored, in one request."""

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assistant.errors import Invalid
from assistant.notes import notebook
from assistant.notes.api import transactions
from assistant.notes.api.shapes import Draft, Taken
from assistant.notes.models import Note
from assistant.notes.validation import valid_text
from assistant.notes.versions import conflicts, history
from assistant.storage.database import Database
from assistant.users.sessions import who

SHOWN, PIECES = 200_000, 1000  # characters and pieces of two texts that differ


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the route."""

    @routes.put("/api/notes/{note:int}/draft", response_model=Taken)
    async def draft(request: Request, note: int, sent: Draft) -> Taken | Response:
        """Stores text, title and further tags, with 0 in a new note; 409 where two texts cannot be merged."""
        try:
            return await database.run(take, who(request).user, note, sent, clock())
        except conflicts.Stale as stale:
            return await _conflict(stale, sent.text or "")


def take(user: int, note: int, sent: Draft, now: datetime) -> Taken:
    """What is stored now. A title or tags that cannot be are left out, and their problem is told."""
    home, version = _home(user, note, sent, now)
    # Who sent no text and knows an older one goes on with that, until it has read what came since.
    known = home.text if sent.text is None and version == home.version else sent.text
    if sent.text is not None:
        if sent.beside is not None:
            history.keep(home, now, reason="merge", text=valid_text(sent.beside))
        stored = notebook.save(user, home.id, sent.text, version, now=now, unheard=sent.unheard)
        transactions.take_pictures(user, home.id, stored.text)
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
