"""Which addresses lead to which page."""

from functools import partial

from assistant.chat.pages.conversation.conversation import ConversationView
from assistant.chat.pages.documents.reader import reader
from assistant.chat.pages.models import ModelsPage
from assistant.chat.pages.services import Services
from assistant.users.pages.page import Drawn
from assistant.users.pages.shell import Route


def routes(services: Services) -> list[Route]:
    """The addresses of chat."""
    conversation = partial(ConversationView, services)
    return [
        Route("/", "chat", conversation, stays=True),
        Route("/chat/{conversation:int}", "chat", conversation, stays=True),
        Route("/project/{project:int}", "chat", conversation, stays=True),
        Route("/documents/{document:int}", "chat", partial(Drawn, partial(reader, services))),
        Route("/models", "models", partial(ModelsPage, services)),
    ]
