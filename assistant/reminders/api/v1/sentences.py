"""What a sentence means, before or when it becomes a reminder."""

from datetime import datetime

from fastapi import APIRouter, Request
from pydantic import BaseModel, Field

from assistant.errors import Invalid
from assistant.reminders.api.v1.shapes import LONGEST, Zone
from assistant.reminders.parsing.habits import Habits, habits_of
from assistant.reminders.parsing.model import STOPPING, Parsed
from assistant.reminders.parsing.parser import parse
from assistant.reminders.recurrence import next_times
from assistant.rest.documented import says
from assistant.rest.door import Door
from assistant.rest.shapes import Sent, Told, ToldWall
from assistant.users.sessions import who


class Sentence(Sent):
    """A sentence to read."""

    sentence: str = Field(min_length=1, max_length=LONGEST, examples=["every second Friday at 5pm #work !high"])
    zone: Zone | None = Field(default=None, description="Where it is said; your time zone, without it.")


class Remark(BaseModel):
    """What cannot be as it was said, or what was assumed."""

    detail: str = Field(examples=["This time has passed already."])
    stops: bool = Field(description="Whether nothing can be set like that.")


class Reading(BaseModel):
    """What a sentence means."""

    text: str = Field(examples=["water the plants"])
    local: ToldWall | None
    zone: str = Field(examples=["Europe/Berlin"])
    rule: str = Field(examples=["FREQ=WEEKLY;INTERVAL=2;BYDAY=FR"])
    after_done: str = Field(examples=[""])
    leads: list[int] = Field(examples=[[0]])
    priority: int = Field(examples=[3])
    tags: list[str] = Field(examples=[["work"]])
    language: str = Field(description="The language that it was read in.", examples=["en"])
    spans: list[tuple[int, int]] = Field(description="From where to where it speaks of time.", examples=[[[0, 26]]])
    upcoming: list[Told] = Field(description="The next few times.")
    problems: list[Remark]


def add(routes: APIRouter, door: Door) -> None:
    """Adds the routes."""

    @routes.post("/reminders/parse", **says("read", body=True))
    async def parse_sentence(request: Request, sent: Sentence) -> Reading:
        """Read a sentence, without setting anything."""
        chosen = who(request).preferences
        return await door.read(_reading, sent.sentence, sent.zone or chosen.zone, habits_of(chosen), door.clock())


def understood(sentence: str, zone: str, habits: Habits, now: datetime) -> Parsed:
    """What the sentence means; Invalid (field sentence) for one that nothing can be set by."""
    parsed = parse(sentence, now=now, zone=zone, habits=habits)
    for problem in parsed.problems:
        if problem.kind in STOPPING:
            raise Invalid(problem.sentence, field="sentence")
    return parsed


def _reading(sentence: str, zone: str, habits: Habits, now: datetime) -> Reading:
    parsed = parse(sentence, now=now, zone=zone, habits=habits)
    return Reading(
        text=parsed.text, local=parsed.local, zone=parsed.zone, rule=parsed.rule, after_done=parsed.after_done,
        leads=list(parsed.leads), priority=parsed.priority, tags=list(parsed.tags), language=parsed.language,
        spans=list(parsed.spans), upcoming=next_times.upcoming(parsed.local, parsed.zone, parsed.rule, now),
        problems=[Remark(detail=one.sentence, stops=one.kind in STOPPING) for one in parsed.problems],
    )  # fmt: skip
