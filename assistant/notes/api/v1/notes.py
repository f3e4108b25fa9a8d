"""Notes made, read, changed, thrown away and taken back."""

from collections.abc import Callable
from datetime import datetime

from fastapi import APIRouter, Request, Response

from assistant.notes import notebook, trash
from assistant.notes.api.v1.shapes import NewNote, NoteChange, Whole, whole
from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Id
from assistant.users.sessions import who

PLACE = "/api/v1/notes/{id}"


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""
    _made(routes, door)
    _kept(routes, door)
    _gone(routes, door)


def _made(routes: APIRouter, door: Door) -> None:
    @routes.post("/notes", status_code=201, response_model=Whole, **says("write", keyed=True, body=True))
    async def make_note(request: Request, new: NewNote) -> Response:
        """Write a note."""
        user, now = who(request).user, door.clock()

        def unit() -> Whole:
            made = notebook.create(
                user, now, text=new.text, title=new.title, tags=new.tags, pinned=new.pinned, archived=new.archived,
                colour=new.colour,
            )  # fmt: skip
            return whole(user, made.id)

        return await door.once(request, unit, place=PLACE)

    @routes.post("/notes/{note:int}/duplicate", status_code=201, response_model=Whole, **says("write", 404, keyed=True))
    async def duplicate_note(request: Request, note: Id) -> Response:
        """Make a copy of a note, with its pictures."""
        return await _copied(request, note, notebook.duplicate)

    @routes.post("/notes/{note:int}/begin", status_code=201, response_model=Whole, **says("write", 404, keyed=True))
    async def begin_note_from(request: Request, note: Id) -> Response:
        """Begin a note from this one, which is a template."""
        return await _copied(request, note, notebook.begin_from)

    async def _copied(request: Request, note: int, copy: Callable[[int, int, datetime], object]) -> Response:
        user = who(request).user

        def unit() -> Whole:
            made = copy(user, note, door.clock())
            return whole(user, made.id)  # type: ignore[attr-defined]

        return await door.once(request, unit, place=PLACE)


def _kept(routes: APIRouter, door: Door) -> None:
    @routes.get("/notes/{note:int}", response_model=Whole, **says("read", 404))
    async def get_note(request: Request, note: Id) -> Response:
        """A note with its text, and its version as ETag."""
        return etags.answer(request, await door.read(whole, who(request).user, note))

    @routes.patch("/notes/{note:int}", response_model=Whole, **says("write", 404, versioned=True, body=True))
    async def change_note(request: Request, note: Id, change: NoteChange) -> Response:
        """Change what is said of a note, on the version that If-Match names.

        Where it was changed meanwhile, nothing is stored and the problem tells, as `current`, what is there. What
        was there before stays among the versions. A new title is followed by the links in other notes.
        """
        user, now = who(request).user, door.clock()

        def unit() -> Whole:
            etags.check(request, whole(user, note))
            _change(user, note, change, now)
            return whole(user, note)

        return etags.answer(request, await door.run(unit))


def _gone(routes: APIRouter, door: Door) -> None:
    @routes.delete("/notes/{note:int}", status_code=204, **says("write", 404))
    async def throw_note_away(request: Request, note: Id) -> None:
        """Put a note into the trash, where it stays for 30 days."""
        await door.run(trash.trash, who(request).user, note, door.clock())

    @routes.post("/notes/{note:int}/restore", response_model=Whole, **says("write", 404, keyed=True))
    async def restore_note(request: Request, note: Id) -> Response:
        """Take a note out of the trash."""
        user = who(request).user

        def unit() -> Whole:
            trash.restore(user, note)
            return whole(user, note)

        return await door.once(request, unit, status=200)


def _change(user: int, note: int, change: NoteChange, now: datetime) -> None:
    if change.text is not None:
        notebook.save(user, note, change.text, notebook.get(user, note).version, now=now)
    if change.title is not None:
        notebook.rename(user, note, change.title, now)
    if change.tags is not None:
        notebook.set_tags(user, note, change.tags, now)
    if change.pinned is not None:
        notebook.pin(user, note, on=change.pinned)
    if change.archived is not None:
        notebook.archive(user, note, on=change.archived)
    if change.colour is not None:
        notebook.set_colour(user, note, change.colour)
