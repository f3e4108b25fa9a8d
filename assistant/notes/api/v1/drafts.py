"""What is typed into a note: all of it since it was stored in one request, merged with what came meanwhile."""

import asyncio
from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from peewee import chunked
from pydantic import BaseModel, Field, PlainValidator
from pydantic.json_schema import WithJsonSchema

from assistant.errors import Conflict, Invalid
from assistant.notes import attachments, models, notebook
from assistant.notes.models import Note
from assistant.notes.validation import valid_text
from assistant.notes.versions import conflicts, history
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.pictures import BYTES
from assistant.rest.shapes import LARGEST_ID, Integral, Sent
from assistant.users.sessions import who

SHOWN, PIECES = 200_000, 1000  # characters and pieces of two texts that differ
AT_ONCE = 500  # values of one statement


def _as_typed(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("This must be text.")  # noqa: TRY004 - what pydantic turns into an answer
    return value


# Pydantic's own type refuses half characters, which an editor may well send; the room mends them.
Typed = Annotated[str, PlainValidator(_as_typed), WithJsonSchema({"type": "string"})]
KEY = r"^[!-~]{1,64}$"
Key = Annotated[str, Field(pattern=KEY, examples=["k3Jx"])]
NoteOrNew = Annotated[int, Path(ge=0, le=LARGEST_ID, description="0 for a new note.")]
PLAIN: dict[str, Any] = {
    "requestBody": {"required": True, "content": {kind: {"schema": BYTES} for kind in
                                                  ("text/markdown", "text/plain")}}
}  # fmt: skip


class Draft(Sent):
    """What was typed into a note; what is left out was not."""

    text: Typed | None = Field(default=None, examples=["# Tea"])
    title: Typed | None = Field(default=None, examples=["Tea"])
    tags: list[Typed] = Field(default=[], description="They come to those that it has.", examples=[["kitchen"]])
    version: Annotated[int, Field(ge=0, lt=2**31), Integral] = Field(
        default=0, description="Of the note that was typed into."
    )
    key: Key | None = Field(default=None, description="Of a new note, which is made once for each.")
    unheard: Typed | None = Field(default=None, description="A text that was sent before, without an answer.")
    beside: Typed | None = Field(
        default=None, description="The other text of a conflict that is settled with this one; the history keeps it."
    )


class FieldOfDraft(BaseModel):
    """What is wrong with title or tags, which were left out."""

    field: str = Field(examples=["title"])
    detail: str = Field(examples=["A title has at most 300 characters."])


class Taken(BaseModel):
    """What is stored of it."""

    id: int = Field(examples=[7])
    version: int = Field(examples=[4])
    text: str | None = Field(description="Only when it is not what was sent, because it was merged.")
    problem: FieldOfDraft | None


class Made(BaseModel):
    """The new note."""

    id: int = Field(examples=[7])


class Clash(Conflict):
    """Two texts that cannot be merged; ``more`` shows both."""

    def __init__(self, stale: conflicts.Stale, pieces: list[tuple[str, str]]) -> None:
        super().__init__(stale.sentence, field=stale.field)
        self.more: dict[str, Any] = {
            "theirs": stale.theirs, "version": stale.version,
            # What both share once, and of what differs first theirs and then mine.
            "both": "\n".join(text for _kind, text in pieces),
            "shown": _shown(pieces),
        }  # fmt: skip


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.put("/notes/{note:int}/draft", **says("write", 404, 409, 507, body=True))
    async def keep_draft(request: Request, note: NoteOrNew, sent: Draft) -> Taken:
        """Store what is being typed into a note, merged with what came meanwhile.

        As editors save again and again: `version` is that of the note which was typed into, and changes of others
        since are merged into the text. Where that cannot be, nothing is stored, and the problem (409) shows their text
        as `theirs`, its `version`, and `both` together. With 0 in the address the note is new.
        """
        try:
            return await door.run(_take, who(request).user, note, sent, door.clock())
        except conflicts.Stale as stale:
            pieces = await asyncio.to_thread(history.differences, stale.theirs, valid_text(sent.text or ""))
            raise Clash(stale, pieces) from None

    @routes.post("/notes/texts", status_code=201, **says("write", 413, 507, extra=PLAIN))
    async def keep_text(
        request: Request, key: Annotated[Key | None, Query(description="It is kept once for each.")] = None
    ) -> Made:
        """Keep a text, which is the body, as a new note."""
        text = (await request.body()).decode("utf-8", "replace")
        if not text:
            raise Invalid("Send a text.", field="text")
        made = await door.run(notebook.create, who(request).user, door.clock(), text=text, key=key)
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


def _name(user: int, note: int, sent: Draft, now: datetime) -> FieldOfDraft | None:
    try:
        if sent.title is not None:
            notebook.rename(user, note, sent.title, now)
        if sent.tags:
            notebook.tag_all(user, [note], add=sent.tags, now=now)
    except Invalid as error:
        return FieldOfDraft(field=error.field or "", detail=error.sentence)
    return None


def _take_pictures(user: int, note: int, text: str) -> None:
    """Gives the note the pictures that its text shows."""
    shown = {int(found[1]) for found in models.SHOWN.finditer(text)}
    for some in chunked(shown, AT_ONCE):
        attachments.bind(user, note, list(some))


def _shown(pieces: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """As much of them as one can read."""
    room = SHOWN
    shown = []
    for kind, text in pieces[:PIECES]:
        shown.append((kind, text[:room]))
        room = max(0, room - len(text))
    return shown
