"""Lists of notes, the search, tags and counts."""

from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.notes import notebook, queries, tags, trash
from assistant.notes.api.v1.shapes import PLACES, Summary, summary
from assistant.notes.search import index
from assistant.notes.validation import TAG_LIMIT
from assistant.rest import cursors
from assistant.rest.documented import After, Limit, says
from assistant.rest.door import Door
from assistant.rest.shapes import HowMany, Id, Piece, Sent, Tag, Told
from assistant.users.sessions import who


class Found(BaseModel):
    """A note that was found; the hits stand in `<mark>`, all else is escaped."""

    id: int = Field(examples=[7])
    title_html: str = Field(examples=["<mark>Tea</mark>"])
    snippet_html: str = Field(examples=["Green <mark>tea</mark>, 80 °C."])
    tags: list[str] = Field(examples=[["kitchen/tea"]])
    updated: Told


class Titled(BaseModel):
    """A title that a link can lead to."""

    title: str = Field(examples=["Tea"])


class TagRenaming(Sent):
    """Another name for a tag and those below it."""

    name: str = Field(min_length=1, max_length=TAG_LIMIT, examples=["kitchen/tea"])
    new_name: str = Field(min_length=1, max_length=TAG_LIMIT, examples=["kitchen/teas"])


class Counts(BaseModel):
    """How many notes are where."""

    notes: int = Field(examples=[120])
    archive: int = Field(examples=[14])
    trash: int = Field(examples=[2])


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""
    _lists(routes, door)
    _tags(routes, door)


def _lists(routes: APIRouter, door: Door) -> None:
    @routes.get("/notes", **says("read", 404))
    async def list_notes(
        request: Request,
        where: Annotated[PLACES, Query(description="The list, the archive or the trash.")] = "notes",
        tag: Annotated[
            str | None, Query(max_length=TAG_LIMIT, description="Only with this tag or one below it.")
        ] = None,
        sort: Annotated[
            Literal["changed", "created", "title"], Query(description="Within pinned and others.")
        ] = "changed",
        after: After = None,
        limit: Limit = 50,
    ) -> Piece[Summary]:
        """Your notes, a piece at a time: pinned first, then the latest first."""
        place = cursors.read(after)
        page = await door.read(
            queries.listing, who(request).user, where=where, tag=tag, sort=sort, after=place, limit=limit
        )
        return Piece(items=[summary(row) for row in page.rows], next=cursors.told(page.next))

    @routes.get("/notes/search", **says("read"))
    async def search_notes(
        request: Request,
        q: Annotated[str, Query(max_length=1000, description='Words, `"exact words"`, `-without`, `tag:name`.')],
        limit: Limit = 50,
    ) -> Piece[Found]:
        """The notes with these words, best first.

        It understands what the search field of the notes does: words, `"exact words"`, `-without`, `tag:name`,
        `is:pinned`, `is:archived`, `before:2026-01-31` and `after:2026-01-01`.
        """
        asking = who(request)
        hits = await door.read(index.find, asking.user, q, zone=asking.preferences.zone_info, limit=limit)
        found = [
            Found(id=h.id, title_html=h.title, snippet_html=h.snippet, tags=list(h.tags), updated=h.updated)
            for h in hits
        ]
        return Piece(items=found)

    @routes.get("/notes/counts", **says("read"))
    async def count_notes(request: Request) -> Counts:
        """How many notes are in the list, the archive and the trash."""
        found = await door.read(queries.counts, who(request).user)
        return Counts(notes=found.notes, archive=found.archive, trash=found.trash)

    @routes.get("/notes/{note:int}/backlinks", **says("read", 404))
    async def list_backlinks(request: Request, note: Id) -> Piece[Summary]:
        """The notes that link to this one, the latest change first."""
        rows = await door.read(queries.backlinks, who(request).user, note)
        return Piece(items=[summary(row) for row in rows])

    @routes.delete("/notes/trash", **says("write"))
    async def empty_trash(request: Request) -> HowMany:
        """Delete for good what is in the trash."""
        return HowMany(count=await door.run(trash.empty_trash, who(request).user))


def _tags(routes: APIRouter, door: Door) -> None:
    @routes.get("/notes/tags", **says("read"))
    async def list_note_tags(request: Request) -> Piece[Tag]:
        """The tags of your notes, in alphabetical order."""
        rows = await door.read(tags.listed, who(request).user)
        return Piece(items=[Tag(name=name, count=count) for name, count in rows])

    @routes.post("/notes/tags/rename", response_model=HowMany, **says("write", 404, body=True, keyed=True))
    async def rename_note_tag(request: Request, sent: TagRenaming) -> Response:
        """Give a tag, and those below it, another name.

        A tag that has the new name already takes the notes in.
        """
        user, now = who(request).user, door.clock()

        def unit() -> HowMany:
            return HowMany(count=tags.rename(user, sent.name, sent.new_name, now))

        return await door.once(request, unit, status=200)

    @routes.get("/notes/titles", **says("read"))
    async def complete_titles(
        request: Request,
        q: Annotated[str, Query(max_length=300, description="How the title begins.")] = "",
    ) -> Piece[Titled]:
        """Titles to complete a `[[link]]` with: those that begin so, then those that contain it."""
        return Piece(items=[Titled(title=title) for title in await door.read(queries.titles, who(request).user, q)])

    @routes.get("/notes/named", **says("read", 404))
    async def find_note_by_title(
        request: Request, title: Annotated[str, Query(max_length=300, description="As a link names it.")]
    ) -> Summary:
        """The note that a `[[link]]` with this title leads to."""
        return summary(await door.read(_named, who(request).user, title))


def _named(user: int, title: str) -> queries.Listed:
    found = queries.by_title(user, title)
    return queries.get_listed(user, notebook.get(user, found or 0).id)
