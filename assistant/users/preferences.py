"""What each person prefers, typed."""

import json
import re
from datetime import time
from typing import Any, Literal
from zoneinfo import ZoneInfo, available_timezones

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from assistant.errors import Invalid, NotFound
from assistant.formats import Formats
from assistant.storage.database import changed
from assistant.storage.engines.prepared import prepared
from assistant.storage.text import fold, one_line
from assistant.users.models import User

CLOCKS = ("morning", "noon", "evening", "tonight")
CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d", re.ASCII)
ZONES = tuple(sorted(available_timezones()))
WRONG = {
    "called": "A name has 60 characters at most.",
    "translate_to": "A language has 60 characters at most.",
    "temperature": "The temperature goes from 0 (exact) to 2 (wild).",
    "num_ctx": "The context goes from 512 to 1048576 tokens.",
    "system": "The instructions may have 20,000 characters.",
    "notes_day": "The template may have 20,000 characters.",
    **dict.fromkeys(CLOCKS, "Choose a time."),
    "quiet_from": "Write a time, such as 22:00.",
    "brief_at": "Write a time, such as 07:00.",
    "quiet_to": "Write a time, such as 07:00.",
}


class Preferences(BaseModel):
    """One person's choices; what is not chosen has these defaults."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    called: str = Field(default="", max_length=60)  # the name that is shown
    theme: Literal["system", "light", "dark"] = "system"
    text_size: int = Field(default=100, ge=90, le=130)  # percent
    density: Literal["comfortable", "compact"] = "comfortable"
    zone: str = "UTC"
    better_titles: bool = True
    enter: Literal["auto", "send", "line"] = "auto"  # what it does in a chat; a line on touch screens, if not chosen
    model: str = Field(default="", max_length=200)
    # What conversations begin with; what is empty is as Ollama or the installation is set up.
    system: str = Field(default="", max_length=20_000)
    temperature: float | None = Field(default=None, ge=0, le=2)
    num_ctx: int | None = Field(default=None, ge=512, le=1_048_576)  # tokens
    think: Literal["", "off", "on", "low", "medium", "high"] = ""
    memory: bool = True  # whether models are told what they are to remember about the person
    acts: bool = True  # whether the assistant offers to write notes and set reminders, and looks things up
    brief: bool = False  # whether a brief of the day comes by itself
    brief_at: time = time(7)
    brief_days: Literal["every", "work", "six", "weekend"] = "every"
    brief_words: Literal["plain", "model"] = "plain"  # whether a model adds words of its own to the facts
    brief_tasks: bool = True  # whether it tells the open tasks of notes
    width: Literal["narrow", "medium", "wide"] = "medium"
    notes_order: Literal["changed", "created", "title"] = "changed"
    notes_cards: bool = False
    translate_to: str = Field(default="", max_length=60)  # the language into which was translated last
    notes_day: str = Field(default="", max_length=20_000)  # what a day's note begins with
    trash_days: Literal[7, 30, 90, 365] = 30
    snooze: Literal[5, 10, 15, 30, 60, 120] = 10  # minutes
    quiet: bool = False
    quiet_from: time = time(22)
    quiet_to: time = time(7)
    quiet_rings: Literal["nothing", "high", "medium"] = "high"  # from which priority on it rings all the same

    hours: Literal["24", "12"] = "24"
    date_order: Literal["dmy", "mdy", "ymd"] = "dmy"
    first_day: int = Field(default=0, ge=0, le=6)  # of the week, 0 for Monday
    next_weekday: Literal["coming", "week"] = "coming"  # what “next Friday” is
    morning: str = "09:00"
    noon: str = "12:00"
    evening: str = "19:00"
    tonight: str = "20:00"
    start_page: Literal["chat", "notes", "reminders", "search"] = "chat"

    @field_validator("zone")
    @classmethod
    def _known_zone(cls, value: str) -> str:
        if value not in ZONES:
            raise ValueError("no time zone")
        return value

    @field_validator("called", "translate_to")
    @classmethod
    def _on_one_line(cls, value: str) -> str:
        return one_line(value).strip()

    @field_validator(*CLOCKS)
    @classmethod
    def _clock(cls, value: str) -> str:
        if not CLOCK.fullmatch(value):
            raise ValueError("no time of the day")
        return value

    @property
    def zone_info(self) -> ZoneInfo:
        """The zone in which the person's times show."""
        return ZoneInfo(self.zone)

    @property
    def start_address(self) -> str:
        """What opens first."""
        return "/" if self.start_page == "chat" else f"/{self.start_page}"

    @property
    def formats(self) -> Formats:
        """How times and days are written for the person."""
        return Formats(self.hours, self.date_order, self.first_day)


def load(user: int) -> Preferences:
    """The person's preferences; the default of each that cannot be read."""
    found = _of.first(user)
    if found is None:
        raise NotFound("There is no such account.")
    return parse(found.preferences)


@prepared(User)
def _of(user: Any) -> Any:
    return User.select(User.preferences).where(User.id == user)


def parse(text: str) -> Preferences:
    """Preferences from their stored JSON; the default of each that cannot be read."""
    try:
        return Preferences.model_validate_json(text)
    except ValidationError as error:
        odd = {one["loc"][0] for one in error.errors() if one["loc"]}
        stored = json.loads(text) if odd else {}
        return Preferences.model_validate({name: value for name, value in stored.items() if name not in odd})


def save(user: int, **choices: object) -> Preferences:
    """Changes some preferences; raises Invalid with the field for one that cannot be."""
    zone = choices.get("zone")
    if zone is not None and zone not in ZONES:
        raise Invalid("There is no such time zone. Use a name such as Europe/Berlin.", field="zone")
    try:
        new = Preferences.model_validate({**load(user).model_dump(), **choices})
    except ValidationError as error:
        name = str(error.errors()[0]["loc"][0])
        raise Invalid(WRONG.get(name, "This cannot be chosen."), field=name) from None
    User.update(preferences=new.model_dump_json()).where(User.id == user).execute()
    changed(user, "preferences")
    return new


def find_zone(typed: str) -> str:
    """The zone of that name, or of the city of that name, however it is written; empty where there is none."""
    wanted = fold(typed).strip().replace(" ", "_")
    exact = (zone for zone in ZONES if fold(zone) == wanted)
    city = (zone for zone in ZONES if fold(zone.rpartition("/")[2]) == wanted)
    return next(exact, "") or next(city, "")
