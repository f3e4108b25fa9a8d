"""Which addresses lead to which page."""

from typing import Any

from fastapi import Request
from nicegui import ui

from assistant.chat import branches
from assistant.chat.pages.conversation import ConversationPage
from assistant.chat.pages.models import models_page
from assistant.chat.pages.notes_dialog import NoteTools
from assistant.chat.pages.search import search_page
from assistant.chat.pages.services import Services
from assistant.chat.pages.today import Today
from assistant.components.frame import frame
from assistant.errors import NotFound
from assistant.users.sessions import Asking, who


def register(*, notes: NoteTools | None = None, today: Today | None = None, **parts: Any) -> None:
    """Adds the pages; ``parts`` are the fields of Services.

    ``notes`` is the way to notes and ``today`` to reminders, where there are any.
    """
    services = Services(**parts)

    @ui.page("/")
    async def new(request: Request, note: int = 0) -> None:
        asking = who(request)
        try:
            await ConversationPage(services, asking, None, shelf=notes, today=today, note=note).build()
        except NotFound as error:
            _missing(asking, error.sentence)

    @ui.page("/chat/{conversation:int}")
    async def one(request: Request, conversation: int, m: int = 0) -> None:
        asking = who(request)
        try:
            if m:
                await services.database.run(branches.reveal, asking.user, m)
            await ConversationPage(services, asking, conversation, hit=m, shelf=notes, today=today).build()
        except NotFound as error:
            _missing(asking, error.sentence)

    @ui.page("/search")
    async def search(request: Request, q: str = "") -> None:
        await search_page(services, who(request), q)

    @ui.page("/models")
    async def models(request: Request) -> None:
        await models_page(services, who(request))


def _missing(asking: Asking, sentence: str) -> None:
    with (
        frame("Not found", name=asking.name, theme=asking.preferences.theme, active="chat"),
        ui.element("div").classes("welcome"),
    ):
        with ui.element("h1"):
            ui.label(sentence)
        ui.label("It may have been deleted.").classes("muted")
        ui.link("Start a new one", "/").classes("main-button")
