"""A question on its way to a model."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from fastapi import Request, Response

from assistant.chat import context, conversations, course, projects
from assistant.chat.api.v1.events import stream
from assistant.chat.api.v1.shapes import Asked, Message, conversation, own
from assistant.chat.models import Conversation as Row
from assistant.chat.models_status import ModelsStatus
from assistant.chat.streaming.replies import Replies
from assistant.ollama.door import Ollama
from assistant.rest.door import Door
from assistant.users.sessions import Asking, who

EVENTS = "text/event-stream"
SENT_WITHIN = 0.5  # seconds that a question waits for what its model can do


@dataclass(frozen=True)
class Asks:
    """What it takes to ask a model."""

    replies: Replies
    ollama: Ollama
    status: ModelsStatus
    tokens: int  # of context, unless a conversation sets its own
    stands: Callable[[Asking], Awaitable[bool]]  # whether who asks may still do so

    async def model(self, asking: Asking, wanted: str, usual: str = "") -> str:
        """The model that answers: the one that is wanted, the conversation's, the person's, the newest."""
        if wanted or usual:
            return wanted or usual
        if not self.status.known:
            await self.status.refresh()
        names = self.status.chat_names()
        return asking.preferences.model if asking.preferences.model in names else next(iter(names), "")

    async def check_room(
        self, door: Door, user: int, text: str, model: str, *, home: int, system: str = "", project: int | None = None
    ) -> None:
        """Raises Invalid (field text) where the question alone is more than the model reads at once.

        A conversation that begins has its ``system`` instructions, and those of its ``project``.
        """
        wished, scale = 0, 1.0
        if home:
            row = await door.read(conversations.get, user, home)
            wished, system = row.num_ctx or 0, context.instructions(row)
            scale = await door.read(course.scale, user, home)
        elif project:
            shared = await door.read(projects.get, user, project)
            system = context.instructions(Row(system=system, project=shared))
        known = await self.ollama.known(model, within=SENT_WITHIN) if model else None
        size = context.size(wished or self.tokens, known.context if known else 0)
        context.check_room(text, system, size, scale=scale)

    async def answer(self, door: Door, request: Request, unit: Callable[[], Asked | Message], status: int) -> Response:
        """Does the unit once, begins the reply, and answers with it: as JSON, or as it is written."""
        answer = await door.answered(request, unit, status=status, place="/api/v1/replies/{id}")
        asking, reply = who(request), int(answer.location.rpartition("/")[2])
        await self.replies.start(asking.user, reply)
        if EVENTS in request.headers.get("accept", ""):
            headers = {"Location": answer.location}
            return await stream(self.replies, door, asking, reply, stands=self.stands, headers=headers, status=status)
        return answer.sent()


def asked(user: int, question: int, reply: int) -> Asked:
    """The question and its reply. A unit of work."""
    said = own(user, reply)
    home = conversations.get(user, said.conversation)
    return Asked(id=reply, conversation=conversation(home), question=own(user, question), reply=said)
