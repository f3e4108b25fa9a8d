"""What a phone shares, as it sends it: a form with texts and files, for which nobody need be logged in."""

import asyncio

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException

from assistant.errors import AssistantError, Invalid
from assistant.sharing import shares
from assistant.sharing.pages.services import Services
from assistant.sharing.shares import LONGEST, MOST_PICTURES, Picture
from assistant.storage.text import one_line
from assistant.users.pages.forms import failed, page
from assistant.users.sessions import Asking, who

MOST_UNKNOWN = 12 * 1024 * 1024  # bytes of one who is not logged in
PARTS = ("title", "text", "url")  # as the manifest names them
REFUSED = "This cannot be shared"
NAME = 200  # characters


def register(app: FastAPI, services: Services) -> None:
    """Adds the routes."""

    @app.post("/share", include_in_schema=False)
    async def share(request: Request) -> Response:
        """Keeps what is shared, and leads to the page that asks what becomes of it."""
        asking: Asking | None = getattr(request.state, "asking", None)
        try:
            text, pictures = await _read(request, services)
            if asking is None and sum(len(one.data) for one in pictures) > MOST_UNKNOWN:
                raise Invalid("This is too large to be kept until you are logged in. Log in, and share it again.")
            user = asking.user if asking else None
            token = await services.database.run(shares.keep, user, text, pictures, services.clock())
        except AssistantError as error:
            refused = page("message.html", title=REFUSED, lead=error.sentence, onward="/", label="Go on")
            return failed(refused, error)
        return RedirectResponse(f"/shared/{token}", 303)

    @app.get("/shared/{token}/pictures/{picture:int}", include_in_schema=False)
    async def picture(request: Request, token: str, picture: int) -> Response:
        """One of its pictures, for its person only."""
        found = await services.database.run(shares.picture, who(request).user, token, picture)
        return Response(found.data, media_type=found.kind, headers={"Cache-Control": "private, no-store"})


async def _read(request: Request, services: Services) -> tuple[str, list[Picture]]:
    """The text and the pictures of the form; raises Invalid for what is neither."""
    try:
        form = await request.form(max_files=MOST_PICTURES, max_fields=len(PARTS), max_part_size=4 * LONGEST)
    except HTTPException:
        raise Invalid(f"At most {MOST_PICTURES} files and {LONGEST:,} characters can be shared at once.") from None
    words, pictures = _words(form), []
    for file in form.getlist("files"):
        if isinstance(file, UploadFile) and (data := await file.read()):
            name = one_line(file.filename or "")[:NAME]
            if (file.content_type or "").startswith("text/"):
                words.append(_decoded(data, name))
            else:
                pictures.append(Picture(name, await asyncio.to_thread(_kind, services, data, name), data))
    return "\n\n".join(words), pictures


def _words(form: FormData) -> list[str]:
    """What is said, each once: many apps put the link into the text as well."""
    said: list[str] = []
    for name in PARTS:
        value = form.get(name)
        if isinstance(value, str) and value.strip() and not any(value.strip() in one for one in said):
            said.append(value.strip())
    return said


def _decoded(data: bytes, name: str) -> str:
    if b"\0" in data:
        raise Invalid(f"“{name}” is no text.")
    return data.decode("utf-8-sig", "replace")


def _kind(services: Services, data: bytes, name: str) -> str:
    try:
        return services.kind_of(data)
    except Invalid as error:
        raise Invalid(f"“{name}”: {error.sentence}") from None
