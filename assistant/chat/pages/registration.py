"""Which addresses lead to which page."""

from typing import Any

from fastapi import Request
from nicegui import ui

from assistant.chat import conversations
from assistant.chat.pages.conversation import ConversationPage
from assistant.chat.pages.found import found_page
from assistant.chat.pages.installed import models_page
from assistant.chat.pages.room import Room
from assistant.chat.pages.shelf import Shelf
from assistant.chat.pages.today import Today
from assistant.components.frame import frame
from assistant.errors import NotFound
from assistant.users.session import Asking, who


def register(*, shelf: Shelf | None = None, today: Today | None = None, **parts: Any) -> None:
    """Adds the pages; ``parts`` are the fields of Room.

    ``shelf`` is the way to notes and ``today`` to reminders, where there are any.
    """
    room = Room(**parts)

    @ui.page("/")
    async def new(request: Request, note: int = 0) -> None:
        asking = who(request)
        try:
            await ConversationPage(room, asking, None, shelf=shelf, today=today, note=note).build()
        except NotFound as error:
            _missing(asking, error.sentence)

    @ui.page("/chat/{conversation:int}")
    async def one(request: Request, conversation: int, m: int = 0) -> None:
        asking = who(request)
        try:
            if m:
                await room.database.run(conversations.reveal, asking.user, m)
            await ConversationPage(room, asking, conversation, hit=m, shelf=shelf, today=today).build()
        except NotFound as error:
            _missing(asking, error.sentence)

    @ui.page("/search")
    async def search(request: Request, q: str = "") -> None:
        await found_page(room, who(request), q)

    @ui.page("/models")
    async def models(request: Request) -> None:
        await models_page(room, who(request))


def _missing(asking: Asking, sentence: str) -> None:
    with (
        frame("Not found", name=asking.name, theme=asking.preferences.theme, active="chat"),
        ui.element("div").classes("welcome"),
    ):
        with ui.element("h1"):
            ui.label(sentence)
        ui.label("It may have been deleted.").classes("muted")
        ui.link("Start a new one", "/").classes("main-button")
