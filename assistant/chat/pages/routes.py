"""Which addresses lead to which page."""

from functools import partial
from typing import Any

from assistant.chat import branches
from assistant.chat.pages.conversation import ConversationPage
from assistant.chat.pages.models import ModelsPage
from assistant.chat.pages.notes_dialog import NoteTools
from assistant.chat.pages.services import Services
from assistant.chat.pages.today import Today
from assistant.users.pages.page import Drawn, Page, Place
from assistant.users.pages.shell import Route


def routes(*, notes: NoteTools | None = None, today: Today | None = None, **parts: Any) -> list[Route]:
    """The addresses of chat; ``parts`` are the fields of Services.

    ``notes`` is the way to notes and ``today`` to reminders, where there are any.
    """
    services = Services(**parts)

    async def conversation(page: Page, place: Place) -> None:
        hit, known = place.number("m"), place.id("conversation") or None
        if hit:
            await services.database.run(branches.reveal, page.user, hit)
        note = place.number("note")
        await ConversationPage(services, page, known, hit=hit, shelf=notes, today=today, note=note).build()

    return [
        Route("/", "chat", partial(Drawn, conversation)),
        Route("/chat/{conversation:int}", "chat", partial(Drawn, conversation)),
        Route("/models", "models", partial(ModelsPage, services)),
    ]
