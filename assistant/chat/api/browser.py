"""Over HTTP: the pictures and files of questions, and conversations as files and as documents to print."""

from datetime import tzinfo

from fastapi import APIRouter, Request, Response
from fastapi.responses import HTMLResponse
from markupsafe import Markup

from assistant.chat import branches, conversations, export, pictures
from assistant.chat.branches import Shown
from assistant.chat.documents import library
from assistant.components.markdown.rendering import rendered
from assistant.components.printing import document
from assistant.storage.database import Database
from assistant.storage.file_names import as_file
from assistant.users.sessions import who


def router(database: Database) -> APIRouter:
    """The routes of pictures, of documents, of exports and of printing."""
    routes = APIRouter()
    _pictures(routes, database)
    _documents(routes, database)
    _exports(routes, database)
    return routes


def _pictures(routes: APIRouter, database: Database) -> None:
    @routes.get("/images/{image:int}")
    async def show(request: Request, image: int) -> Response:
        """The picture's bytes, for its owner only."""
        found = await database.read(pictures.get, who(request).user, image)
        # Asked for each time: the next person at this browser must not see it.
        headers = {"Cache-Control": "private, no-cache", "ETag": f'"{image}"'}
        if request.headers.get("if-none-match") == headers["ETag"]:
            return Response(status_code=304, headers=headers)
        return Response(bytes(found.data), media_type=found.kind, headers=headers)


def _documents(routes: APIRouter, database: Database) -> None:
    @routes.get("/documents/{document:int}/file")
    async def download(request: Request, document: int) -> Response:
        """The file as it came, to keep; no browser shows it here."""
        user = who(request).user
        row = await database.read(library.get, user, document)
        headers = {**as_file(row.name), "Cache-Control": "private, no-store", "X-Content-Type-Options": "nosniff"}
        data = await database.read(library.contents, user, document)
        return Response(data, media_type="application/octet-stream", headers=headers)


def _exports(routes: APIRouter, database: Database) -> None:
    @routes.get("/chat/{conversation:int}/export.md")
    async def as_markdown(request: Request, conversation: int) -> Response:
        """The branch of the conversation that is read, as a Markdown file."""
        asking = who(request)
        name = await database.read(export.name, asking.user, conversation, ".md")
        text = await database.read(export.markdown, asking.user, conversation, asking.preferences.zone_info)
        return Response(text, headers=as_file(name), media_type="text/markdown; charset=utf-8")

    @routes.get("/chat/{conversation:int}/export.json")
    async def as_json(request: Request, conversation: int) -> Response:
        """All of the conversation as JSON: every branch, thinking, models, pictures; times are in UTC."""
        user = who(request).user
        name = await database.read(export.name, user, conversation, ".json")
        text = await database.read(export.all_of, user, conversation)
        return Response(text, headers=as_file(name), media_type="application/json")

    @routes.get("/chat/{conversation:int}/print")
    async def printed(request: Request, conversation: int) -> Response:
        """The branch of the conversation that is read, as a document to print."""
        asking = who(request)
        zone = asking.preferences.zone_info
        home = await database.read(conversations.get, asking.user, conversation)
        shown = await database.read(branches.thread, asking.user, conversation)
        content = Markup().join([await _section(one, zone) for one in shown])
        day = home.updated.astimezone(zone)
        return HTMLResponse(document(home.title, asking.preferences.formats.day(day.date(), whole=True), content))


async def _section(one: Shown, zone: tzinfo) -> Markup:
    message = one.message
    picture = Markup('<img src="/images/{}" alt="Attached picture">')
    pictures = Markup().join(picture.format(image) for image in one.images)
    text = Markup('<p class="print-question">{}</p>').format(message.text)
    if message.role != "user":
        html = Markup(await rendered(message.text, message.id))  # noqa: S704 - rendered to be safe
        text = Markup('<div class="prose">{}</div>').format(html)
    trouble = Markup("<p><em>{}</em></p>").format(message.error) if message.error else ""
    return Markup("<section><h2>{}</h2>{}{}{}</section>").format(export.heading(message, zone), pictures, text, trouble)
