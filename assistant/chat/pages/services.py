"""What the pages of chat need, handed in once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from assistant.chat.models_status import ModelsStatus
from assistant.chat.pulls import Pulls
from assistant.chat.streaming import Replies
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.ollama import Ollama
from assistant.storage.database import Database
from assistant.storage.events import Events
from assistant.users.sessions import Sessions


@dataclass(frozen=True)
class Services:
    """The parts, as the composition root made them."""

    database: Database
    replies: Replies
    pulls: Pulls
    ollama: Ollama
    models_status: ModelsStatus
    sessions: Sessions
    events: Events
    clock: Callable[[], datetime]
    context: int


def reporting_errors(handler: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The handler, whose failures are shown in the page instead of lost in the log."""

    @wraps(handler)
    async def reporting(*args: Any, **kwargs: Any) -> None:
        try:
            await handler(*args, **kwargs)
        except AssistantError as error:
            toast(error.sentence)

    return reporting
