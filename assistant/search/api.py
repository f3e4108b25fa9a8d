"""The search over all rooms, over the API."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.rest.shapes import Piece, Told
from assistant.search.finders import Finder, Hit
from assistant.storage.text import clean
from assistant.users.sessions import who


class Found(BaseModel):
    """Something that was found; the words stand in `<mark>`, all else is escaped."""

    kind: str = Field(examples=["notes"])
    address: str = Field(description="Its page.", examples=["/notes/7"])
    title_html: str = Field(examples=["<mark>Tea</mark>"])
    snippet_html: str = Field(examples=["Green <mark>tea</mark>, 80 °C."])
    when: Told | None = Field(description="When it was written, or is due.")
    about: str = Field(examples=["Archived"])


def router(door: Door, finders: Sequence[Finder]) -> APIRouter:
    """The route."""
    routes = APIRouter(route_class=StrictRoute, tags=["search"])
    kinds = [finder.name for finder in finders]

    @routes.get("/search", **says("read"))
    async def search_everywhere(
        request: Request,
        q: Annotated[str, Query(max_length=1000, description="The words; what is latest, without any.")] = "",
        kind: Annotated[
            str | None,
            Query(pattern=f"^({'|'.join(kinds)})$", description="Only what is of this kind.", examples=["notes"]),
        ] = None,
        limit: Annotated[int, Query(ge=1, le=50, description="How many of each kind at most.")] = 10,
    ) -> Piece[Found]:
        """Conversations, messages, notes and reminders with these words, kind by kind, the best first."""
        user, found = who(request).user, []
        for finder in finders:
            if kind in {None, finder.name} and (q.strip() or finder.latest):
                hits = await door.read(finder.find, user, clean(q), limit)
                found += [_found(finder.name, hit) for hit in hits]
        return Piece(items=found)

    return routes


def _found(kind: str, hit: Hit) -> Found:
    return Found(
        kind=kind, address=hit.address, title_html=str(hit.title), snippet_html=str(hit.snippet), when=hit.when,
        about=hit.about,
    )  # fmt: skip
