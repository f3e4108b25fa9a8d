"""Questions that are asked at set times."""

from typing import Annotated, Any, Literal

from fastapi import APIRouter, Request, Response
from pydantic import BaseModel, Field

from assistant.chat.routines import questions
from assistant.chat.routines.questions import LONGEST
from assistant.chat.routines.rows import ScheduledQuestion as Row
from assistant.chat.routines.runner import Routines
from assistant.errors import Invalid
from assistant.rest import etags
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Flag, Given, Id, Piece, Sent, Told
from assistant.users.sessions import who

Text = Annotated[str, Field(max_length=LONGEST, description="What is asked.", examples=["What is new in my garden?"])]
When = Annotated[
    str,
    Field(max_length=200, description="When, in words; instead of local and rule.", examples=["every Monday at 8"]),
]  # fmt: skip
Local = Annotated[
    str, Field(max_length=19, description="The first time, by your clock.", examples=["2026-03-02T08:00:00"])
]
Rule = Annotated[
    str, Field(max_length=500, description="As RFC 5545 writes it; empty for once.", examples=["FREQ=WEEKLY;BYDAY=MO"])
]
ModelName = Annotated[str, Field(max_length=200, description="Empty for your usual one.", examples=[""])]
Knows = Annotated[
    Literal["", "notes"], Field(description="Whether it is answered from your notes.", examples=["notes"])
]


class ScheduledQuestion(BaseModel):
    """A question that is asked at set times."""

    id: int = Field(examples=[2])
    text: Text
    local: Local
    rule: Rule
    in_words: str = Field(description="When, in words.", examples=["Every Monday at 08:00"])
    model: ModelName
    knows: Knows
    paused: bool
    next: list[Told] = Field(description="Its next three times; none while it is paused.")
    asking: bool = Field(description="Whether it is being asked now.")
    conversation: int | None = Field(description="The one in which it is asked.", examples=[3])
    last: Told | None = Field(description="When it was last asked, or should have been.")
    outcome: Literal["", "answered", "failed", "missed", "stopped"] = Field(description="What became of it then.")
    problem: str = Field(description="Why it failed, or has to wait.", examples=[""])
    created: Told
    updated: Told


class NewQuestion(Sent):
    """A question to ask at set times: when in words, or its first time and a rule."""

    text: Text
    when: Annotated[When | None, Given] = None
    local: Annotated[Local | None, Given] = None
    rule: Rule = ""
    model: ModelName = ""
    knows: Knows = ""


class QuestionChange(Sent):
    """What to change of a scheduled question; what is left out stays."""

    text: Annotated[Text | None, Given] = None
    when: Annotated[When | None, Given] = None
    local: Annotated[Local | None, Given] = None
    rule: Annotated[Rule | None, Given] = None
    model: Annotated[ModelName | None, Given] = None
    knows: Annotated[Knows | None, Given] = None
    paused: Annotated[Flag | None, Given] = None


def add(routes: APIRouter, door: Door, routines: Routines) -> None:
    """Adds the routes."""
    _listed(routes, door, routines)
    _kept(routes, door, routines)
    _run(routes, door, routines)


def _listed(routes: APIRouter, door: Door, routines: Routines) -> None:
    around = routines.around

    @routes.get("/scheduled-questions", **says("read"))
    async def list_scheduled_questions(request: Request) -> Piece[ScheduledQuestion]:
        """Your scheduled questions, the oldest first."""
        user, now = who(request).user, door.clock()
        shown = await door.read(lambda: [_told(row, routines, now) for row in questions.listing(user)])
        return Piece[ScheduledQuestion](items=shown)

    @routes.post(
        "/scheduled-questions", status_code=201, response_model=ScheduledQuestion,
        **says("write", 409, body=True, keyed=True),
    )  # fmt: skip
    async def schedule_question(request: Request, new: NewQuestion) -> Response:
        """Let a question be asked at set times. Nothing but asking is done: it has no tools, and nobody to say yes."""
        user, now = who(request).user, door.clock()

        def unit() -> ScheduledQuestion:
            times = {"local": new.local or "", "rule": new.rule}
            if new.when is not None:
                times = questions.understood(user, around, new.when, now)
            elif not new.local:
                raise Invalid("Say when, such as “every Monday at 8”.", field="when")
            row = questions.add(user, around, text=new.text, model=new.model, knows=new.knows, now=now, **times)
            return _told(row, routines, now)

        return await door.once(request, unit, place="/api/v1/scheduled-questions/{id}")


def _kept(routes: APIRouter, door: Door, routines: Routines) -> None:
    around = routines.around

    @routes.get("/scheduled-questions/{scheduled:int}", response_model=ScheduledQuestion, **says("read", 404))
    async def get_scheduled_question(request: Request, scheduled: Id) -> Response:
        """A scheduled question, and its version as ETag."""
        user, now = who(request).user, door.clock()
        return etags.answer(request, await door.read(lambda: _told(questions.get(user, scheduled), routines, now)))

    @routes.patch(
        "/scheduled-questions/{scheduled:int}", response_model=ScheduledQuestion,
        **says("write", 404, versioned=True, body=True),
    )  # fmt: skip
    async def change_scheduled_question(request: Request, scheduled: Id, change: QuestionChange) -> Response:
        """Change, pause or go on with a scheduled question, on the version that If-Match names."""
        user, now = who(request).user, door.clock()

        def unit() -> ScheduledQuestion:
            etags.check(request, _told(questions.get(user, scheduled), routines, now))
            values: dict[str, Any] = change.model_dump(exclude_unset=True, exclude={"when"})
            if change.when is not None:
                values |= questions.understood(user, around, change.when, now)
            return _told(questions.change(user, scheduled, around, now=now, **values), routines, now)

        return etags.answer(request, await door.run(unit))

    @routes.delete("/scheduled-questions/{scheduled:int}", status_code=204, **says("write", 404))
    async def delete_scheduled_question(request: Request, scheduled: Id) -> None:
        """Ask a question no more; for a day it can be restored."""
        await door.run(questions.delete, who(request).user, scheduled, door.clock())


def _run(routes: APIRouter, door: Door, routines: Routines) -> None:
    @routes.post("/scheduled-questions/{scheduled:int}/restore", **says("write", 404))
    async def restore_scheduled_question(request: Request, scheduled: Id) -> ScheduledQuestion:
        """Take back that a question was deleted."""
        user, now = who(request).user, door.clock()
        return await door.run(lambda: _told(questions.restore(user, scheduled, routines.around, now), routines, now))

    @routes.post("/scheduled-questions/{scheduled:int}/run", status_code=202, **says("write", 404, 409))
    async def run_scheduled_question(request: Request, scheduled: Id) -> ScheduledQuestion:
        """Ask it now, beside its times."""
        user, now = who(request).user, door.clock()
        return await door.run(lambda: _told(questions.run_now(user, scheduled, now), routines, now))


def _told(row: Row, routines: Routines, now: Any) -> ScheduledQuestion:
    around = routines.around
    same = ScheduledQuestion.model_fields.keys() - {"in_words", "next", "asking", "conversation"}
    return ScheduledQuestion.model_validate(
        {name: getattr(row, name) for name in same}
        | {
            "in_words": around.in_words(row.user, row.local, row.rule, now), "conversation": row.conversation_id,
            "next": questions.next_times(row, around, now), "asking": row.wanted is not None,
        }
    )  # fmt: skip
