"""An answer as server-sent events: each with an id, from which a program that lost the connection goes on."""

import asyncio
import json
import re
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from dataclasses import dataclass
from typing import Any

from fastapi import Response
from fastapi.responses import StreamingResponse

from assistant.chat.api.v1.shapes import Message
from assistant.chat.api.v1.shapes import reply as own_reply
from assistant.chat.models import WRITING
from assistant.chat.streaming.live import Live, Update
from assistant.chat.streaming.replies import Replies
from assistant.rest.door import Door
from assistant.users.sessions import Asking

MEDIA_TYPE = "text/event-stream"
LOOK_EVERY = 4.0  # seconds, whether who follows may still do so, and is still there
PLACE = re.compile(r"(\d{1,9})\.(\d{1,9})", re.ASCII)
EVENT = {
    "type": "object",
    "description": "One of the events.",
    "properties": {
        "event": {"type": "string", "enum": ["status", "thinking", "text", "end"]},
        "id": {"type": "string", "description": "How far this is: what `Last-Event-ID` takes."},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}
# No proxy may keep what is said back until the end.
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}


@dataclass(slots=True)
class Place:
    """How far somebody has read: characters of text and of thinking."""

    text: int = 0
    thinking: int = 0

    def __str__(self) -> str:
        return f"{self.text}.{self.thinking}"


def place(last: str | None) -> Place:
    """The place that an id names; the beginning for any other."""
    found = PLACE.fullmatch(last or "")
    return Place(int(found[1]), int(found[2])) if found else Place()


async def stream(
    replies: Replies, door: Door, asking: Asking, reply: int, *, stands: Callable[[Asking], Awaitable[bool]],
    last: str | None = None, headers: dict[str, str] | None = None, status: int = 200,
) -> Response:  # fmt: skip
    """The reply from where the ``last`` event ended; NotFound when it is someone else's."""
    await door.read(own_reply, asking.user, reply)
    events = _events(replies, door, asking, reply, place(last), stands)
    return StreamingResponse(events, status, {**HEADERS, **(headers or {})}, MEDIA_TYPE)


async def _events(
    replies: Replies, door: Door, asking: Asking, reply: int, at: Place, stands: Callable[[Asking], Awaitable[bool]]
) -> AsyncIterator[str]:
    live = await replies.find(asking.user, reply)
    if live is not None:
        async with aclosing(_followed(live, at, lambda: stands(asking))) as events:
            async for event in events:
                yield event
        if not await stands(asking):
            return
    row: Message = await door.read(own_reply, asking.user, reply)
    for event in _grown(row.text, row.thinking, at):
        yield event
    if row.state != WRITING:  # else it goes on elsewhere, and whoever comes again may follow it there
        yield _event("end", row.model_dump(mode="json"), at)


async def _followed(live: Live, at: Place, still: Callable[[], Awaitable[bool]]) -> AsyncGenerator[str, None]:
    status = ""
    async with aclosing(_updates(live, still)) as updates:
        async for update in updates:
            if update is None:
                yield ": still here\n\n"
                continue
            if update.status != status and not update.final:
                status = update.status
                yield _event("status", {"status": status}, at)
            for event in _grown(live.text, live.thinking, at):
                yield event


async def _updates(live: Live, still: Callable[[], Awaitable[bool]]) -> AsyncGenerator[Update | None, None]:
    """What comes, and None where nothing came for a while; ends where who follows may not any more."""
    async with aclosing(live.follow()) as updates:
        coming: asyncio.Task[Update | None] | None = None
        looked = time.monotonic()
        try:
            while True:
                coming = coming or asyncio.ensure_future(_next(updates))
                await asyncio.wait({coming}, timeout=LOOK_EVERY)
                if time.monotonic() - looked >= LOOK_EVERY:
                    looked = time.monotonic()
                    if not await still():
                        return
                if not coming.done():
                    yield None
                    continue
                update, coming = coming.result(), None
                if update is None:
                    return
                yield update
        finally:
            if coming:
                coming.cancel()
                await asyncio.gather(coming, return_exceptions=True)


async def _next(updates: AsyncIterator[Update]) -> Update | None:
    return await anext(updates, None)


def _grown(text: str, thinking: str, at: Place) -> list[str]:
    """What came since the place, which moves on."""
    events = []
    if len(thinking) > at.thinking:
        new, at.thinking = thinking[at.thinking :], len(thinking)
        events.append(_event("thinking", {"text": new}, at))
    if len(text) > at.text:
        new, at.text = text[at.text :], len(text)
        events.append(_event("text", {"text": new}, at))
    return events


def _event(name: str, data: dict[str, Any], at: Place) -> str:
    return f"event: {name}\nid: {at}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
