"""The search over all rooms, over the API."""

from collections.abc import Sequence
from typing import Annotated

from fastapi import APIRouter, Query, Request
from pydantic import BaseModel, Field

from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.routing import StrictRoute
from assistant.rest.shapes import Piece, Told
from assistant.search.finders import Finder, Hit, Nearest, beside
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


def router(door: Door, finders: Sequence[Finder], nearest: Nearest | None = None) -> APIRouter:
    """The route; ``nearest`` finds by what the words mean."""
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
        *,
        meaning: Annotated[
            bool,
            Query(description="Also what means nearly this, of the kind `meaning`, at the end. It waits for a model."),
        ] = False,
    ) -> Piece[Found]:
        """Conversations, messages, notes and reminders with these words, kind by kind, the best first.

        With `meaning` then notes and messages that mean nearly the same without having the words, the nearest first,
        as far as there is a model of embeddings that says so within four seconds.
        """
        user, found, hits = who(request).user, list[Found](), list[Hit]()
        for finder in finders:
            if kind in {None, finder.name} and (q.strip() or finder.latest):
                some = await door.read(finder.find, user, clean(q), limit)
                found += [_found(finder.name, hit) for hit in some]
                hits += some
        if meaning and nearest and q.strip() and kind is None:
            near = beside(await nearest(user, clean(q), limit), hits)
            found += [_found("meaning", hit) for hit in near[:limit]]
        return Piece(items=found)

    return routes


def _found(kind: str, hit: Hit) -> Found:
    return Found(
        kind=kind, address=hit.address, title_html=str(hit.title), snippet_html=str(hit.snippet), when=hit.when,
        about=hit.about,
    )  # fmt: skip
