"""Numbers, texts and times as JSON has them; what is not named is refused."""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    Strict,
)
from pydantic.json_schema import WithJsonSchema
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

T = TypeVar("T")
D = TypeVar("D", date, datetime)
LARGEST_ID = 2**53 - 1  # that all programs can hold, JavaScript's too
YEARS = range(1970, 2200)
INSTANT = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[Zz]|[+-]\d\d:\d\d)", re.ASCII)
WALL = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?", re.ASCII)
DAY = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)


def _without_null(schema: dict[str, Any]) -> None:
    """Takes out the default of what may be left out, which is none that one could send."""
    for field in schema.get("properties", {}).values():
        if field.get("default", ...) is None:
            del field["default"]


class Sent(BaseModel):
    """A body; a field that is not one of these is refused."""

    model_config = ConfigDict(extra="forbid", json_schema_extra=_without_null)


def instant(value: object) -> datetime:
    """The instant that a text of RFC 3339 says; raises ValueError."""
    if not isinstance(value, str) or not INSTANT.fullmatch(value):
        raise ValueError("Write an instant as RFC 3339 does, such as 2026-03-01T09:00:00Z.")
    found = _read(datetime, value.upper())
    if found.year not in YEARS:
        raise ValueError(f"Choose a year from {YEARS[0]} to {YEARS[-1]}.")
    return found.astimezone(UTC)


def _wall(value: object) -> datetime:
    if not isinstance(value, str) or not WALL.fullmatch(value):
        raise ValueError("Write a time on the wall without a zone, such as 2026-03-01T09:00.")
    return _read(datetime, value)


def _day(value: object) -> date:
    if not isinstance(value, str) or not DAY.fullmatch(value):
        raise ValueError("Write a day such as 2026-03-01.")
    return _read(date, value)


def _read(kind: type[D], value: str) -> D:
    try:
        return kind.fromisoformat(value)
    except ValueError:
        raise ValueError(f"There is no {value}.") from None


def _whole(value: object) -> object:
    """The number; JSON tells 3 and 3.0 no more apart than pydantic does true and 1."""
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        raise ValueError("This must be a whole number.")
    return int(value)


def _told(value: datetime) -> str:
    return value.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _told_wall(value: datetime) -> str:
    return value.isoformat(timespec="seconds")


AT = "2026-03-01T09:00:00Z"
ON_THE_WALL = "2026-03-01T09:00:00"
YET_TO_COME = "2099-03-01T09:00:00Z"
Instant = Annotated[
    datetime,
    BeforeValidator(instant),
    PlainSerializer(_told, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": [AT]}),
]
Coming = Annotated[
    datetime,
    BeforeValidator(instant),
    PlainSerializer(_told, return_type=str),
    WithJsonSchema({"type": "string", "format": "date-time", "examples": [YET_TO_COME]}),
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
Integral = BeforeValidator(_whole)  # stands behind the bounds, which the document shows only so
Whole = Annotated[int, Integral]
Number = Annotated[float, Strict(), Field(allow_inf_nan=False)]
Flag = Annotated[bool, Strict()]
Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Row = Annotated[int, Field(ge=1, le=LARGEST_ID), Integral]
Few = Annotated[int, Field(ge=1, le=200)]


class _Given:
    """Of a field that may be left out and is None then: null is refused, and the document does not offer it."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(_not_none, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        made: dict[str, Any] = handler(schema)
        kinds = [kind for kind in made.pop("anyOf", []) if kind != {"type": "null"}]
        return {**made, **(kinds[0] if len(kinds) == 1 else {"anyOf": kinds} if kinds else {})}


def _not_none(value: T) -> T:
    if value is None:
        raise ValueError("Leave it out, or say something.")
    return value


Given = _Given()


class Piece(BaseModel, Generic[T]):
    """A piece of a list; `next` is what `after` takes to get the piece behind it, null at the end."""

    items: list[T]
    next: str | None = Field(default=None, description="What `after` takes for the next piece; null at the end.")


class Tag(BaseModel):
    """A tag, and how many have it."""

    name: str = Field(examples=["kitchen/tea"])
    count: int = Field(examples=[4])


class Remark(BaseModel):
    """What is to be said of one thing that is brought in."""

    name: str = Field(examples=["Shopping"])
    detail: str = Field(examples=["Its picture is not in the file."])


def remarks(pairs: Iterable[tuple[str, str]]) -> list[Remark]:
    """The remarks that a room makes."""
    return [Remark(name=name, detail=detail) for name, detail in pairs]


class HowMany(BaseModel):
    """How many there are, or were changed."""

    count: int = Field(examples=[4])
