"""What reminders look like over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from assistant.reminders import agenda, wording
from assistant.storage.database import Database

Priority = Annotated[int, Field(ge=0, le=3)]


class Sentence(BaseModel):
    """What is typed into the one field."""

    sentence: str


class Trouble(BaseModel):
    """What cannot be as it was said, or was assumed."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    sentence: str


class Reading(BaseModel):
    """What was understood; ``words`` is the repetition in words, ``next`` the next three instants."""

    text: str
    local: datetime | None
    zone: str
    rule: str
    after_done: str
    leads: list[int]
    words: str
    next: list[datetime]
    problems: list[Trouble]


class Fields(BaseModel):
    """What a reminder is made of; ``local`` is the time on the wall, without a zone."""

    text: str
    local: datetime | None = None
    zone: str = ""
    rule: str = ""
    after_done: str = ""
    leads: list[int] = [0]
    note: str = ""
    priority: Priority = 0
    tags: list[str] = []
    follows: bool = False
    link_kind: Literal["", "note", "message"] = ""
    link_id: int | None = None


class Changes(BaseModel):
    """What to change; what is left out stays."""

    text: str | None = None
    local: datetime | None = None
    zone: str | None = None
    rule: str | None = None
    after_done: str | None = None
    leads: list[int] | None = None
    note: str | None = None
    priority: Priority | None = None
    tags: list[str] | None = None


class Row(BaseModel):
    """A reminder as lists show it; ``words`` is its repetition in words."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    text: str
    note: str
    priority: int
    at: datetime | None
    local: datetime | None
    zone: str
    rule: str
    after_done: str
    leads: list[int]
    state: str
    done: datetime | None
    tags: list[str]
    words: str = ""


class Rows(BaseModel):
    """A piece of a list; ``next`` is the cursor of the piece after it."""

    rows: list[Row]
    next: str | None


class Ringing(BaseModel):
    """A ring that waits for an answer, in words; ``late`` and ``missed`` are empty where there is nothing to say."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    text: str
    when: str
    late: str
    missed: str
    rang: datetime
    address: str


class Rings(BaseModel):
    """What rings, and how many reminders are overdue."""

    rings: list[Ringing]
    overdue: int


class Answer(BaseModel):
    """The answer to a ring; ``until`` is an instant, ``tonight`` or ``tomorrow``."""

    state: Literal["done", "dismissed", "snoozed"]
    until: str = ""


class Day(BaseModel):
    """A day to move to."""

    day: date


class Occurrence(BaseModel):
    """One occurrence in the calendar; ``wall`` is its time in the person's zone."""

    model_config = ConfigDict(from_attributes=True)

    reminder: int
    text: str
    priority: int
    at: datetime
    wall: datetime
    repeats: bool
    done: bool


def shown(listed: agenda.Listed) -> Row:
    """The reminder as lists show it."""
    row = Row.model_validate(listed)
    row.words = wording.in_words(listed.rule) if listed.rule else ""
    return row


async def kept(database: Database, user: int, reminder: int) -> Row:
    """The user's reminder as lists show it; NotFound when it is someone else's."""

    def read() -> agenda.Listed:
        return agenda.listed([agenda.get(user, reminder)])[0]

    return shown(await database.read(read))
