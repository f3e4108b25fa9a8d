"""Prompts that one keeps, to ask with again."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from pydantic import BaseModel, Field

from assistant.chat.models import Prompt as PromptRow
from assistant.chat.prompts import library, variables
from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Given, Id, Piece, Sent, Told
from assistant.storage.text import clean
from assistant.users.sessions import who

MOST = library.MOST
Name = Annotated[
    str, Field(max_length=60, description="1 to 40 letters, digits, `-` or `_`.", examples=["translate"])
]  # fmt: skip
Text = Annotated[
    str,
    Field(
        max_length=library.LONGEST, description="What the model is asked; `{{topic}}` is asked for each time.",
        examples=["Translate into {{language}}:"],
    ),
]  # fmt: skip


class Prompt(BaseModel):
    """A prompt."""

    id: int = Field(examples=[5])
    name: str = Field(examples=["translate"])
    text: str = Field(examples=["Translate into {{language}}:"])
    variables: list[str] = Field(description="What it asks for, in its order.", examples=[["language"]])
    created: Told
    updated: Told


class NewPrompt(Sent):
    """A prompt to keep."""

    name: Name
    text: Text


class PromptChange(Sent):
    """What to change of a prompt; what is left out stays."""

    name: Annotated[Name | None, Given] = None
    text: Annotated[Text | None, Given] = None


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""
    _listed(routes, door)
    _kept(routes, door)


def _listed(routes: APIRouter, door: Door) -> None:
    @routes.get("/prompts", **says("read"))
    async def list_prompts(
        request: Request,
        q: Annotated[
            str, Query(max_length=100, description="Those whose names begin so, then those that have it.")
        ] = "",
    ) -> Piece[Prompt]:
        """Your prompts, by name."""
        user = who(request).user
        rows = await door.read(library.starting, user, q, MOST) if q else await door.read(library.listing, user)
        return Piece(items=[_prompt(row) for row in rows])

    @routes.post("/prompts", status_code=201, response_model=Prompt, **says("write", body=True, keyed=True))
    async def keep_prompt(request: Request, new: NewPrompt) -> Response:
        """Keep a prompt."""
        user, now = who(request).user, door.clock()

        def unit() -> Prompt:
            return _prompt(library.add(user, name=clean(new.name), text=clean(new.text), now=now))

        return await door.once(request, unit, place="/api/v1/prompts/{id}")


def _kept(routes: APIRouter, door: Door) -> None:
    @routes.get("/prompts/{prompt:int}", response_model=Prompt, **says("read", 404))
    async def get_prompt(request: Request, prompt: Id) -> Response:
        """A prompt, and its version as ETag."""
        return etags.answer(request, await door.read(_own, who(request).user, prompt))

    @routes.patch("/prompts/{prompt:int}", response_model=Prompt, **says("write", 404, versioned=True, body=True))
    async def change_prompt(request: Request, prompt: Id, change: PromptChange) -> Response:
        """Change name or text of a prompt, on the version that If-Match names."""
        user, now = who(request).user, door.clock()

        def unit() -> Prompt:
            known = _own(user, prompt)
            etags.check(request, known)
            name, text = clean(change.name or known.name), known.text if change.text is None else clean(change.text)
            library.change(user, prompt, name=name, text=text, now=now)
            return _own(user, prompt)

        return etags.answer(request, await door.run(unit))

    @routes.delete("/prompts/{prompt:int}", status_code=204, **says("write", 404))
    async def delete_prompt(request: Request, prompt: Id) -> None:
        """Delete a prompt."""
        await door.run(library.delete, who(request).user, prompt)


def _own(user: int, prompt: int) -> Prompt:
    return _prompt(library.get(user, prompt))


def _prompt(row: PromptRow) -> Prompt:
    told = {name: getattr(row, name) for name in Prompt.model_fields.keys() - {"variables"}}
    return Prompt.model_validate(told | {"variables": variables.names(row.text)})
