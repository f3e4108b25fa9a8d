"""What reminders look like over HTTP."""

from datetime import date, datetime
from typing import Annotated, Literal

from pydantic import AfterValidator, AliasChoices, AwareDatetime, BaseModel, ConfigDict, Field, NaiveDatetime

from assistant.reminders.validation import YEARS
from assistant.storage.database import LARGEST
from assistant.storage.text import clean

Priority = Annotated[int, Field(ge=0, le=3)]
Id = Annotated[int, Field(ge=0, le=LARGEST)]
Text = Annotated[str, AfterValidator(clean)]  # JSON can hold halves of characters


def _possible(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(f"choose a year from {YEARS[0]} to {YEARS[-1]}")
    return moment


Instant = Annotated[AwareDatetime, AfterValidator(_possible)]
Wall = Annotated[NaiveDatetime, AfterValidator(_possible)]


class Sentence(BaseModel):
    """What is typed into the one field."""

    sentence: Text


class Trouble(BaseModel):
    """What cannot be as it was said, or was assumed."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    sentence: str


class Reading(BaseModel):
    """What was understood.

    ``words`` is the repetition in words, ``next`` the next three instants, ``sentence`` one that
    means exactly this, where there is one.
    """

    sentence: str

    text: str
    local: datetime | None
    zone: str
    rule: str
    after_done: str
    leads: list[int]
    words: str
    next: list[datetime]
    problems: list[Trouble]
    priority: Priority = 0
    tags: list[str] = []


class Fields(BaseModel):
    """What a reminder is made of; ``local`` is the time on the wall, without a zone."""

    text: Text
    local: NaiveDatetime | None = None
    zone: Text = ""
    rule: Text = ""
    after_done: Text = ""
    leads: list[int] = [0]
    note: Text = ""
    priority: Priority = 0
    tags: list[Text] = []
    follows: bool = False
    link_kind: Literal["", "note", "message"] = ""
    link_id: Id | None = None


class Changes(Fields):
    """What to change; what is left out stays. What the reminder leads to is said by kind and id together."""

    text: Text = ""


class Led(BaseModel):
    """The note or message to which a reminder leads."""

    model_config = ConfigDict(from_attributes=True)

    kind: str
    id: int
    title: str
    address: str


class Row(BaseModel):
    """A reminder as lists show it; ``words`` is its repetition in words, ``snoozed`` until when it is silent."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    text: str
    note: str
    priority: int
    at: datetime | None
    local: datetime | None
    zone: str
    follows: bool
    rule: str
    after_done: str
    leads: list[int]
    state: str
    done: datetime | None
    snoozed: datetime | None
    tags: list[str]
    words: str = ""
    link: Led | None = None


class Rows(BaseModel):
    """A piece of a list; ``next`` is the cursor of the piece after it."""

    rows: list[Row]
    next: str | None


class Ringing(BaseModel):
    """A ring that waits for an answer, in words; ``late`` and ``missed`` are empty where there is nothing to say."""

    model_config = ConfigDict(from_attributes=True)

    id: int
    reminder: int
    text: str
    when: str
    late: str
    missed: str
    rang: datetime
    address: str


class Rings(BaseModel):
    """The newest of what rings and how many rings that are; how many reminders are overdue; the zone of the times."""

    model_config = ConfigDict(from_attributes=True)

    rings: list[Ringing]
    total: int
    overdue: int
    zone: str


class Answer(BaseModel):
    """The answer to a ring; ``until`` is an instant, ``tonight`` or ``tomorrow``."""

    state: Literal["done", "dismissed", "snoozed"]
    until: Text = ""


class Day(BaseModel):
    """A day to move to; of a repetition one ``occurrence``, the one that lists show unless another is named."""

    day: date
    occurrence: Instant | None = None


class Back(BaseModel):
    """What was moved, and with it the way back."""

    model_config = ConfigDict(from_attributes=True)

    reminder: Id
    was: Wall | None = None
    done: Instant | None = None
    occurrence: Instant | None = None
    copy_id: Id | None = Field(None, validation_alias=AliasChoices("copy_id", "copy"))


class Many(BaseModel):
    """What to do with several reminders at once; ``occurrences`` are those that are done, by reminder."""

    ids: Annotated[list[Id], Field(max_length=500)] = []
    occurrences: dict[int, Instant] = {}
    action: Literal["done", "undone", "delete", "restore", "move", "move_back", "tag", "untag", "priority"]
    day: date | None = None
    tag: Text = ""
    priority: Priority = 0
    back: Annotated[list[Back], Field(max_length=500)] = []


class Completion(BaseModel):
    """The occurrence that is done, as it was shown; pressed twice, it is done once."""

    occurrence: Instant | None = None


class Handled(BaseModel):
    """How many reminders there were, which a tag changed, and the way back for what was moved."""

    count: int
    changed: list[int] = []
    back: list[Back] = []


class Rang(BaseModel):
    """One ring of the past, or an occurrence that passed without one; ``late`` is in seconds."""

    model_config = ConfigDict(from_attributes=True)

    occurrence: datetime
    lead: int
    rang: datetime | None
    state: str
    answered: datetime | None
    snoozed_until: datetime | None
    late: int
    missed: int


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
