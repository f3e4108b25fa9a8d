"""What the pages of chat need, handed in once."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any

from assistant.chat.availability import Availability
from assistant.chat.pulls import Pulls
from assistant.chat.replies import Replies
from assistant.components.toast import toast
from assistant.errors import AssistantError
from assistant.ollama import Ollama
from assistant.storage.database import Database
from assistant.storage.events import Events
from assistant.users.session import Sessions


@dataclass(frozen=True)
class Room:
    """The parts, as the composition root made them."""

    database: Database
    replies: Replies
    pulls: Pulls
    ollama: Ollama
    availability: Availability
    sessions: Sessions
    events: Events
    clock: Callable[[], datetime]
    context: int


def told(handler: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
    """The handler, whose failures are said in the page instead of lost in the log."""

    @wraps(handler)
    async def telling(*args: Any, **kwargs: Any) -> None:
        try:
            await handler(*args, **kwargs)
        except AssistantError as error:
            toast(error.sentence)

    return telling
