"""Notes over HTTP, one by one: created, read, saved, changed, copied, thrown away, previewed."""

import asyncio
from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assistant.components.markdown import rendering
from assistant.notes import markdown_source, trash
from assistant.notes.api import transactions
from assistant.notes.api.shapes import Changes, Link, New, Row, Save, Shown, Source, Stored, Tick, Whole
from assistant.notes.validation import valid_text
from assistant.notes.versions import conflicts, history
from assistant.storage.database import Database
from assistant.users.sessions import who

AT_ONCE = 20_000  # characters of a note that are drawn when it is opened
SHOWN = 200_000  # characters that the preview shows; a page of a book has 2,000


def add(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    """Adds the routes."""
    _notes(routes, database, clock)
    _whereabouts(routes, database, clock)
    _saves(routes, database, clock)
    _preview(routes, database)


async def whole(opened: transactions.Opened) -> Whole:
    """The note as it is sent, with its text as HTML."""
    return Whole(
        **Row.model_validate(opened.row).model_dump(),
        text=opened.text,
        title_set=opened.title_set,
        # A long one is drawn when the page asks for it: opening and saving wait for no drawing.
        html=await rendering.rendered_note(opened.text) if len(opened.text) < AT_ONCE else "",
        links=[Link(title=title, id=note) for title, note in opened.links.items()],
        missing=opened.missing,
    )


def _notes(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.post("/api/notes", status_code=201)
    async def create(request: Request, new: New) -> Whole:
        """Creates a note; twice with the same key is once."""
        return await whole(await database.run(transactions.create, who(request).user, new, clock()))

    @routes.get("/api/notes/{note:int}")
    async def get(request: Request, note: int) -> Whole:
        """The note with its text."""
        return await whole(await database.read(transactions.opened, who(request).user, note))

    @routes.patch("/api/notes/{note:int}")
    async def change(request: Request, note: int, changes: Changes) -> Row:
        """Changes title, tags, colour, pin or archive; links follow a new title."""
        return Row.model_validate(await database.run(transactions.change, who(request).user, note, changes, clock()))


def _whereabouts(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.delete("/api/notes/{note:int}", status_code=204)
    async def delete(request: Request, note: int) -> None:
        """Puts the note into the trash."""
        await database.run(trash.trash, who(request).user, note, clock())

    @routes.post("/api/notes/{note:int}/restore")
    async def restore(request: Request, note: int) -> Row:
        """Takes the note out of the trash."""
        return Row.model_validate(await database.run(transactions.restore, who(request).user, note))

    @routes.post("/api/notes/{note:int}/duplicate", status_code=201)
    async def duplicate(request: Request, note: int) -> Whole:
        """Copies the note."""
        return await whole(await database.run(transactions.duplicate, who(request).user, note, clock()))


def _saves(routes: APIRouter, database: Database, clock: Callable[[], datetime]) -> None:
    @routes.put("/api/notes/{note:int}", response_model=Stored)
    async def save(request: Request, note: int, sent: Save) -> Stored | Response:
        """Stores a text, merged where it was written on an older version; 409 where it cannot be."""
        return await _saved(database, who(request).user, note, sent, clock(), known=sent.text)

    @routes.post("/api/notes/{note:int}/tick", response_model=Stored)
    async def tick(request: Request, note: int, task: Tick) -> Stored | Response:
        """Marks a task as done or not, and answers with the whole text."""
        user = who(request).user
        before = await database.read(transactions.text_at, user, note, task.version)
        text = await asyncio.to_thread(markdown_source.tick, before, task.index, on=task.on)
        return await _saved(database, user, note, Save(text=text, version=task.version), clock())


def _preview(routes: APIRouter, database: Database) -> None:
    @routes.post("/api/notes/render")
    async def render(request: Request, source: Source) -> Shown:
        """The text as it will look."""
        text = valid_text(source.text)[:SHOWN]
        _, missing = await database.read(transactions.linked, who(request).user, text)
        return Shown(html=await rendering.rendered_note(text), missing=missing)


async def _saved(
    database: Database, user: int, note: int, sent: Save, now: datetime, *, known: str | None = None
) -> Stored | Response:
    try:
        saved = await database.run(transactions.save, user, note, sent, now)
    except conflicts.Stale as stale:
        return await _conflict(stale, sent.text)
    text = None if saved.text == known else saved.text
    return Stored(id=saved.id, version=saved.version, title=saved.title, text=text, saved=now)


async def _conflict(stale: conflicts.Stale, mine: str) -> JSONResponse:
    differences = await asyncio.to_thread(history.differences, stale.theirs, valid_text(mine))
    body = {
        "type": "about:blank", "title": stale.title, "status": stale.status, "detail": stale.sentence,
        "field": stale.field, "theirs": stale.theirs, "version": stale.version, "base": stale.base,
        "title_now": stale.title_now, "differences": differences,
    }  # fmt: skip
    return JSONResponse(body, stale.status, media_type="application/problem+json")
