"""Files for questions: sent, read, shown page by page, kept as notes."""

import asyncio
from collections.abc import Coroutine
from contextlib import suppress
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.chat import conversations, pictures
from assistant.chat.acting.rooms import Rooms
from assistant.chat.documents import library, notes
from assistant.chat.documents.readings import Readings, is_picture
from assistant.chat.models import Document as Row
from assistant.errors import Conflict
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.pictures import BYTES
from assistant.rest.shapes import Id, Piece, Told
from assistant.storage.file_names import as_file
from assistant.users.sessions import who

BINARY = "application/octet-stream"
SENT: dict[str, Any] = {"requestBody": {"required": True, "content": {BINARY: {"schema": BYTES}}}}
FILE: dict[int, Any] = {200: {"description": "The file.", "content": {BINARY: {"schema": BYTES}}}}
Name = Annotated[str, Query(max_length=1000, description="The file's name.", examples=["report.pdf"])]


class Document(BaseModel):
    """A document for questions."""

    id: int = Field(examples=[7])
    conversation: int | None = Field(description="Null until it is sent with a question.", examples=[3])
    project: int | None = Field(description="The project that it belongs to, where it does.", examples=[None])
    name: str = Field(examples=["report.pdf"])
    kind: Literal["pdf", "docx", "odt", "epub", "html", "markdown", "csv", "code", "text"]
    size: int = Field(description="Of the file, in bytes.", examples=[52_000])
    pages: int = Field(description="Of what has no pages, parts of about 4,000 characters.", examples=[12])
    words: int = Field(examples=[3400])
    scanned: bool = Field(description="Whether most pages have no text, as those of scans.")
    created: Told


class SentFile(BaseModel):
    """What the file has become: one of the two."""

    picture: int | None = Field(default=None, description="The id of a picture, for `images`.", examples=[None])
    document: Document | None = None


class BeingRead(BaseModel):
    """A file that is being read."""

    name: str = Field(examples=["report.pdf"])
    at: int = Field(description="The page; 0 before anybody knows.", examples=[4])
    of: int = Field(description="Of how many.", examples=[12])


class Page(BaseModel):
    """A page, or a part of what has no pages."""

    number: int = Field(examples=[3])
    text: str = Field(examples=["The roof is 12 years old."])


class Shown(BaseModel):
    """Pages as pictures."""

    images: list[int] = Field(description="Ids of pictures, for `images` of a question.", examples=[[8, 9]])


class Kept(BaseModel):
    """The note that was made."""

    address: str = Field(description="Its page.", examples=["/notes/5"])


def add(routes: APIRouter, door: Door, readings: Readings, rooms: Rooms) -> None:
    """Adds the routes."""
    _sent(routes, door, readings)
    _read(routes, door)
    _used(routes, door, readings, rooms)


def _sent(routes: APIRouter, door: Door, readings: Readings) -> None:
    @routes.post("/files", status_code=201, **says("chat", 409, 413, 507, extra=SENT))
    async def send_file(request: Request, name: Name = "") -> SentFile:
        """Send a file for a question, which is the body: at most 25 MB and 500 pages.

        PDF, DOCX, ODT, EPUB, HTML, Markdown, CSV, code and plain text become documents; JPEG, PNG, WebP and GIF
        become pictures, as by `POST /images`. It is read within 20 seconds; whoever hangs up ends that.
        """
        user, data = who(request).user, await request.body()
        if is_picture(data):
            return SentFile(picture=await pictures.store(door.database, user, data, door.clock()))
        return SentFile(document=shape_of(await _unless_gone(request, readings.store(user, name, data))))

    @routes.get("/files", **says("read"))
    async def list_files_being_read(request: Request) -> Piece[BeingRead]:
        """Your files that are being read at this moment."""
        running = readings.of(who(request).user)
        return Piece(items=[BeingRead(name=one.name, at=one.at, of=one.of) for one in running])

    @routes.delete("/files", status_code=204, **says("chat"))
    async def cancel_file(request: Request, name: Name) -> None:
        """End the reading of a file; whoever sent it is told so."""
        readings.cancel(who(request).user, name)


def _read(routes: APIRouter, door: Door) -> None:
    @routes.get("/conversations/{home:int}/documents", **says("read", 404))
    async def list_documents(request: Request, home: Id) -> Piece[Document]:
        """The documents of a conversation, in the order in which they came."""
        user = who(request).user

        def read() -> list[Document]:
            brought = library.of_conversation(conversations.get(user, home).id)
            rows = {row.id: row for some in brought.values() for row in some}
            return [shape_of(row) for _, row in sorted(rows.items())]

        return Piece(items=await door.read(read))

    @routes.get("/documents/{document:int}", **says("read", 404))
    async def get_document(request: Request, document: Id) -> Document:
        """What is known of a document."""
        return shape_of(await door.read(library.get, who(request).user, document))

    @routes.get("/documents/{document:int}/pages/{number:int}", **says("read", 404))
    async def get_document_page(request: Request, document: Id, number: Id) -> Page:
        """The text of a page, as models read it."""
        return Page(number=number, text=await door.read(library.page, who(request).user, document, number))

    @routes.get("/documents/{document:int}/file", response_class=Response, **says("read", 404, answers=FILE))
    async def get_document_file(request: Request, document: Id) -> Response:
        """The file as it came."""
        user = who(request).user
        row = await door.read(library.get, user, document)
        data = await door.read(library.contents, user, document)
        return Response(data, media_type=BINARY, headers=as_file(row.name))


def _used(routes: APIRouter, door: Door, readings: Readings, rooms: Rooms) -> None:
    @routes.delete("/documents/{document:int}", status_code=204, **says("chat", 404, 409))
    async def discard_document(request: Request, document: Id) -> None:
        """Delete a document that no question has brought."""
        await door.run(library.discard, who(request).user, document)

    @routes.post("/documents/{document:int}/pictures", status_code=201, **says("chat", 404, 507))
    async def show_document(request: Request, document: Id) -> Shown:
        """Make pictures of the first eight pages of a PDF, such as a scan, for a model that sees."""
        return Shown(images=await _unless_gone(request, readings.show(who(request).user, document)))

    @routes.post(
        "/documents/{document:int}/note", status_code=201, response_model=Kept, **says("write", 404, keyed=True)
    )
    async def keep_document(request: Request, document: Id) -> Response:
        """Keep the text of a document as a note."""
        user, now = who(request).user, door.clock()

        def unit() -> Kept:
            text = notes.as_note(user, document)
            return Kept(address=rooms.deeds["note.create"].do(user, {"text": text}, now).address)

        return await door.once(request, unit)


async def _unless_gone(request: Request, work: Coroutine[Any, Any, Any]) -> Any:
    """The result of the work, which ends when whoever asked hangs up."""
    task, gone = asyncio.create_task(work), asyncio.create_task(_gone(request))
    try:
        await asyncio.wait({task, gone}, return_when=asyncio.FIRST_COMPLETED)
        if not task.done():
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task
            raise Conflict("This was cancelled.")
        return task.result()
    finally:
        gone.cancel()
        task.cancel()


async def _gone(request: Request) -> None:
    while (await request.receive())["type"] != "http.disconnect":
        pass


def shape_of(row: Row) -> Document:
    """The document."""
    homes = {"conversation": row.conversation_id, "project": row.project_id}
    names = Document.model_fields.keys() - homes.keys()
    return Document.model_validate({name: getattr(row, name) for name in names} | homes)
