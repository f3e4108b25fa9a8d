"""Titles that the model makes, once it has nothing else to do."""

from collections.abc import Awaitable, Callable
from contextlib import aclosing, suppress

from assistant.chat import branches, context, conversations, messages
from assistant.errors import AssistantError
from assistant.ollama.answers import Turn
from assistant.ollama.door import Ollama
from assistant.ollama.options import Options
from assistant.storage.database import Database


class Titles:
    """Asks the model for the title of a conversation that has just begun."""

    def __init__(
        self, database: Database, ollama: Ollama, *, wanted: Callable[[int], Awaitable[bool]] | None,
        context_tokens: int,
    ) -> None:  # fmt: skip
        """``wanted`` says whether a user wants titles from the model."""
        self._database, self._ollama = database, ollama
        self._wanted, self._context = wanted, context_tokens

    async def improve(self, user: int, answer: int) -> None:
        """Gives the answer's conversation a better title, if it is the first and the user wants one."""
        if self._wanted is None or not await self._wanted(user):
            return
        with suppress(AssistantError):
            row = await self._database.read(messages.get_own, user, answer)
            read = await self._database.read(branches.window, user, row.conversation_id, last=2)
            if read.earlier or row.conversation.title_by != "first":
                return
            title = await self._ask(row.model, read.shown[0].message.text, row.text)
            if title:
                await self._database.run(conversations.better_title, row.conversation_id, title)

    async def _ask(self, model: str, question: str, answer: str) -> str:
        wish = (
            "Give this conversation a title of at most six words, in its own language, without quotes "
            f"or a full stop. Answer with the title alone.\n\nQuestion: {question[:1000]}\n\nAnswer: {answer[:1000]}"
        )
        known = await self._ollama.known(model)
        think = False if "thinking" in known.capabilities else None
        options = Options(num_ctx=context.size(self._context, known.context), num_predict=40, think=think)
        pieces = self._ollama.chat(model, [Turn("user", wish)], options)
        async with aclosing(pieces):
            reply = "".join([piece.text async for piece in pieces])
        first = next(iter(reply.strip().splitlines()), "")
        return " ".join(first.split()).strip("\"'“”.# *")
