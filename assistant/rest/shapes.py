"""Numbers, texts and times as JSON has them; what is not named is refused."""

import re
from datetime import UTC, date, datetime
from typing import Annotated, Generic, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, Strict
from pydantic.json_schema import WithJsonSchema

from assistant.text import LARGEST

T = TypeVar("T")
YEARS = range(1970, 2200)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


class Sent(BaseModel):
    """A body; a field that is not one of these is refused."""

    model_config = ConfigDict(extra="forbid")


def _instant(value: object) -> datetime:
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise ValueError("Write an instant as RFC 3339 does, such as 2026-03-01T09:00:00Z.")
    found = datetime.fromisoformat(value.upper())
    if found.year not in YEARS:
        raise ValueError(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.")
    return found.astimezone(UTC)


def _wall(value: object) -> datetime:
    if not isinstance(value, str) or not WALL.fullmatch(value):
        raise ValueError("Write a time on the wall without a zone, such as 2026-03-01T09:00.")
    return datetime.fromisoformat(value)


def _day(value: object) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("Write a day such as 2026-03-01.")
    return date.fromisoformat(value)


def _told(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _told_wall(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


AT = "2026-03-01T09:00:00Z"
ON_THE_WALL = "2026-03-01T09:00:00"
Instant = Annotated[
    datetime,
    BeforeValidator(_instant),
    PlainSerializer(_told, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": [AT]}),
]
Told = Annotated[
    datetime,
    PlainSerializer(_told, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": [AT]}),
]
Wall = Annotated[
    datetime,
    BeforeValidator(_wall),
    PlainSerializer(_told_wall, return_type=str),
    WithJsonSchema({"type": "string", "pattern": f"^{WALL.pattern}$", "examples": [ON_THE_WALL]}),
]
ToldWall = Annotated[
    datetime,
    PlainSerializer(_told_wall, return_type=str),
    WithJsonSchema({"type": "string", "examples": [ON_THE_WALL]}),
]
Day = Annotated[
    date,
    BeforeValidator(_day),
    WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-03-01"]}),
]
Whole = Annotated[int, Strict()]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Flag = Annotated[bool, Strict()]
Id = Annotated[int, Field(ge=1, le=LARGEST)]
Row = Annotated[int, Strict(), Field(ge=1, le=LARGEST)]
Few = Annotated[int, Field(ge=1, le=200)]


def _not_none(value: T) -> T:
    if value is None:
        raise ValueError("Leave it out, or say something.")
    return value


Given = AfterValidator(_not_none)


class Piece(BaseModel, Generic[T]):
    """A piece of a list; `next` is what `after` takes to get the piece behind it, null at the end."""

    items: list[T]
    next: str | None = Field(default=None, description="What `after` takes for the next piece; null at the end.")


class Tag(BaseModel):
    """A tag, and how many have it."""

    name: str = Field(examples=["kitchen/tea"])
    count: int = Field(examples=[4])


class HowMany(BaseModel):
    """How many there are, or were changed."""

    count: int = Field(examples=[4])
