"""Reminders as JSON has them."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, Field
from pydantic.json_schema import WithJsonSchema

from assistant.reminders import queries, reminders
from assistant.reminders.queries import Listed
from assistant.reminders.validation import LEAD_LIMIT, LEADS_LIMIT, NOTE_LIMIT, TAG_LIMIT, TAGS_LIMIT, TEXT_LIMIT
from assistant.rest.shapes import Flag, Given, Integral, Row, Sent, Told, ToldWall, Wall, instant
from assistant.users.preferences import ZONES

LONGEST = 1000  # characters of a sentence
LATER = ("usual", "tonight", "tomorrow")  # what one may say instead of an instant
ZONE_LIMIT = max(map(len, ZONES))
Text = Annotated[str, Field(min_length=1, max_length=TEXT_LIMIT, examples=["call mum"])]
Note = Annotated[str, Field(max_length=NOTE_LIMIT, description="More words.", examples=["about Sunday"])]
Priority = Annotated[int, Field(ge=0, le=3, description="0 none, 1 low, 2 middle, 3 high.", examples=[3]), Integral]
Zone = Annotated[
    str, Field(min_length=1, max_length=ZONE_LIMIT, description="Its time zone.", examples=["Europe/Berlin"])
]
Rule = Annotated[
    str,
    Field(
        max_length=500, description="When it comes again: a rule of RFC 5545 without DTSTART, or empty. FEAST=EASTER+1"
        " is a feast of each year; EXCEPT=1224,0801-0815,HOLIDAYS-DE leaves out days.",
        examples=["FREQ=WEEKLY;BYDAY=FR"],
    ),
]  # fmt: skip
AfterDone = Annotated[
    str,
    Field(
        max_length=20, description="When it comes again, counted from when it was done, such as P3D; or empty.",
        examples=["P3D"],
    ),
]  # fmt: skip
Leads = Annotated[
    list[Annotated[int, Field(ge=0, le=LEAD_LIMIT), Integral]],
    Field(
        min_length=1, max_length=LEADS_LIMIT, description="So many minutes before its time it rings.", examples=[[0]]
    ),
]
Tags = Annotated[list[Annotated[str, Field(max_length=TAG_LIMIT)]], Field(max_length=TAGS_LIMIT, examples=[["family"]])]
Follows = Annotated[Flag, Field(description="Whether it keeps to your time zone when you travel.")]
Kind = Annotated[Literal["note", "message"], Field(description="What it leads to.")]

Until = Annotated[
    str,
    BeforeValidator(lambda value: value if value in LATER else str(instant(value))),
    WithJsonSchema(
        {"anyOf": [{"type": "string", "format": "date-time"}, {"enum": list(LATER)}], "examples": [LATER[0]]}
    ),
]


class Link(Sent):
    """What a reminder leads to."""

    kind: Kind
    id: Row = Field(examples=[7])


class Reminder(BaseModel):
    """A reminder."""

    id: int = Field(examples=[4])
    text: str = Field(examples=["call mum"])
    note: str = Field(examples=[""])
    priority: int = Field(description="0 none, 1 low, 2 middle, 3 high.", examples=[0])
    tags: list[str] = Field(examples=[["family"]])
    at: Told | None = Field(description="The time that waits for an answer, else the next; null for someday.")
    local: ToldWall | None = Field(description="The first time, as a clock on the wall in `zone` shows it.")
    zone: str = Field(examples=["Europe/Berlin"])
    follows: bool = Field(description="Whether it keeps to your time zone when you travel.")
    rule: str = Field(examples=["FREQ=WEEKLY;BYDAY=FR"])
    after_done: str = Field(examples=[""])
    leads: list[int] = Field(description="So many minutes before its time it rings.", examples=[[0]])
    state: Literal["active", "done"]
    done: Told | None = Field(description="When it was done.")
    snoozed: Told | None = Field(description="Until when it is silent.")
    link: Link | None


class NewReminder(Sent):
    """A reminder to set: by a `sentence`, by `text` and the other fields, or by a sentence that these correct."""

    sentence: str | None = Field(
        default=None, min_length=1, max_length=LONGEST, description="What and when, in English or German.",
        examples=["call mum tomorrow at 9"],
    )  # fmt: skip
    text: Text | None = None
    note: Note = ""
    priority: Priority | None = None
    local: Wall | None = Field(default=None, description="The first time, on the wall in `zone`; someday without it.")
    zone: Zone | None = None
    follows: Follows = False
    rule: Rule | None = None
    after_done: AfterDone | None = None
    leads: Leads | None = None
    tags: Tags | None = None
    link: Link | None = None


class ReminderChange(Sent):
    """What to change of a reminder; what is left out stays. A `local` or `link` of null takes it away."""

    text: Annotated[Text | None, Given] = None
    note: Annotated[Note | None, Given] = None
    priority: Annotated[Priority | None, Given] = None
    local: Wall | None = None
    zone: Annotated[Zone | None, Given] = None
    follows: Annotated[Follows | None, Given] = None
    rule: Annotated[Rule | None, Given] = None
    after_done: Annotated[AfterDone | None, Given] = None
    leads: Annotated[Leads | None, Given] = None
    tags: Annotated[Tags | None, Given] = None
    link: Link | None = None


def shown(row: Listed) -> Reminder:
    """The reminder of a list."""
    link = {"kind": row.link_kind, "id": row.link_id} if row.link_id else None
    names = Reminder.model_fields.keys() - {"link"}
    return Reminder.model_validate({name: getattr(row, name) for name in names} | {"link": link})


def one(user: int, reminder: int) -> Reminder:
    """The user's reminder; NotFound when it is deleted, gone or someone else's. A unit of work."""
    return shown(queries.listed([reminders.get(user, reminder)])[0])
