"""What a model proposes for a passage of a note: at once, or as it is written; and one that is taken."""

import asyncio
import json
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import Annotated, Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import StreamingResponse
from pydantic import BaseModel, Field

from assistant.errors import AssistantError, Invalid
from assistant.notes.api.v1.shapes import Text
from assistant.notes.models import Note
from assistant.notes.proposals import taking
from assistant.notes.proposals.asking import Proposal, Proposals, valid
from assistant.notes.proposals.kinds import KINDS, LANGUAGE, Name
from assistant.notes.proposals.passage import MARKED, WHOLE, Passage
from assistant.notes.proposals.taking import Taken
from assistant.notes.validation import TEXT_LIMIT
from assistant.notes.versions import revisions
from assistant.rest import problems
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Given, Id, Integral, Sent
from assistant.users.sessions import Asking, who

EVENTS = "text/event-stream"
LOOK_EVERY = 4.0  # seconds, whether who asks may still do so
# No proxy may keep what is said back until the end.
HEADERS = {"Cache-Control": "no-store", "X-Accel-Buffering": "no"}
EVENT = {
    "type": "object",
    "description": "One of the events.",
    "properties": {
        "event": {"type": "string", "enum": ["text", "end", "problem"]},
        "data": {"type": "string", "contentMediaType": "application/json"},
    },
}
EXAMPLE = """\
event: text
data: {"text": "We have seen"}

event: end
data: {"kind": "improve", "begin": 8, "before": "We has seen it.", "after": "We have seen it."}
"""
Place = Annotated[int, Field(ge=0, le=TEXT_LIMIT, description="In characters."), Integral]


class Asked(Sent):
    """What is to be proposed, and for which passage."""

    kind: Name
    begin: Place = 0
    end: Annotated[Place | None, Given] = Field(default=None, description="Left out for the end of the text.")
    language: str = Field(default="", max_length=LANGUAGE, description="For `translate`.", examples=["German"])


class Proposed(BaseModel):
    """What a model proposes: `after` in place of `before`. Nothing of it is stored."""

    kind: Name
    begin: int = Field(description="Where the passage begins, in characters.", examples=[8])
    before: str = Field(examples=["We has seen it."])
    after: str = Field(examples=["We have seen it."])
    model: str = Field(examples=["qwen3:4b"])
    told: list[str] = Field(description="What one should know before taking it.", examples=[[]])


class Taking(Sent):
    """A proposal that is taken."""

    kind: Name
    begin: Place = 0
    before: Text = Field(description="The passage, as it stands there.")
    after: Text = Field(description="What is to stand there.")
    model: str = Field(default="", max_length=200, description="Which proposed it.")


class TakenAct(BaseModel):
    """What was done."""

    id: int = Field(description="Of the act, by which it is undone.", examples=[4])
    version: int = Field(description="Of the note since.", examples=[3])


STREAMED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "What is proposed; with `Accept: text/event-stream` the events.",
        "content": {EVENTS: {"schema": EVENT, "example": EXAMPLE}},
    }
}


def add(
    routes: APIRouter, door: Door, proposals: Proposals, stands: Callable[[Asking], Awaitable[bool]]
) -> None:  # fmt: skip
    """Adds the routes."""

    @routes.post(
        "/notes/{note:int}/proposals", response_model=Proposed, **says("chat", 404, 503, body=True, answers=STREAMED)
    )
    async def propose(request: Request, note: Id, asked: Asked) -> Response:
        """Let your model propose something for a passage of a note: improved, shorter, gone on with, in another
        language, or as tasks.

        Nothing is stored; send what you take to `…/proposals/take`. The answer comes once it is whole, or, with
        `Accept: text/event-stream`, as it is written: `text` brings what came next as the model said it, `end` the
        proposal, `problem` why it ended before. Who closes the connection ends it, at the model too.
        """
        asking = who(request)
        home: Note = await door.read(revisions.get_own, asking.user, note)
        proposal = valid(asked.kind, _passage(home.text, asked), asked.language)
        growing = proposal.grow(asking.user, proposals)
        if EVENTS not in request.headers.get("accept", ""):
            async with aclosing(growing):
                async for _ in growing:
                    pass
            return Response(_proposed(proposal).model_dump_json(), media_type="application/json")
        written = Written(growing)
        try:
            await written.begun(proposal)
        except BaseException:
            await written.end()
            raise
        return StreamingResponse(_events(proposal, written, lambda: stands(asking)), headers=HEADERS, media_type=EVENTS)

    @routes.post(
        "/notes/{note:int}/proposals/take", response_model=TakenAct,
        **says("write", 404, 409, 507, body=True, keyed=True),
    )  # fmt: skip
    async def take_proposal(request: Request, note: Id, sent: Taking) -> Response:
        """Put a proposal into a note: the text from before stays among its versions, and the act can be undone."""
        user, now = who(request).user, door.clock()
        wanted = Taken(note, KINDS[sent.kind], sent.model, sent.before, sent.after, sent.begin)

        def unit() -> TakenAct:
            act = taking.take(user, wanted, proposals.keep, now)
            return TakenAct(id=act, version=revisions.get_own(user, note).version)

        return await door.once(request, unit, status=200)


def _passage(text: str, asked: Asked) -> Passage:
    end = len(text) if asked.end is None else min(asked.end, len(text))
    if asked.begin > end:
        raise Invalid("A passage begins before it ends.", field="begin")
    return Passage(text, asked.begin, end, WHOLE if asked.end is None else MARKED)


class Written:
    """A proposal that is being written, from its beginning to its end in one task."""

    def __init__(self, growing: AsyncGenerator[None, None]) -> None:
        """Begins."""
        self._grew = asyncio.Event()
        self._task = asyncio.create_task(self._write(growing), name="proposal")

    async def begun(self, proposal: Proposal) -> None:
        """Waits a while for the first words, so that what fails before them is an answer of its own; raises that."""
        until = time.monotonic() + LOOK_EVERY
        while not proposal.answer and (left := until - time.monotonic()) > 0 and await self.more(left):
            pass
        if not proposal.answer:
            self.check()

    async def more(self, seconds: float) -> bool:
        """Whether it goes on, once something came or so many seconds have passed."""
        waiting = asyncio.create_task(self._grew.wait())
        await asyncio.wait({self._task, waiting}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
        waiting.cancel()
        self._grew.clear()
        return not self._task.done()

    def check(self) -> None:
        """Raises why it failed, where it did."""
        if self._task.done():
            self._task.result()

    async def end(self) -> None:
        """Ends it where it is, at the model too."""
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)

    async def _write(self, growing: AsyncGenerator[None, None]) -> None:
        async with aclosing(growing):
            async for _ in growing:
                self._grew.set()


async def _events(proposal: Proposal, written: Written, still: Callable[[], Awaitable[bool]]) -> AsyncIterator[str]:
    told, looked, goes_on = 0, time.monotonic(), True
    try:
        while goes_on:
            if len(proposal.answer) > told:
                new, told = proposal.answer[told:], len(proposal.answer)
                yield _event("text", {"text": new})
            elif time.monotonic() - looked >= LOOK_EVERY:
                yield ": still here\n\n"
            if time.monotonic() - looked >= LOOK_EVERY:
                looked = time.monotonic()
                if not await still():
                    return
            goes_on = await written.more(LOOK_EVERY)
        if len(proposal.answer) > told:
            yield _event("text", {"text": proposal.answer[told:]})
        written.check()
        yield _event("end", _proposed(proposal).model_dump(mode="json"))
    except AssistantError as error:
        yield _event("problem", json.loads(bytes(problems.of_error(error).body)))
    finally:
        await written.end()


def _proposed(proposal: Proposal) -> Proposed:
    return Proposed(
        kind=proposal.kind.name, begin=proposal.passage.begin, before=proposal.passage.words, after=proposal.words,
        model=proposal.model, told=proposal.told,
    )  # fmt: skip


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"
