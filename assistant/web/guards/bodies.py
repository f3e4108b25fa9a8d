"""Request bodies: at most so large, and never slower than so."""

import asyncio
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from assistant.errors import AssistantError

BODY_LIMIT = 64 * 1024  # bytes
DOCUMENT_LIMIT = 25 * 1024 * 1024 + 1024
PICTURE_LIMIT = 10 * 1024 * 1024 + 1024
NOTE_LIMIT = 8 * 1024 * 1024  # a note's text, escaped, and with it another that was not heard of
IMPORT_LIMIT = 210 * 1024 * 1024
ARCHIVE_LIMIT = 20 * 1024 * 1024 * 1024  # what does not fit on the disk is refused while it comes
CALENDAR_LIMIT = 10 * 1024 * 1024
REMINDER_LIMIT = 256 * 1024  # the longest note of one, escaped
PROMPT_LIMIT = 256 * 1024  # the longest prompt, escaped
QUESTION_LIMIT = 2 * 1024 * 1024  # the longest message, escaped
TOOLS_LIMIT = 2 * 1024 * 1024  # the longest text that a program wants to write, escaped
SHARE_LIMIT = 24 * 1024 * 1024  # some pictures as a phone takes them
# By how the path begins; the first that fits. A proxy allows a little more: deploy/nginx/site.conf.
LIMITS = {
    "/mcp": TOOLS_LIMIT,
    "/share": SHARE_LIMIT,
    "/api/v1/me/picture": PICTURE_LIMIT,
    "/api/v1/attachments": PICTURE_LIMIT,
    "/api/v1/images": PICTURE_LIMIT,
    "/api/v1/files": DOCUMENT_LIMIT,
    "/api/v1/imports": ARCHIVE_LIMIT,
    "/api/v1/notes/imports": IMPORT_LIMIT,
    "/api/v1/notes": NOTE_LIMIT,
    "/api/v1/conversations": QUESTION_LIMIT,
    "/api/v1/messages": QUESTION_LIMIT,
    "/api/v1/prompts": PROMPT_LIMIT,
    "/api/v1/reminders/imports": CALENDAR_LIMIT,
    "/api/v1/reminders": REMINDER_LIMIT,
}
BODY_TIME = 30.0  # seconds between two pieces of a body

Message = MutableMapping[str, Any]


class Refused(AssistantError):  # noqa: N818 - an answer rather than an error
    """The body is not taken; ``status`` and ``sentence`` say why."""

    title = "This cannot be taken"

    def __init__(self, status: int, sentence: str) -> None:
        """``status`` is HTTP's."""
        super().__init__(sentence)
        self.status = status


class Body:
    """Stands in for ASGI's ``receive``; raises Refused when the limits are passed."""

    def __init__(self, receive: Callable[[], Awaitable[Message]], *, path: str, declared: str) -> None:
        """``declared`` is the Content-Length header, which need not be true."""
        self._receive = receive
        self._limit = next((limit for start, limit in LIMITS.items() if path.startswith(start)), BODY_LIMIT)
        self._got, self._whole = 0, False
        if not declared.isdigit() or int(declared) > self._limit:
            raise Refused(413, "This is too large to be sent.")

    async def __call__(self) -> Message:
        """The next message; once the body is whole, waiting for the browser to go may take for ever."""
        try:
            async with asyncio.timeout(None if self._whole else BODY_TIME):
                message = await self._receive()
        except TimeoutError:
            raise Refused(408, "This took too long to be sent.") from None
        self._got += len(message.get("body", b""))
        self._whole = not message.get("more_body")
        if self._got > self._limit:
            raise Refused(413, "This is too large to be sent.")
        return message
